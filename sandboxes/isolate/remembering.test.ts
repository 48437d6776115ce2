import type { GuestSandbox, Json } from 'lamarck';
import { afterAll, describe, expect, it } from 'vitest';
import { agentThat, PATIENT_AGENT } from './good-genomes.fixture.ts';
import { createGuestSandbox, createProgramSandbox } from './index.ts';
import { REMEMBERER, WAYS_TO_REMEMBER } from './rememberer.fixture.ts';

const OBSERVE = { type: 'observe', step: 0 };
/** Work is bounded by fuel here; a busy machine may take its time. */
const limits = { deliveryMilliseconds: 120_000 };

type Told = Record<string, string>;

async function play(
  guests: GuestSandbox,
  files: typeof REMEMBERER,
  observation: Json,
  steps = 1,
): Promise<unknown> {
  const guest = await guests.boot({ files, entry: 'agent.ts', input: {}, seed: 'a', limits });
  try {
    let action: unknown;
    for (let step = 0; step < steps; step++) {
      const { answer } = await guest.deliver({ ...OBSERVE, observation });
      action = (answer as { action?: unknown }).action;
    }
    return action;
  } finally {
    await guest.dispose();
  }
}

describe('a guest that tries to remember', () => {
  const guests = createGuestSandbox({ processes: 1 });
  afterAll(() => guests[Symbol.asyncDispose]());

  const recall = async (by: GuestSandbox): Promise<Told> =>
    ((await play(by, REMEMBERER, { amount: 0, tag: '' })) as { tell: { seen: Told } }).tell.seen;

  it('reads the same in every episode, whatever earlier ones left, and in a process that never had any', async () => {
    const first = await recall(guests);
    expect(Object.keys(first)).toEqual(WAYS_TO_REMEMBER);
    for (const [episode, amount] of [2, 12, 1, 5].entries()) {
      await play(guests, REMEMBERER, { amount, tag: `t${episode}` });
      expect(await recall(guests), `after ${amount} left behind`).toEqual(first);
      // Other guests' work makes the process older, and its own functions hotter.
      await play(guests, PATIENT_AGENT, {}, 100 * episode);
    }
    await using others = createGuestSandbox({ processes: 1 });
    expect(await recall(others), 'in another process').toEqual(first);
  }, 300_000);

  it('reaches as far with its heap as the guest before it', async () => {
    // Keeps a megabyte of objects more at each step, and catches what it can.
    const hoarder = agentThat(
      `try { kept.push(Array.from({ length: 20_000 }, (_, i) => [i, event.step])); } catch {} return { type: 'decision', action: { kept: { n: kept.length } } };`,
      `const kept: unknown[] = [];`,
    );
    const stepsOf = async (): Promise<string> => {
      const guest = await guests.boot({ files: hoarder, entry: 'agent.ts', input: {}, seed: 'a', limits });
      for (let step = 0; ; step++)
        try {
          await guest.deliver({ ...OBSERVE, step, observation: {} });
        } catch (error) {
          await guest.dispose();
          return `${(error as { code?: string }).code} at step ${step}`;
        }
    };
    const first = await stepsOf();
    expect(first).toMatch(/^LAMARCK_GUEST_MEMORY at step \d\d/);
    expect(await stepsOf()).toBe(first);
    await play(guests, REMEMBERER, { amount: 12, tag: 'between' });
    expect(await stepsOf()).toBe(first);
  }, 300_000);
});

describe('a program that tries to remember', () => {
  const programs = createProgramSandbox();
  afterAll(() => programs[Symbol.asyncDispose]());

  const source = `
    const free = () => { const held = []; let n = 0; try { for (;;) { held.push(new Uint8Array(500_000)); n++; } } catch {} return n; };
    const depth = () => { let n = 0; const down = () => { n++; down(); }; try { down(); } catch {} return n; };
    export default (amount, tag) => {
      if (amount === 0) return [free(), depth(), RegExp.$1, globalThis.memo ?? 0, Math.random(), [].memo ?? 0];
      /(x)/.exec('x'); globalThis.memo = 1; Array.prototype.memo = 1;
      for (let i = 0; i < amount; i++) Symbol.for(tag + i + 'x'.repeat(1_000_000));
      return depth();
    }`;
  const given = { limits: { wallMilliseconds: 120_000 } };
  const run = async (amount: number, tag: string): Promise<unknown> =>
    (await programs.run([{ source, inputs: [[amount, tag]] }], given))[0];

  it('reads the same in every run and every verdict, whatever earlier ones left', async () => {
    const first = await run(0, '');
    expect(first).toEqual([{ ok: true, value: expect.arrayContaining([expect.any(Number)]) as unknown }]);
    for (const [place, amount] of [4, 8, 2].entries()) {
      expect(await run(amount, `t${place}`)).toEqual([{ ok: true, value: expect.any(Number) as unknown }]);
      expect(await run(0, '')).toEqual(first);
      expect(await programs.judge({ source, inputs: [[0, '']] }, given)).toEqual(first);
      // Batches of hot candidates, so that the process gets older.
      const batch = Array.from({ length: 30 }, (_, n) => ({
        source: `export default (n) => { let s = ${n}; for (let i = 0; i < n; i++) s += i; return s; }`,
        inputs: [[1_000], [2_000]],
      }));
      await programs.run(batch);
    }
  }, 300_000);
});
