import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { brokenText } from '../support/broken-task.ts';
import { createProject, type CommandResult, type Project } from '../support/project.ts';

let project: Project;
/** What was asked in each place, which is a folder of its own: one process answers it all. */
const asked: { readonly files: Readonly<Record<string, string>>; readonly words: readonly string[] }[] = [];
let answers: readonly CommandResult[];

/** Has a command line run on a project of these files. @returns what came of it, once it has run */
function ask(files: Readonly<Record<string, string>>, ...words: string[]): () => CommandResult {
  const place = asked.push({ files, words }) - 1;
  return () => {
    const answer = answers[place];
    if (!answer) throw new Error(`Nothing was answered to ${words.join(' ')}.`);
    return answer;
  };
}

/** The same of the sound counters beside this family. */
function askOfFamily(what: string | RegExp, by: string, ...words: string[]): () => CommandResult {
  return ask({ 'broken.ts': brokenText(what, by) }, ...words);
}

beforeAll(async () => {
  project = await createProject('counters');
  const sound = {
    'counter.ts': await readFile(join(project.folder, 'counter.ts'), 'utf8'),
    'lamarck.config.ts': `import { defineConfig } from 'lamarck';
import broken from './broken.ts';
import { reach } from './counter.ts';
export default defineConfig({ suites: { counters: [reach], broken: [broken] } });
`,
  };
  for (const [place, { files }] of asked.entries()) {
    await mkdir(join(project.folder, String(place)));
    for (const [name, text] of Object.entries({ ...sound, ...files }))
      await writeFile(join(project.folder, String(place), name), text);
  }
  answers = await project.lamarckEach(
    asked.map(({ words }, place) => [...words, '--config', `${place}/lamarck.config.ts`]),
  );
});
afterAll(() => project[Symbol.asyncDispose]());

describe('a task file that is malformed', () => {
  const FAULTS: readonly (readonly [fault: string, what: string | RegExp, by: string, says: RegExp])[] = [
    [
      'no environment',
      'environment: door,',
      '',
      /broken\.ts:\d+:\d+: .*"door\/knock" is not valid:\n.*environment: make it with defineEnvironment\(\)\n.*at environment/s,
    ],
    [
      'a verifier that is none',
      'verify: (',
      "verify: 'yes', other: (",
      /broken\.ts:.*is not a function\n.*at verify/s,
    ],
    [
      'an oracle that is none',
      'oracle: function* ({ params }) {',
      'oracle: true as never, other: function* ({ params }) {',
      /at oracle/,
    ],
    ['neither tasks nor a generator', /generate: .*\n/, '', /neither generate\(\) nor instances/],
    [
      'members that nobody knows',
      'environment: door,',
      'environment: door, maxStep: 5, difficulty: 3,',
      /"door\/knock" is not valid:\n.*no member "maxStep"; did you mean "maxSteps"\? has no member "difficulty"; did you mean "difficulties"/,
    ],
    [
      'members of an environment that nobody knows',
      "name: 'door',",
      "name: 'door', exklusive: true,",
      /"door" is not valid:\n.*no member "exklusive"; did you mean "exclusive"/,
    ],
    [
      'a repeatability that is none',
      "name: 'door',",
      "name: 'door', repeatability: 'maybe' as never,",
      /"door" is not valid:\n.*at repeatability/s,
    ],
    [
      'an episode of months',
      'environment: door,',
      'environment: door, timeLimit: 2e10,',
      /"door\/knock" is not valid:\n.*86400000\n.*at timeLimit/s,
    ],
    [
      'an environment that nobody defined',
      'environment: door,',
      'environment: { open() {}, evidence: 1 } as never,',
      /make it with defineEnvironment\(\)\n.*at environment/s,
    ],
    ['a name that is a number', "name: 'door/knock'", 'name: 7 as never', /"7" is not valid:\n.*at name/s],
    [
      'a name of two lines',
      "name: 'door/knock'",
      "name: 'door/\\u001b[31m\\nknock'",
      /cannot be seen\n.*at name/s,
    ],
    ['a name that leaves its folder', "name: 'door/knock'", "name: '../knock'", /suite\/family\n.*at name/s],
    [
      'a name that every object answers to',
      "name: 'door/knock'",
      "name: '__proto__'",
      /every object answers to\n.*at name/s,
    ],
    ['half a difficulty', "name: 'door/knock',", "name: 'door/knock', difficulties: 0.5,", /at difficulties/],
    ['no name', "name: 'door/knock',", "name: '',", /at name/],
    [
      'more time than there is',
      "name: 'door/knock',",
      "name: 'door/knock', timeLimit: 2e10,",
      /Too big.*\n.*at timeLimit/,
    ],
    [
      'an environment that was not made',
      'environment: door,',
      'environment: { open() {}, evidence: door.evidence } as never,',
      /make it with defineEnvironment\(\)\n.*at environment/,
    ],
    [
      'no actions',
      'actions: { knock: z.object({}), leave: z.object({}) },',
      'actions: {},',
      /broken\.ts:3:\d+: The environment "door" is not valid:\n.*name at least one\n.*at actions/s,
    ],
    [
      'an action that is no schema',
      'knock: z.object({})',
      'knock: {}',
      /is not a schema: write it with zod\n.*at actions\.knock/s,
    ],
    [
      'evidence that is no schema',
      'evidence: z.object({ knocks: z.number() }),',
      "evidence: 'knocks',",
      /at evidence/,
    ],
    ['nothing to open', 'open: ({ params }) => {', 'opens: ({ params }) => {', /at open/],
    [
      'no default export',
      'export default defineTask',
      'export const task = defineTask',
      /broken\.ts.*default/,
    ],
    [
      'a name that is not there',
      'random.int(1, 3)',
      'dice(1, 3)',
      /could not generate seed \d+ .*dice is not defined/,
    ],
    [
      'parameters that go round in a circle',
      'params: { knocks } }; }',
      'params: ((all) => Object.assign(all, { all }))({ knocks }) }; }',
      /could not generate seed \d+ .*circular/i,
    ],
    [
      'parameters of another shape',
      'params: { knocks } }; }',
      "params: { knocks: 'two' } }; }",
      /do not fit the environment "door": knocks/,
    ],
    [
      'an instruction that is none',
      "'Knock ' + knocks + ' times.'",
      '7',
      /could not generate seed \d+ .*instruction/,
    ],
  ];

  it.each(
    FAULTS.map(
      ([fault, what, by, says]) =>
        [fault, askOfFamily(what, by, 'tasks', 'check', 'door/*', '--seeds', '2'), says] as const,
    ),
  )('by %s is named, with its file and field', (_, answer, says) => {
    const { code, output, errors } = answer();
    expect(code).toBe(1);
    expect(output + errors).toMatch(says);
  });
});

