import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { partsOf, withoutParts } from './change-parts.ts';

const before = {
  'agent.ts':
    "import { skills } from './skills/index.ts';\nconst LIMIT = 3;\nconst STEP = 1;\n\nexport { skills, LIMIT, STEP };\n",
  'policy.json': '{}\n',
  'skills/index.ts': "import first from './first.ts';\n\nexport const skills = [first];\n",
  'skills/first.ts': 'export default 1;\n',
};
const after = {
  'agent.ts':
    "import { skills } from './skills/index.ts';\nconst LIMIT = 5;\nconst STEP = 1;\n\nexport { skills, LIMIT };\n",
  'policy.json': '{ "weight": 1 }\n',
  'skills/index.ts':
    "import third from './third.ts';\nimport second from './second.ts';\nimport first from './first.ts';\n\nexport const skills = [third, second, first];\n",
  'skills/first.ts': 'export default 1;\n',
  'skills/second.ts': 'export default 2;\n',
  'skills/third.ts': "import second from './second.ts';\n\nexport default [second, 3];\n",
};

describe('partsOf', () => {
  it('names files of data, added modules and single edits', () => {
    expect(partsOf(before, after).map(({ name }) => name)).toEqual([
      'agent.ts:2',
      'agent.ts:5',
      'policy.json',
      'skills/second.ts',
      'skills/third.ts',
    ]);
  });

  it('finds nothing where nothing changed', () => {
    expect(partsOf(after, after)).toEqual([]);
  });
});

describe('withoutParts', () => {
  const parts = partsOf(before, after);

  it('is the child without any, and the parent without all', () => {
    expect(withoutParts(before, after, [])).toEqual(after);
    expect(withoutParts(before, after, parts)).toEqual(before);
  });

  it('takes a module out together with its entries', () => {
    const files = withoutParts(
      before,
      after,
      parts.filter(({ name }) => name === 'skills/second.ts'),
    );
    expect(files['skills/second.ts']).toBeUndefined();
    expect(files['skills/index.ts']).toBe(
      "import third from './third.ts';\nimport first from './first.ts';\n\nexport const skills = [third, first];\n",
    );
    expect(files['skills/third.ts']).toBe('\nexport default [3];\n');
  });

  it('takes out what an index spreads', () => {
    const index = (names: string[]): string =>
      `${names.map((name) => `import ${name} from './${name}.ts';\n`).join('')}\nexport default [${names.map((name) => `...${name}`).join(', ')}];\n`;
    const grown = {
      'index.ts': index(['one', 'two', 'three']),
      'one.ts': 'export default [1];\n',
      'two.ts': 'export default [2];\n',
      'three.ts': 'export default [3];\n',
    };
    const rest = { ...grown, 'index.ts': index(['one']) };
    const [two, three] = partsOf({ 'index.ts': index(['one']), 'one.ts': grown['one.ts'] }, grown);
    expect([two?.name, three?.name]).toEqual(['two.ts', 'three.ts']);
    if (two) expect(withoutParts(rest, grown, [two])['index.ts']).toBe(index(['one', 'three']));
    if (three) expect(withoutParts(rest, grown, [three])['index.ts']).toBe(index(['one', 'two']));
  });

  it('comes to the same in whatever order parts are dropped', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(parts), (dropped) => {
        const sorted = parts.filter((part) => dropped.includes(part));
        expect(withoutParts(before, after, dropped)).toEqual(withoutParts(before, after, sorted));
      }),
    );
  });
});
