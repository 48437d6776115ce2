import { afterAll, describe, expect, it } from 'vitest';
import { createProgramSandbox, probeIsolate } from './index.ts';

const programs = createProgramSandbox();
afterAll(() => programs[Symbol.asyncDispose]());

const valuesOf = async (source: string, ...inputs: (readonly (number | string | number[])[])[]) => {
  const [outcomes] = await programs.run([{ source, inputs }]);
  return outcomes?.map((outcome) => (outcome.ok ? outcome.value : outcome.kind));
};

describe('a program sandbox', () => {
  it('runs each way of writing a default-exported function, with and without types', async () => {
    for (const source of [
      'export default (a, b) => a + b',
      'export default function (a, b) { return a + b; }',
      'export default function add(a, b) { return a + b; }',
      'const add = (a, b) => a + b;\nexport default add;',
      'export default ((a: number, b: number): number => (a as number) + b!);',
      'type N = number; export const one: N = 1; export default function add(a: N, b: N): N { return a + b; }',
      'export default function add(a, b) { return b > 0 ? add(a + 1, b - 1) : a; }',
    ]) {
      expect(await valuesOf(source, [2, 3], [4, 0]), source).toEqual([5, 4]);
    }
  });

  it('reads a text as the module that it is, where scripts have comments of their own', async () => {
    expect(await valuesOf('export default (a, b) => a <!--b', [0, 5], [0, 1])).toEqual([false, true]);
    expect(
      await valuesOf('export default (a) => { let n = 0; while (a --> 0) n++; return n; }', [3]),
    ).toEqual([3]);
    const quoted = '/* <!--\n--> */ export default (a) => [`<!--${a}-->`, "<!--", /<!--/.source, a]; // <!--';
    expect(await valuesOf(quoted, [1])).toEqual([['<!--1-->', '<!--', '<!--', 1]]);
    expect(
      await valuesOf('export default () => { try { undeclared = 1; } catch { return 1; } }', []),
    ).toEqual([1]);
    expect(await valuesOf('export default (a) => "\u2028" + a', [1])).toEqual(['\u20281']);
    expect(await valuesOf('export default async () => { await 1; }', [])).toEqual(['output']);
    for (const none of [
      '#!/usr/bin/env node\nexport default () => 1',
      'await 1; export default () => 1',
      'let await = 1; export default () => await',
      'export default () => import.meta.url',
      '-->\nexport default () => 1',
    ])
      expect([none, await valuesOf(none, [])]).toEqual([none, ['syntax']]);
  });

  it('calls what it judges in an order of its own, and tells the outcomes in the order of the inputs', async () => {
    const inputs = [[1], [2], [3], [4], [5]];
    const judged = async (source: string) =>
      (await programs.judge({ source, inputs })).map((outcome) =>
        outcome.ok ? outcome.value : outcome.kind,
      );
    expect(await judged('export default (n) => n')).toEqual([1, 2, 3, 4, 5]);
    const counter = 'let c = 0; export default () => [1, 2, 3, 4, 5][c++]';
    const counted = await judged(counter);
    expect(counted).not.toEqual([1, 2, 3, 4, 5]);
    expect(await judged(counter)).toEqual(counted);
  });

  it('gives a program copies of its inputs: what it does to them touches nothing', async () => {
    const input = [[3, 1, 2]];
    expect(await valuesOf('export default (list) => list.sort()', input, input)).toEqual([
      [1, 2, 3],
      [1, 2, 3],
    ]);
    expect(input).toEqual([[3, 1, 2]]);
  });

  it('keeps a context for all inputs of a candidate, and none beyond it', async () => {
    const source = 'globalThis.n = globalThis.n ?? 0; export default () => ++globalThis.n';
    expect(await valuesOf(source, [], [])).toEqual([1, 2]);
    expect(await valuesOf(source, [])).toEqual([1]);
  });

  it('is the same every time: chance and time are fixed', async () => {
    const source = 'export default () => [Math.random(), Date.now(), new Date(2020, 0, 1).getTime()]';
    const first = await valuesOf(source, []);
    expect(await valuesOf(source, [])).toEqual(first);
    expect(first).toEqual([[expect.any(Number), Date.UTC(2026, 0, 1), Date.UTC(2020, 0, 1)]]);
  });

  it('counts fuel over all inputs of a candidate', async () => {
    const source = 'export default (n) => { for (let i = 0; i < n; i++); return n; }';
    expect(await valuesOf(source, [100_000], [99_000], [2_000], [1])).toEqual([
      100_000,
      99_000,
      'fuel',
      'fuel',
    ]);
  });

  it('tells whose input it was that cut a call short, and what the others give', async () => {
    const rejects = 'export default (n) => { if (n === 2) Promise.reject(new Error("no")); return n; }';
    expect(await valuesOf(rejects, [1], [2], [3])).toEqual([1, 'throw', 3]);
    const stalls = `export default (n) => n === 2 ? /^(a+)+$/.test('a'.repeat(60) + 'b') : n`;
    expect(await valuesOf(stalls, [1], [2], [3])).toEqual([1, 'timeout', 'timeout']);
  });

  it('answers a batch in order, also where it is larger than what a process is given at once', async () => {
    const batch = Array.from({ length: 60 }, (_, n) => ({
      source: `export default (a) => a * ${n}`,
      inputs: [[2]],
    }));
    const outcomes = await programs.run(batch);
    expect(outcomes.map(([outcome]) => outcome?.ok && outcome.value)).toEqual(batch.map((_, n) => 2 * n));
  });

  it('stops when its caller gives up, and serves the next', async () => {
    const giveUp = new AbortController();
    const source = `export default () => /^(a+)+$/.test('a'.repeat(60) + 'b')`;
    const running = programs.run([{ source, inputs: [[]] }], {
      limits: { wallMilliseconds: 20_000 },
      signal: giveUp.signal,
    });
    setTimeout(() => giveUp.abort(new Error('enough')), 200);
    await expect(running).rejects.toThrow('enough');
    expect(await valuesOf('export default (a) => a', [1])).toEqual([1]);
  });

  it('does not hold against a program the memory that others used', async () => {
    const hungry = {
      source:
        'export default () => { const a = []; for (let i = 0; i < 150; i++) a.push(new Array(10_000).fill(i)); return a.length; }',
      inputs: [[]],
    };
    const outcomes = await programs.run(
      Array.from({ length: 40 }, () => hungry),
      { limits: { memoryMegabytes: 32 } },
    );
    expect(outcomes.flat().every((outcome) => outcome.ok)).toBe(true);
  });
});

describe('probeIsolate', () => {
  it('says which isolated-vm works here', async () => {
    expect(await probeIsolate()).toEqual({ ok: true, version: expect.stringMatching(/^isolated-vm \d/) });
  });
});