describe('a configuration that is malformed', () => {
  const CONFIGURATIONS: readonly (readonly [fault: string, exported: string, says: RegExp])[] = [
    [
      'a member that throws',
      "{ get suites() { throw new Error('not today'); } }",
      /is not a valid configuration:\n.*not today\n.*at .*lamarck\.config\.ts:4:\d+/,
    ],
    [
      'a proxy that throws',
      "new Proxy({}, { get() { throw new Error('no entry'); } })",
      /lamarck\.config\.ts:4:\d+: no entry\n/,
    ],
    [
      'an await without end',
      'await new Promise(() => {})',
      /lamarck\.config\.ts could not be loaded: an `await` outside of its functions never ends\n.*Mend what it does there/,
    ],
    [
      'what it throws itself',
      "(() => { throw 'a fit'; })()",
      /lamarck\.config\.ts could not be loaded: a fit\n.*Mend what it does there/,
    ],
    [
      'a family of no name',
      '{ suites: { counters: [{ ...reach, name: 5 }] } }',
      /is not a task family: make it with defineTask\(\)\n.*at suites\.counters\[0\]/,
    ],
    [
      'a family that generates nothing',
      '{ suites: { counters: [{ ...reach, generate: 7 }] } }',
      /is not a task family.*\n.*at suites\.counters\[0\]/,
    ],
    [
      'a suite of too long a name',
      `{ suites: { ${'a'.repeat(300)}: [reach] } }`,
      /is not a valid configuration:\n.*\n.*at suites\.aaa/,
    ],
    [
      'pages that are no list',
      "{ suites: { pages: miniwob({ from: '.', pages: 'click-*' }) } }",
      /lamarck\.config\.ts:4:\d+: The options of miniwob\(\) do not fit:\n.*expected array.*\n.*at pages/,
    ],
    [
      'a place that is a number',
      '{ suites: { pages: miniwob({ from: 5 }) } }',
      /lamarck\.config\.ts:4:\d+: The options of miniwob\(\) do not fit:\n.*expected string.*\n.*at from/,
    ],
    [
      'a format that is none',
      "{ suites: { rows: jsonl({ from: 'rows.csv', format: 'csv' }) } }",
      /lamarck\.config\.ts:4:\d+: The options of jsonl\(\) do not fit:\n.*There is no format "csv"/,
    ],
  ];
  const textOf = (exported: string): string => `import { jsonl, miniwob } from 'lamarck/tasks';
import { reach } from './counter.ts';
void [reach, jsonl, miniwob];
export default ${exported};
`;

  it.each(
    CONFIGURATIONS.map(
      ([fault, exported, says]) =>
        [fault, ask({ 'lamarck.config.ts': textOf(exported) }, 'tasks', 'list'), says] as const,
    ),
  )('by %s is told in sentences', (_, answer, says) => {
    const { code, errors } = answer();
    expect(code).toBe(1);
    expect(errors).toMatch(says);
    expect(errors).not.toMatch(/^ +at .*:\d+:\d+\)?$/m);
  });
});

