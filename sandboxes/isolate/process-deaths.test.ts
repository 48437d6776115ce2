import { setTimeout as delay } from 'node:timers/promises';
import { LamarckError, type Guest, type Json } from 'lamarck';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { processesBelow } from './child-processes.fixture.ts';
import { PROMPT_AGENT } from './good-genomes.fixture.ts';
import { createGuestSandbox, createProgramSandbox } from './index.ts';
import { endAll, improveTwice } from './killed-improvement.fixture.ts';
import { ProcessDeaths } from './process-deaths.ts';

const OBSERVE = { type: 'observe', step: 0, observation: {} };

const endOf = (code: 'LAMARCK_ISOLATES_DIED' | 'LAMARCK_ISOLATES_KILLED'): LamarckError =>
  new LamarckError({ code, boundary: 'sandbox', message: '' });

describe('ends of processes', () => {
  it('are held against work only where they repeat themselves while it was alone', () => {
    const crash = endOf('LAMARCK_ISOLATES_DIED');
    const shared = new ProcessDeaths();
    expect(Array.from({ length: 9 }, () => shared.note(crash, false))).not.toContain(true);
    const alone = new ProcessDeaths();
    expect([alone.note(crash, true), alone.note(crash, true)]).toEqual([false, true]);
  });

  it('from outside are borne longer, and not for ever', () => {
    const deaths = new ProcessDeaths();
    const killed = endOf('LAMARCK_ISOLATES_KILLED');
    expect([1, 2, 3, 4].map(() => deaths.note(killed, true))).toEqual([false, false, false, true]);
  });
});

describe.skipIf(process.platform !== 'linux')('a guest whose process ends', () => {
  let guests: ReturnType<typeof createGuestSandbox>;
  beforeEach(() => {
    guests = createGuestSandbox({ processes: 1 });
  });
  afterEach(() => guests[Symbol.asyncDispose]());

  // Other signals, and what ends its process by itself, are in process-deaths.long.test.ts.
  it('by SIGKILL from outside, twice in one improvement, comes to what it came to without', async () => {
    const { undisturbed, disturbed } = await improveTwice(guests, 'SIGKILL');
    expect(guests.statistics.died).toBe(2);
    expect(disturbed).toEqual(undisturbed);
    expect(undisturbed).toMatchObject({ result: [{ kind: 'call' }, { kind: 'call' }, { kind: 'patch' }] });
  }, 120_000);

  it('together with others is tried again by itself, and so are they', async () => {
    const start = (seed: string) => guests.boot({ files: PROMPT_AGENT, entry: 'agent.ts', input: {}, seed });
    const ask = async (guest: Guest): Promise<Json> =>
      (await guest.deliver(OBSERVE)).answer as unknown as Json;
    const seeds = ['a', 'b', 'c'];
    const together = await Promise.all(seeds.map(start));
    expect(processesBelow('agent-process')).toHaveLength(1);
    endAll('agent-process', 'SIGKILL');
    for (const guest of together)
      await expect(ask(guest)).rejects.toMatchObject({ code: 'LAMARCK_ISOLATES_KILLED' });
    const again = await Promise.all(seeds.map(start));
    expect(processesBelow('agent-process')).toHaveLength(seeds.length);
    for (const guest of again)
      expect(await ask(guest)).toEqual({ kind: 'decision', action: { echo: { step: 0 } } });
    await Promise.all(again.map((guest) => guest.dispose()));
    // They have shown that it was not them.
    await Promise.all((await Promise.all(seeds.map(start))).map((guest) => guest.dispose()));
    expect(processesBelow('agent-process')).toHaveLength(1);
  }, 120_000);
});

describe.skipIf(process.platform !== 'linux')('programs whose process is ended from outside', () => {
  it('have the outcomes that they have without', async () => {
    await using programs = createProgramSandbox();
    // They take memory from each other, and the last tells how much is left: a batch that was split would tell more.
    const takes = `export default (n) => { Symbol.for(n + 'x'.repeat(1_000_000)); let s = 0; for (let i = 0; i < 1_000_000; i++) s += i % 7; return s; }`;
    const tells = `export default () => { const held = []; try { for (;;) held.push(new Uint8Array(500_000)); } catch {} return held.length; }`;
    const batch = Array.from({ length: 12 }, (_, n) => ({ source: n < 11 ? takes : tells, inputs: [[n]] }));
    const run = (): ReturnType<typeof programs.run> =>
      programs.run(batch, { limits: { fuel: 2_000_000, wallMilliseconds: 60_000 } });
    const undisturbed = await run();
    expect(undisturbed.flat().every(({ ok }) => ok)).toBe(true);
    const [alone] = await programs.run([{ source: tells, inputs: [[]] }]);
    expect(undisturbed[11]).not.toEqual(alone);
    for (const ends of [1, 2]) {
      const running = run();
      const isOver = running.then(() => true);
      for (let end = 0; end < ends; end++) {
        while (processesBelow('program-process').length === 0)
          if (await Promise.race([isOver, delay(5)])) break;
        const { died } = programs.statistics;
        endAll('program-process', 'SIGKILL');
        while (programs.statistics.died === died) await delay(5);
      }
      expect(await running).toEqual(undisturbed);
    }
    expect(programs.statistics.died).toBeGreaterThanOrEqual(3);
  }, 120_000);
});
