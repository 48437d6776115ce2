import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeTask, type TaskFamily } from 'lamarck';
import { describe, expect, it, vi } from 'vitest';
import { createLocalWorld, createScriptedActor, runEpisode } from '../../src/episode/index.ts';
import { jsonl } from './index.ts';
import { fix, FIXES, lines, PL_E, useDataFiles, X } from './rows.fixture.ts';

const data = useDataFiles();
const { file, solved } = data;

describe('a row that cannot be played', () => {
  const asserting = (tests: string, prompt = 'function f(a){\n') => ({ prompt, tests });
  const fixed = (change: object) => ({ ...fix('own', 'a', 'a + b', '3'), ...change });
  const solving = (canonical_solution: string) => ({ ...X[0], canonical_solution });
  const right: Readonly<Record<string, readonly object[]>> = {
    'humanevalfix-js': FIXES,
    'humaneval-x-js': X,
    'mbpp-js': PL_E,
  };
  const UNPLAYABLE: readonly (readonly [what: string, format: string, row: object, says: RegExp])[] = [
    [
      'tests without an end',
      'humanevalfix-js',
      fixed({ test: 'for (;;);' }),
      /"tests": takes more than 16,000,000 units of fuel/,
    ],
    ['tests that call nothing', 'humanevalfix-js', fixed({ test: '1 + 1' }), /"tests": call nothing/],
    [
      'tests that need a package',
      'humanevalfix-js',
      fixed({ test: "const md5 = require('js-md5'); own(1, 2);" }),
      /"tests": cannot be recorded: .*require/,
    ],
    [
      'public tests that throw',
      'humanevalfix-js',
      fixed({ example_test: 'nobody(1)' }),
      /"public tests": cannot be recorded: .*nobody/,
    ],
    [
      'a solution that fails its own assertion',
      'humanevalfix-js',
      fixed({ test: 'console.assert(own(1, 2) === 4)' }),
      /"tests": have an assertion that its right solution does not meet/,
    ],
    [
      'a solution that assigns a name it does not declare',
      'humaneval-x-js',
      solving('  sum = a + b;\n  return sum;\n}\n'),
      /"tests": cannot be recorded: sum is not defined/,
    ],
    [
      'a solution that needs more fuel than any verdict has',
      'humaneval-x-js',
      solving('  for (let i = 0; i < 2e7; i++);\n  return a + b;\n}\n'),
      /"tests": takes more than 16,000,000/,
    ],
    [
      'a bug that its tests do not notice',
      'humanevalfix-js',
      fixed({ buggy_solution: '  return b + a;\n}\n' }),
      /"the text to begin with": passes all hidden tests already/,
    ],
    [
      'a stub that is no JavaScript',
      'mbpp-js',
      asserting('assert.deepEqual(f(1), 2)', '//Adds one.\nThe number may be negative.\nfunction f(a){\n'),
      /"the text to begin with": is no JavaScript module/,
    ],
    [
      'an expected Set',
      'mbpp-js',
      asserting('assert.deepEqual(f(1), new Set([1]))'),
      /"tests": expect what no test can hold: it holds an instance of Set/,
    ],
    [
      'an expected Map',
      'mbpp-js',
      asserting('assert.deepEqual(f(1), [new Map()])'),
      /holds an instance of Map/,
    ],
    [
      'an expected instance of a class',
      'mbpp-js',
      asserting('class Own {}; assert.deepEqual(f(1), new Own())'),
      /holds an instance of Own/,
    ],
    ['an expected Date', 'mbpp-js', asserting('assert.deepEqual(f(1), new Date(0))'), /holds an instance of/],
    [
      'an expected BigInt',
      'mbpp-js',
      asserting('assert.deepEqual(f(1), 9n)'),
      /expect what no test can hold: it holds a bigint/,
    ],
    [
      'a BigInt that is given',
      'mbpp-js',
      asserting('assert.deepEqual(f(3n), 9)'),
      /call their function with what no test can hold: it holds a bigint/,
    ],
    [
      'an expected sparse array',
      'mbpp-js',
      asserting('assert.deepEqual(f(1), [, 1])'),
      /holds an array with holes/,
    ],
    [
      'an expected array with a member of its own',
      'mbpp-js',
      asserting('assert.deepEqual(f(1), Object.assign([1], { more: 2 }))'),
      /holds an array with holes or with members of its own/,
    ],
    [
      'an expected symbol as a key',
      'mbpp-js',
      asserting('assert.deepEqual(f(1), { [Symbol("s")]: 1 })'),
      /members that cannot be listed/,
    ],
    [
      'an expected value that refers to itself',
      'mbpp-js',
      asserting('const x = {}; x.x = x; assert.deepEqual(f(1), x)'),
      /nested too deeply, or refers to itself/,
    ],
    ['an expected function', 'mbpp-js', asserting('assert.deepEqual(f(1), () => 1)'), /holds a function/],
    [
      'an expected regular expression',
      'mbpp-js',
      asserting('assert.deepEqual(f(1), /a/)'),
      /holds an instance of RegExp/,
    ],
    [
      'an assertion of a part of the outcome',
      'mbpp-js',
      asserting('assert.deepEqual(f(1), 2); assert.deepEqual(f(2)[0], 2)'),
      /something else than the whole outcome of one call/,
    ],
    [
      'an assertion of a condition',
      'mbpp-js',
      asserting('assert.deepEqual(f(1), 2); assert(f(2) > 2)'),
      /something else than the whole outcome of one call/,
    ],
    [
      'an assertion of a kind that is not recorded',
      'mbpp-js',
      asserting('assert.deepEqual(f(1), 2); assert.match(f(2), /a/)'),
      /use assert\.match, which cannot be recorded/,
    ],
    [
      'an assertion that is never run',
      'mbpp-js',
      asserting('assert.deepEqual(f(1), 2);\nfunction more() {\n  assert.deepEqual(f(2), 3);\n}'),
      /have an assertion on line 3 that is not run/,
    ],
    [
      'an assertion after a promise',
      'mbpp-js',
      asserting('(async () => { assert.deepEqual(f(1), 2); await 0; assert.deepEqual(f(2), 3); })();'),
      /have an assertion on line 1 that is not run, or only after/,
    ],
    [
      'a call whose outcome nothing asserts',
      'mbpp-js',
      asserting('assert.deepEqual(f(1), 2); f(2);'),
      /call their function without an assertion of what it gives/,
    ],
    [
      'an error that a test swallows',
      'mbpp-js',
      asserting('assert.deepEqual(f(1), 2); try { assert.deepEqual(f(2), new Set()) } catch {}'),
      /holds an instance of Set/,
    ],
  ];
  /** Rows of a format that cannot be played, each under a name of its own, before three that can. */
  const mixed = (format: string): string => {
    const name = format === 'mbpp-js' ? 'name' : 'task_id';
    const rows = UNPLAYABLE.filter(([, of]) => of === format).map(([what, , row]) => ({
      ...row,
      [name]: what,
    }));
    return file(lines([...rows, ...(right[format] ?? [])]));
  };
  const known = new Map<string, readonly string[]>();
  const problemsOf = (format: string): readonly string[] => {
    const problems =
      known.get(format) ??
      jsonl({ from: mixed(format), format })[0]
        ?.broken?.message.split('\n')
        .slice(1);
    known.set(format, problems ?? []);
    return problems ?? [];
  };

  it.each(UNPLAYABLE)('because of %s is named by line and reason', (what, format, _row, says) => {
    const line = UNPLAYABLE.filter(([, of]) => of === format).findIndex(([one]) => one === what) + 1;
    const problem = problemsOf(format)[line - 1];
    expect(problem).toMatch(new RegExp(`^\\S+data-\\d+\\.jsonl:${line} `));
    expect(problem).toMatch(says);
  });

  it.each(Object.keys(right))('of %s is left out where the others are to be played', (format) => {
    const { broken } = jsonl({ from: mixed(format), format })[0] as TaskFamily;
    expect(broken?.remedy?.option).toBe('skipInvalid');
    const [family] = jsonl({ from: mixed(format), format, skipInvalid: true });
    expect(family?.description).toBe('3 functions of a data set.');
  });

  it('is listed with all others, those that do not fit their format among them', () => {
    const rows = [fixed({ test: '1' }), {}, fixed({ task_id: 'own-2', test: '2' }), ...FIXES];
    const { message = '' } =
      jsonl({ from: file(JSON.stringify(rows)), format: 'humanevalfix-js' })[0]?.broken ?? {};
    expect(message.split('\n').map((line) => / row \d "[\w ]+"/.exec(line)?.[0])).toEqual([
      undefined,
      ' row 1 "tests"',
      ' row 2 "task_id"',
      ' row 3 "tests"',
    ]);
  });
});