describe('a module that the configuration imports, directly or not', () => {
  const MODULES: readonly (readonly [
    fault: string,
    files: Readonly<Record<string, string>>,
    says: RegExp,
    remedy: RegExp,
  ])[] = [
    [
      'in TypeScript that cannot be read',
      { 'broken.ts': 'export default {\n  name: (1, ;\n};\n' },
      /\/broken\.ts:2: Expression expected, so .*lamarck\.config\.ts could not be loaded\./,
      /→ Mend that line/,
    ],
    [
      'with an enum',
      { 'broken.ts': '\nexport enum Side { Left }\n' },
      /\/broken\.ts:2: TypeScript enum is not supported/,
      /→ .*no enums or namespaces/,
    ],
    [
      'in JavaScript that cannot be read',
      {
        'broken.ts': "export { default } from './further.js';\n",
        'further.js': 'const one = 1;\nconst one = 2;\n',
      },
      /\/further\.js:2:7: Identifier 'one' has already been declared, so /,
      /→ Mend that line/,
    ],
    [
      'that asks for what is not exported',
      { 'broken.ts': "\n\nimport { nothing } from './counter.ts';\nexport default nothing;\n" },
      /\/broken\.ts:3: .*does not provide an export named 'nothing'/,
      /→ Export it there/,
    ],
    [
      'that throws',
      { 'broken.ts': "\nthrow new Error('not today');\nexport default {};\n" },
      /\/broken\.ts:2:\d+: not today, so /,
      /→ Mend what it does there/,
    ],
    [
      'that is not there',
      { 'broken.ts': "import './nowhere';\n" },
      /Cannot find module '.*nowhere' imported from .*broken\.ts/,
      /→ .*with their \.ts ending/,
    ],
  ];

  it.each(
    MODULES.map(
      ([fault, files, says, remedy]) => [fault, ask(files, 'tasks', 'list'), says, remedy] as const,
    ),
  )('%s is named by its file and line', (_, answer, says, remedy) => {
    const { code, errors } = answer();
    expect(code).toBe(1);
    expect(errors).toMatch(says);
    expect(errors).toMatch(remedy);
    expect(errors).toContain('LAMARCK_CONFIG_BROKEN');
  });
});

describe('a task family', () => {
  it.each(
    (
      [
        ['throws', "throw new Error('no door'); return", /door\/knock .*could not generate seed 0 .*no door/],
        ['loops', 'for (;;); return', /door\/knock .*generate\(\) did not return within 0\.5 s/],
      ] as const
    ).map(([fault, by, says]) => {
      const text = brokenText('return { instruction', `${by} { instruction`);
      const files = { 'broken.ts': text.replace('environment: door,', 'environment: door, timeLimit: 500,') };
      return [fault, ask(files, 'tasks', 'list'), says] as const;
    }),
  )('of which the generator %s is listed as broken, beside the others', (_, answer, says) => {
    const { code, output } = answer();
    expect(code).toBe(0);
    expect(output).toMatch(/counter\/reach +counters/);
    expect(output).toMatch(/door\/knock +broken +broken/);
    expect(output).toMatch(says);
  });

  const looped = askOfFamily(
    '=> evidence.knocks === params.knocks',
    '=> { for (;;); }, timeLimit: 2_000',
    ...['run', 'door/knock', '--agent', 'oracle'],
  );
  it('of which the verifier loops ends a single episode with its name', () => {
    const { code, output, errors } = looped();
    expect(code).toBe(1);
    expect(output + errors).toMatch(/verify\(\) of "door\/knock" did not return within 2 s/);
  });

  const unchecked = askOfFamily(/oracle: .*\n/, '', 'tasks', 'check', '--seeds', '2');
  it('without a reference solution is told apart from what is sound, and is no failure', () => {
    const { code, output } = unchecked();
    expect(output).toMatch(/door\/knock +unchecked/);
    expect(output).toMatch(/^1 of 2 sound;.*\n1 unchecked: without a reference solution/m);
    expect(output).toMatch(
      /^unknown leaks: there are no pages among the parameters \(counter\/reach and 1 more\)$/m,
    );
    expect(code).toBe(0);
  });
});
