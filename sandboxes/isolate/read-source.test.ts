import { describe, expect, it } from 'vitest';
import { importsOf, readModule, readScript } from './read-source.ts';

describe('a source that is read', () => {
  it('names its imports, with their lines', () => {
    const source = readModule(
      `import a from './a.ts';\nexport * from './b.ts';\nexport { c } from './c.ts';\nimport './d.ts';`,
      'ts',
    );
    expect(importsOf(source)).toEqual([
      { specifier: './d.ts', line: 4 },
      { specifier: './c.ts', line: 3 },
      { specifier: './b.ts', line: 2 },
      { specifier: './a.ts', line: 1 },
    ]);
  });

  it.each([
    ['\nimport("./a.ts")', /^line 2: a dynamic import/],
    ['require("fs")', /^line 1: require\("fs"\)/],
    ['import.meta.url', /^line 1: import\.meta/],
    ['let $fuel = 1', /^line 1: the name \$fuel is reserved/],
    ['let = = 1', /^line 1: /],
    ['await /1/g', /^await outside of a function/],
    ['for await (const a of []);', /^await outside of a function/],
  ])('is refused where it says what guests may not: %s', (text, message) => {
    expect(() => readModule(text, 'ts')).toThrow(message);
  });

  it('is a strict script once it is bundled, comments of scripts included', () => {
    expect(readScript('let z = 0 <!-- for (;;);\n--> for (;;);').nodes.map(({ type }) => type)).not.toContain(
      'ForStatement',
    );
    expect(() => readScript('with (a) b;')).toThrow(/^line 1: /);
    expect(() => readScript('$fuel = 1;')).toThrow(/^line 1: the name \$fuel is reserved/);
  });
});
