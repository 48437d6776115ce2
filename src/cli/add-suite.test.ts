import { describe, expect, it } from 'vitest';
import { withSuite } from './add-suite.ts';

describe('a suite in a configuration', () => {
  it('stands beside the others, as they are written', () => {
    const text = `import { defineConfig } from 'lamarck';
import reach from './tasks/counter.ts';

export default defineConfig({
  suites: {
    counters: [reach],
  },
  folds: 2,
});
`;
    expect(withSuite(text, 'miniwob', './tasks/miniwob.ts')).toBe(
      text
        .replace("counter.ts';\n", "counter.ts';\nimport miniwob from './tasks/miniwob.ts';\n")
        .replace('[reach],\n', '[reach],\n    miniwob,\n'),
    );
  });

  it('may be the first, and have a name that no variable can have', () => {
    expect(withSuite('export default { suites: {} };\n', 'mbpp-js', './tasks/mbpp-js.ts')).toBe(
      "import mbppJs from './tasks/mbpp-js.ts';\n\nexport default { suites: { 'mbpp-js': mbppJs } };\n",
    );
  });

  it.each([
    ['suites that are computed', 'export default defineConfig({ suites: suites() });'],
    ['a configuration that is named', 'const config = {};\nexport default config;'],
    ['what is no module', 'export default {'],
  ])('is left to a person in %s', (_, text) => {
    expect(withSuite(text, 'miniwob', './tasks/miniwob.ts')).toBeUndefined();
  });
});
