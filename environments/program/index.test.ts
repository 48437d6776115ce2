import { createRandom } from 'lamarck';
import { afterAll, describe, expect, it } from 'vitest';
import { createProgramSandbox } from '../../sandboxes/isolate/index.ts';
import { openSession } from '../../src/environment/index.ts';
import { program } from './index.ts';

const programs = createProgramSandbox();
afterAll(() => programs[Symbol.asyncDispose]());

const PARAMS = {
  signature: {
    parameters: [
      { name: 'items', type: 'number[]' },
      { name: 'least', type: 'number' },
    ],
    result: 'number[]',
  },
  examples: [{ input: [[1, 5, 3], 2], output: [5, 3] }],
  tests: [
    { input: [[4, 1], 2], output: [4] },
    { input: [[], 0], output: [] },
  ],
};

const open = (params: unknown = PARAMS) =>
  openSession(program, {
    params,
    instruction: 'Keep what is at least the bound.',
    random: createRandom('a'),
    signal: new AbortController().signal,
    sandboxes: { programs },
  });

const submitted = async (source: string) => {
  const session = await open();
  expect(await session.act({ submit: { source } })).toEqual({ done: true });
  return session.evidence();
};

describe('the program environment', () => {
  it('shows signature and examples, never the tests', async () => {
    const session = await open();
    const observation = await session.observe();
    expect(observation).toEqual({
      signature: PARAMS.signature,
      examples: PARAMS.examples,
      runs: [],
      submitted: false,
    });
    expect(await session.evidence()).toEqual({ submitted: null, total: 2, passed: 0, failures: [] });
  });

  it('runs drafts, and shows what came of the last five', async () => {
    const session = await open();
    for (let n = 0; n < 6; n++)
      await session.act({ run: { source: `export default (items) => items[${n}]`, input: [[7, 8], 1] } });
    const { runs } = (await session.observe()) as { runs: { outcome: unknown }[] };
    expect(runs.map(({ outcome }) => outcome)).toEqual([
      { ok: true, value: 8 },
      ...Array.from({ length: 4 }, () => ({
        ok: false,
        kind: 'output',
        message: expect.stringContaining('undefined'),
      })),
    ]);
  });

  it('judges what was submitted by the hidden tests', async () => {
    const right = 'export default (items: number[], least: number) => items.filter((item) => item >= least)';
    expect(await submitted(right)).toEqual({ submitted: right, total: 2, passed: 2, failures: [] });
    expect(await submitted('export default (items) => items')).toMatchObject({
      passed: 1,
      failures: [{ test: 0, kind: 'wrong' }],
    });
    expect(await submitted('export default () => { for (;;); }')).toMatchObject({
      passed: 0,
      failures: [{ kind: 'fuel' }, { kind: 'fuel' }],
    });
    expect(await submitted('export default (')).toMatchObject({
      passed: 0,
      failures: [{ kind: 'syntax' }, { kind: 'syntax' }],
    });
  });

  it('takes one submission', async () => {
    const session = await open();
    await session.act({ submit: { source: 'export default () => 1' } });
    expect(await session.act({ submit: { source: 'export default () => 2' } })).toEqual({
      error: expect.stringContaining('already'),
    });
    expect((await session.observe()) as object).toMatchObject({ submitted: true });
    expect(await session.affordances()).toEqual([]);
  });

  it('offers trivial programs that run, so that anyone can act', async () => {
    const session = await open();
    const affordances = (await session.affordances()) as { submit: { source: string } }[];
    expect(affordances).toEqual([
      { submit: { source: 'export default (items, least) => items;' } },
      { submit: { source: 'export default (items, least) => ([5,3]);' } },
    ]);
    const outcomes = await programs.run(
      affordances.map(({ submit: { source } }) => ({ source, inputs: [[[1], 2]] })),
    );
    expect(outcomes).toEqual([[{ ok: true, value: [1] }], [{ ok: true, value: [5, 3] }]]);
  });

  it.each([
    ['has an argument too few', { ...PARAMS, tests: [{ input: [[1]], output: [1] }] }],
    ['has an argument of another type', { ...PARAMS, examples: [{ input: ['no', 1], output: [1] }] }],
    ['has an output of another type', { ...PARAMS, tests: [{ input: [[1], 1], output: 1 }] }],
    [
      'speaks of records without their fields',
      { ...PARAMS, signature: { ...PARAMS.signature, result: 'record' } },
    ],
    [
      'names a parameter by a reserved word',
      { ...PARAMS, signature: { parameters: [{ name: 'in', type: 'number' }], result: 'number' } },
    ],
  ])('refuses a task that %s', async (_, params) => {
    await expect(open(params)).rejects.toMatchObject({ code: 'LAMARCK_PARAMS_INVALID' });
  });
});
