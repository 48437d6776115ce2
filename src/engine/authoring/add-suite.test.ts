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

  it.each(['class', 'await', 'delete', 'eval', 'reach', 'spare'])(
    'may be called %s, which no variable can be called there',
    (suite) => {
      const text = `import { reach } from './counter.ts';
const spare = 1;
export default { suites: { counters: [reach] } };
`;
      const after = withSuite(text, suite, './tasks/it.ts');
      expect(after).toContain(`import ${suite}Suite from './tasks/it.ts';`);
      expect(after).toContain(`{ counters: [reach], ${suite}: ${suite}Suite }`);
    },
  );

  it('is named by a number more, where that name is taken too', () => {
    const text =
      "import reachSuite from './a.ts';\nimport reach from '../../cli/b.ts';\nexport default { suites: {} };";
    expect(withSuite(text, 'reach', './tasks/it.ts')).toContain('suites: { reach: reachSuite2 }');
  });

  it.each([
    ['suites that are computed', 'export default defineConfig({ suites: suites() });'],
    ['a configuration that is named', 'const config = {};\nexport default config;'],
    ['what is no module', 'export default {'],
  ])('is left to a person in %s', (_, text) => {
    expect(withSuite(text, 'miniwob', './tasks/miniwob.ts')).toBeUndefined();
  });
});