describe('a case', () => {
  /** What a body earns at the one row beside three others, and the evidence of it. */
  async function earned(tests: string, body: string) {
    const row = { name: 'own', prompt: '// Own.\nfunction f(a){\n', tests };
    const [family] = jsonl({ from: file(lines([row, ...PL_E])), format: 'humaneval-js' }) as [TaskFamily];
    const seed = Object.values(family.instanceSeeds ?? {})
      .flat()
      .find((one) => makeTask(family, one, 1).instruction.startsWith('// Own.')) as number;
    const world = createLocalWorld(family, data.sandboxes());
    const actor = createScriptedActor([
      { edit: { path: 'solution.js', old: "throw new Error('It is not written yet.');", new: body } },
      { submit: {} },
    ]);
    const job = { actor, family, difficulty: 1, repeat: 0, seed };
    const { end, records } = await runEpisode(job, world, new AbortController().signal);
    return { reward: end.reward, evidence: records.find((record) => record.type === 'reward')?.evidence };
  }

  it.each([
    ['undefined', 'assert.deepEqual(f(0), undefined)', 'return;', 'return null;'],
    ['NaN', 'assert.deepEqual(f(0), NaN)', 'return NaN;', 'return null;'],
    ['negative zero', 'assert.deepEqual(f(0), -0)', 'return -a;', 'return a;'],
    ['an infinite number', 'assert.deepEqual(f(0), -Infinity)', 'return -1 / 0;', 'return null;'],
    [
      'undefined within a list',
      'assert.deepEqual(f(0), [undefined, 1])',
      'return [undefined, 1];',
      'return [null, 1];',
    ],
    [
      'a member that is undefined',
      'assert.deepEqual(f(0), { a: undefined })',
      'return { a: undefined };',
      'return {};',
    ],
    [
      'an exception',
      'assert.throws(() => f(0)); assert.deepEqual(f(1), 0)',
      'if (a) return 0; throw new Error("no");',
      'return 0;',
    ],
    [
      'what is given as undefined',
      'assert.deepEqual(f(undefined), 1)',
      'return a === undefined ? 1 : 2;',
      'return a === null ? 1 : 2;',
    ],
  ])('may expect %s, and nothing else earns it', async (_, tests, right, wrong) => {
    expect((await earned(tests, right)).reward).toBe(1);
    expect((await earned(tests, wrong)).reward).toBe(0);
  });

  it.each([
    ['a Set', 'return new Set();'],
    ['an object that is written like an encoded value', 'return { $value: "undefined" };'],
    ['an object that claims to be anything', 'return { toJSON: () => ({ $value: "undefined" }) };'],
    [
      'a patched Object',
      'Object.keys = () => []; Object.hasOwn = () => false; return { $value: "undefined" };',
    ],
  ])('is not met by %s', async (_, body) => {
    expect((await earned('assert.deepEqual(f(0), undefined)', body)).reward).toBe(0);
  });

  it('that expects zero is met by zero of either sign', async () => {
    expect(
      (
        await earned(
          'assert.deepEqual(f(0), 0); assert.deepEqual(f(1), undefined)',
          'return a ? undefined : -0;',
        )
      ).reward,
    ).toBe(1);
  });

  it('that was lost to fuel says so in the evidence', async () => {
    const { reward, evidence } = await earned('assert.deepEqual(f(0), 1)', 'for (;;); return 1;');
    expect(reward).toBe(0);
    expect(evidence).toMatchObject({
      remarks: [
        'The program used up its fuel in 1 of 1 hidden tests (1,000,000 units for all of them): it failed them by that limit, and may be right.',
      ],
    });
  });
});

