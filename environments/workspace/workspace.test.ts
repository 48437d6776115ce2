import { createRandom, LamarckError, type Json, type ProgramSandbox, type Sandboxes } from 'lamarck';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCompiler } from '../../sandboxes/compiler/index.ts';
import { createProgramSandbox } from '../../sandboxes/isolate/index.ts';
import { TYPE_BOMB } from '../../tests/fixtures/kinds/type-bomb.ts';
import { workspace } from './index.ts';

// What has no end meets any limit.
const compiler = createCompiler({ cpuSeconds: 2, megabytes: 512 });
let programs: ProgramSandbox;
beforeAll(() => {
  programs = createProgramSandbox();
});
afterAll(() => programs[Symbol.asyncDispose]());

const RIGHT = `/** The larger of two. */
export function larger(one: number, other: number): number {
  return one > other ? one : other;
}
`;
const WRONG = RIGHT.replace('>', '<');
const cases = (...pairs: readonly [number, number][]) =>
  pairs.map(([one, other]) => ({ call: 'larger', input: [one, other], output: Math.max(one, other) }));
const PUBLIC = cases([1, 2], [5, 3]);
const HIDDEN = cases([0, 4], [9, 9], [-1, -2]);

async function open(params: object = {}, sandboxes = { programs, compiler } as Sandboxes) {
  const parsed = workspace.params.parse({
    files: { 'larger.ts': WRONG },
    module: 'larger.ts',
    tests: PUBLIC,
    hidden: HIDDEN,
    ...params,
  });
  const session = await workspace.open({
    params: parsed,
    instruction: 'Mend larger.ts.',
    random: createRandom('workspace'),
    signal: new AbortController().signal,
    sandboxes,
  });
  const see = async () => workspace.observation.parse(await session.observe());
  const evidence = async () => workspace.evidence.parse(await session.evidence());
  return { ...session, see, evidence };
}
const turn = { path: 'larger.ts', kind: 'direction', line: 3, nth: 0 } as const;

