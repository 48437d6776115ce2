import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

const TESTS = [
  '**/*.test.ts',
  '**/*.test-d.ts',
  '**/*.fixture.ts',
  'tests/**',
  'scripts/**',
  'benchmarks/**',
];
/** What decides. The clock and chance are for the edge, which hands them in. */
const DECIDING = [
  'src/{protocol,environment,task,agent,reward,evaluation,evolution}/**/*.ts',
  'environments/**/*.ts',
  'agents/**/*.ts',
  'tasks/**/*.ts',
];
const CHANCE = {
  object: 'Math',
  property: 'random',
  message: 'Draw from a seeded Random that is handed in.',
};
const CLOCKS = [
  ['Date', 'now'],
  ['performance', 'now'],
].map(([object, property]) => ({
  object,
  property,
  message: 'Nothing here may depend on the time: take a clock.',
}));
/** The one module that writes to a person: what goes another way is not escaped, and dies of a reader that leaves. */
const DOOR = 'src/cli/terminal.ts';
const STREAMS = ['stdout', 'stderr'].map((property) => ({
  object: 'process',
  property,
  message: `Print by ${DOOR}, which escapes what is not ours.`,
}));
const WRITERS = [
  { name: 'log-update', message: `Redraw by ${DOOR}.` },
  ...['process', 'node:process'].map((name) => ({
    name,
    message: `Take the global; what is printed goes by ${DOOR}.`,
  })),
];

/** Whatever is started has to end, and whatever is left has to be found: see src/processes. */
const PROCESSES = {
  paths: [
    {
      name: 'node:child_process',
      message: 'Start processes by startChild, startNodeChild or runChild: they end with this one.',
      allowTypeImports: true,
    },
    {
      name: 'esbuild',
      importNames: ['build', 'transform'],
      message: 'Take them from sandboxes/isolate/bundler.ts, which survives the death of its process.',
    },
    ...['node:fs', 'node:fs/promises'].map((name) => ({
      name,
      importNames: ['mkdtemp', 'mkdtempSync'],
      message: 'Make temporary folders by makeTemporaryFolder: they go with this process.',
    })),
  ],
};

export default defineConfig(
  globalIgnores(['dist/', 'runs/', '.lamarck/']),
  { files: ['**/*.js'], extends: [tseslint.configs.recommended] },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-console': 'error',
      'no-constant-binary-expression': 'error',
      'no-self-compare': 'error',
      'no-template-curly-in-string': 'error',
      'no-unreachable': 'error',
      'no-var': 'error',
      'prefer-const': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      // Interfaces promise; not every implementation has something to wait for.
      '@typescript-eslint/require-await': 'off',
      // The linter's compiler is not the one that checks the types, and they disagree about what is necessary.
      '@typescript-eslint/no-unnecessary-type-assertion': 'off',
      // What is put into texts is JSON, whose types it cannot tell from objects.
      '@typescript-eslint/no-base-to-string': 'off',
      // Our methods are closures: `this` is used in classes only, and those are not taken apart.
      '@typescript-eslint/unbound-method': 'off',
    },
  },
  {
    files: ['**/*.ts'],
    ignores: TESTS,
    rules: {
      'no-restricted-properties': ['error', CHANCE, ...STREAMS],
      'no-restricted-imports': ['error', ...WRITERS],
    },
  },
  {
    files: DECIDING,
    ignores: TESTS,
    rules: { 'no-restricted-properties': ['error', CHANCE, ...CLOCKS, ...STREAMS] },
  },
  {
    files: [DOOR],
    rules: { 'no-restricted-properties': ['error', CHANCE], 'no-restricted-imports': 'off' },
  },
  { files: TESTS, rules: { 'no-console': 'off' } },
  {
    files: ['**/*.ts'],
    ignores: [...TESTS, 'src/processes/**', 'sandboxes/isolate/bundler.ts'],
    rules: { '@typescript-eslint/no-restricted-imports': ['error', PROCESSES] },
  },
  {
    files: TESTS,
    rules: {
      // Vitest's matchers (`expect.any`) are of type any.
      '@typescript-eslint/no-unsafe-assignment': 'off',
      // Programs that agents write are run here as texts.
      '@typescript-eslint/no-implied-eval': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      'no-template-curly-in-string': 'off',
    },
  },
  {
    // Where the Math.random of guests and pages is replaced by a seeded one.
    files: ['sandboxes/isolate/closed-realm.ts', 'sandboxes/browser/in-page/random.ts'],
    rules: { 'no-restricted-properties': 'off' },
  },
);