describe('the fuel of a verdict', () => {
  const slow = (name: string, count: number) => ({
    task_id: name,
    prompt: `// Task ${name}.\n`,
    declaration: `const ${name} = (n) => {\n`,
    canonical_solution: '  let sum = 0;\n  for (let i = 0; i < n; i++) sum += i % 3;\n  return sum;\n}\n',
    test: `console.assert(${name}(${count}) > 0); console.assert(${name}(7) === 6)`,
    example_test: '',
  });

  it('follows the right solution, which passes by it', async () => {
    const rows = [slow('one', 1_500_000), slow('two', 200_000), slow('three', 10)];
    const families = jsonl({ from: file(lines(rows)), format: 'humaneval-x-js' });
    expect(await solved(families)).toEqual([1, 1, 1]);
    const [family] = families as [TaskFamily];
    const fuels = Object.values(family.instanceSeeds ?? {})
      .flat()
      .map((seed) => (makeTask(family, seed, 1).params as { fuel: object }).fuel);
    expect(fuels).toContainEqual({ trial: 20_000, verdict: 1_000_000 });
    expect(fuels).toContainEqual({ trial: 20_480_000, verdict: 20_480_000 });
  });
});

describe('tests that loading runs', () => {
  it('are run once, and known from then on', () => {
    const rows = FIXES.map((row) => ({ ...row, docstring: `Kept ${data.folder()}.` }));
    const options = { from: file(lines(rows)), format: 'humanevalfix-js' };
    const cache = join(data.folder(), 'cache');
    vi.stubEnv('XDG_CACHE_HOME', cache);
    const first = jsonl(options);
    const kept = readdirSync(join(cache, 'lamarck', 'judged'));
    expect(kept.length).toBeGreaterThan(1);
    expect(jsonl(options)[0]?.instanceSeeds).toEqual(first[0]?.instanceSeeds);
    expect(readdirSync(join(cache, 'lamarck', 'judged'))).toEqual(kept);
    for (const name of kept) writeFileSync(join(cache, 'lamarck', 'judged', name), '[[{"ok":');
    expect(jsonl(options)[0]?.broken).toBeUndefined();
    vi.unstubAllEnvs();
  });
});