describe('a file with a fault', () => {
  it('is mended by a typed edit that the tests speak for', async () => {
    const session = await open();
    await session.act.test({});
    expect((await session.see()).results).toEqual([
      { ok: false, got: 1 },
      { ok: false, got: 3 },
    ]);
    const edits = ((await session.affordances?.(await session.observe())) ?? []).flatMap((one) =>
      'mutate' in one ? [one.mutate] : [],
    );
    expect(edits).toContainEqual(turn);
    await session.act.probe({ mutations: edits.slice(0, 50) });
    const { probed, left, files } = await session.see();
    expect(probed.find(({ passed }) => passed === 2)?.mutation).toEqual(turn);
    expect(left).toBe(400 - 1 - Math.min(50, edits.length));
    expect(files['larger.ts']).toBe(WRONG);
    await session.act.mutate(turn);
    expect(await session.act.submit({})).toEqual({ done: true });
    const evidence = await session.evidence();
    expect(evidence).toMatchObject({
      submitted: true,
      plausible: { passed: 2, total: 2 },
      correct: { passed: 3, total: 3 },
    });
    expect(evidence.diff).toContain('+  return one > other ? one : other;');
  });

  it('is read, searched, edited as text, and brought back', async () => {
    const session = await open({ files: { 'larger.ts': WRONG, 'notes.ts': '// a < b\n' } });
    await session.act.search({ text: '<' });
    expect((await session.see()).found).toEqual([
      { path: 'larger.ts', line: 3, text: '  return one < other ? one : other;' },
      { path: 'notes.ts', line: 1, text: '// a < b' },
    ]);
    await session.act.edit({ path: 'larger.ts', old: 'one < other', new: 'one >= other' });
    expect((await session.see()).files['larger.ts']).toContain('one >= other');
    await session.act.undo({});
    expect((await session.see()).files['larger.ts']).toBe(WRONG);
    expect(() => session.act.undo({})).toThrow('no edit to take back');
    expect(() => session.act.edit({ path: 'larger.ts', old: 'one', new: 'two' })).toThrow(
      '3 times, not once',
    );
    expect(() => session.act.edit({ path: 'none.ts', old: 'one', new: 'two' })).toThrow(
      'There is no file "none.ts"',
    );
    expect(() => session.act.mutate({ ...turn, line: 1 })).toThrow(
      'There is no edit "direction" number 0 at larger.ts:1',
    );
  });

  it('shows large trees by their paths, and files as they are read', async () => {
    const session = await open({ files: { 'larger.ts': WRONG, 'long.ts': '//\n'.repeat(10_000) } });
    expect(Object.keys((await session.see()).files)).toEqual(['larger.ts']);
    expect((await session.see()).tree).toContainEqual({ path: 'long.ts', lines: 10_001 });
    await session.act.read({ path: 'long.ts' });
    expect(Object.keys((await session.see()).files)).toEqual(['larger.ts', 'long.ts']);
  });

  it('is what was submitted: nothing changes it after that, and no edit makes it endless', async () => {
    const session = await open();
    const longer = { path: 'larger.ts', old: '/** The', new: `/** ${'longer '.repeat(15_000)}The` };
    expect(() => session.act.edit(longer)).toThrow('All edits together may add 100000 characters');
    await session.act.mutate(turn);
    await session.act.submit({});
    for (const change of [() => session.act.mutate(turn), () => session.act.undo({})])
      expect(change).toThrow(/submitted already|no edit to take back/);
    expect((await session.evidence()).correct).toEqual({ passed: 3, total: 3 });
  });

  it('leaves its diff as evidence where every line of a long file was written anew', async () => {
    const lines = (word: string): string => `${word}\n`.repeat(20_000);
    const session = await open({ files: { 'larger.ts': WRONG, 'long.ts': lines('// a') } });
    await session.act.read({ path: 'long.ts' });
    await session.act.edit({ path: 'long.ts', old: lines('// a'), new: lines('// b') });
    expect((await session.evidence()).diff.split('\n')).toHaveLength(40_006);
  });

  it('is told by what its tests run, and how edits that pass differ on other inputs', async () => {
    const session = await open({ tests: cases([3, 3]) });
    await session.act.test({});
    expect((await session.see()).ran).toEqual([[3]]);
    const edits = ((await session.affordances?.(await session.observe())) ?? []).flatMap((one) =>
      'mutate' in one && one.mutate.kind !== 'variable' ? [one.mutate] : [],
    );
    await session.act.probe({ mutations: edits });
    const { probed } = await session.see();
    const trialOf = (kind: string) => probed.find(({ mutation }) => mutation.kind === kind);
    expect(trialOf('direction')).toMatchObject({ passed: 1, breaks: 0 });
    expect(trialOf('direction')?.changes).toBeGreaterThan(0.5);
    // Of two that are equal either may be given.
    expect(trialOf('boundary')).toMatchObject({ passed: 1, changes: 0 });
    const fails = probed.find(({ passed }) => passed === 0);
    expect(fails).toMatchObject({ changes: null, breaks: null });
    await session.act.mutate(turn);
    expect((await session.see()).ran).toBeNull();
  });

  it('is tested as often as its task says, and no more', async () => {
    const session = await open({ runs: 2 });
    await session.act.probe({ mutations: [turn] });
    await expect(session.act.probe({ mutations: [turn, turn] })).rejects.toThrow(
      'Only 1 runs of the tests are left',
    );
    await session.act.test({});
    await expect(session.act.test({})).rejects.toThrow('Only 0 runs');
  });

  it('may be right by the public tests only', async () => {
    const session = await open();
    await session.act.edit({ path: 'larger.ts', old: 'one < other ? one : other', new: 'one === 1 ? 2 : 5' });
    await session.act.submit({});
    expect(await session.evidence()).toMatchObject({
      plausible: { passed: 2, total: 2 },
      correct: { passed: 0, total: 3 },
    });
  });
});

describe('a fault', () => {
  const splice = (text: string, replacement: string) => [
    { start: RIGHT.indexOf(text), end: RIGHT.indexOf(text) + text.length, replacement },
  ];
  const unnoticed = splice('The larger', 'The largest');

  it('is the first that public and hidden tests notice', async () => {
    const session = await open({ files: { 'larger.ts': RIGHT }, faults: [unnoticed, splice('>', '<')] });
    expect((await session.see()).files['larger.ts']).toBe(WRONG);
  });

  it('may leave half of the public tests as they were', async () => {
    const faults = [splice('>', '<'), splice('? one', '? 7')];
    const session = await open({ files: { 'larger.ts': RIGHT }, faults, subtle: true });
    expect((await session.see()).files['larger.ts']).toContain('? 7 : other');
    const plain = await open({ files: { 'larger.ts': RIGHT }, faults: faults.slice(0, 1), subtle: true });
    expect((await plain.see()).files['larger.ts']).toBe(WRONG);
  });

  it('that no test notices makes no task', async () => {
    await expect(open({ files: { 'larger.ts': RIGHT }, faults: [unnoticed] })).rejects.toThrow(
      'none of 1 faults is noticed',
    );
  });
});

describe('a hostile module', () => {
  const hostile = async (body: string): Promise<{ passed: number; total: number }> => {
    const session = await open();
    await session.act.edit({ path: 'larger.ts', old: WRONG, new: body });
    await session.act.test({});
    await session.act.submit({});
    return (await session.evidence()).correct;
  };

  it.each([
    ['never ends', 'export function larger() { for (;;); }'],
    ['eats memory', 'export function larger() { const all = []; for (;;) all.push("x".repeat(1e6)); }'],
    [
      'changes what programs are made of',
      'Object.prototype.ok = true; Array.prototype.every = () => true; JSON.stringify = () => "4"; export function larger() { return {}; }',
    ],
    ['shadows how it is called', 'export function larger() { return 0; }\nconst $call = "other";'],
    [
      'is an object that equals all',
      'export function larger() { return { valueOf: () => 4, toJSON: () => 4, ok: true }; }',
    ],
    ['exports a function of its own', 'export default () => 4; export function larger() { return 4; }'],
    [
      'looks for the tests',
      'export function larger() { return globalThis.tests?.[0]?.output ?? process.env.x; }',
    ],
    ['does not parse', 'export function larger( {'],
  ])('that %s earns nothing, and the next is judged as ever', async (_, body) => {
    const { passed, total } = await hostile(body);
    expect(passed).toBeLessThan(total);
    expect(await hostile(RIGHT)).toEqual({ passed: 3, total: 3 });
  });
});

it('offers nothing once it is submitted', async () => {
  const session = await open();
  await session.act.submit({});
  expect(await session.affordances?.(await session.observe())).toEqual([] satisfies Json[]);
  expect(() => session.act.submit({})).toThrow('submitted already');
});

describe('a file that has to satisfy the compiler', () => {
  it('is judged by it too, as often as it is asked', async () => {
    const session = await open({ typed: true });
    const edit = (old: string, text: string) => session.act.edit({ path: 'larger.ts', old, new: text });
    expect(await session.affordances?.(await session.observe())).toContainEqual({ typecheck: {} });
    await edit('one < other', 'String(one) > other');
    await session.act.typecheck({});
    expect((await session.see()).types).toMatchObject([{ path: 'larger.ts', line: 3, code: 'TS2365' }]);
    expect(await session.affordances?.(await session.observe())).not.toContainEqual({ typecheck: {} });
    expect(await session.evidence()).toMatchObject({ correct: { passed: 3 }, typeErrors: 1 });
    await edit('String(one)', 'one');
    expect((await session.see()).types).toBeNull();
    expect(await session.evidence()).toMatchObject({ correct: { passed: 3 }, typeErrors: 0 });
  });

  it('is not compiled where the task does not say so', async () => {
    const session = await open();
    const { compiled } = compiler.statistics;
    expect(await session.evidence()).toMatchObject({ typeErrors: null });
    expect(await session.affordances?.(await session.observe())).not.toContainEqual({ typecheck: {} });
    expect(compiler.statistics.compiled).toBe(compiled);
  });
});

describe('types that take the compiler too much', () => {
  const bomb = `${TYPE_BOMB}\n${RIGHT}`;

  it('are rejected in a sentence when they are checked, and count as wrong in the verdict', async () => {
    const session = await open({ typed: true });
    await session.act.edit({ path: 'larger.ts', old: WRONG, new: bomb });
    await expect(async () => session.act.typecheck({})).rejects.toMatchObject({
      code: 'LAMARCK_ACTION_REJECTED',
      boundary: 'agent',
      message: expect.stringContaining('the types of these files'),
    });
    expect((await session.see()).types).toBe(null);
    await session.act.submit({});
    expect(await session.evidence()).toMatchObject({ submitted: true, typeErrors: 1 });
  }, 120_000);

  it('cannot be checked where there is no compiler, which is no fault of the world', async () => {
    const session = await open({}, {
      programs,
      // As a session has it of a world without one.
      get compiler(): never {
        throw new LamarckError({
          code: 'LAMARCK_SANDBOX_MISSING',
          boundary: 'environment',
          message: 'This environment has no compiler.',
        });
      },
    } as Partial<Sandboxes> as Sandboxes);
    await expect(async () => session.act.typecheck({})).rejects.toMatchObject({
      code: 'LAMARCK_ACTION_REJECTED',
    });
  });
});
