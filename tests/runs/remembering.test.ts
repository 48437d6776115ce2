import { z } from 'zod';
import { afterAll, describe, expect, it } from 'vitest';
import { REMEMBERER, WAYS_TO_REMEMBER } from '../../sandboxes/isolate/rememberer.fixture.ts';
import { agentThat } from '../../sandboxes/isolate/good-genomes.fixture.ts';
import { createGuestSandbox } from '../../sandboxes/isolate/index.ts';
import { defineEnvironment } from '../../src/environment/index.ts';
import { createGenomeActor, createLocalWorld, type EpisodeJob } from '../../src/episode/index.ts';
import type { Trajectory } from '../../src/protocol/index.ts';
import { createRollout, type EpisodeMemory } from '../../src/rollout/index.ts';
import type { GenomeFiles } from '../../src/sandbox/index.ts';
import { defineTask } from '../../src/task/index.ts';

const listening = defineEnvironment({
  name: 'listening',
  params: z.object({ amount: z.number(), tag: z.string() }),
  observation: z.object({ amount: z.number(), tag: z.string() }),
  actions: { tell: z.object({ seen: z.record(z.string(), z.string()) }) },
  evidence: z.object({}),
  open: ({ params }) => ({ observe: () => params, act: { tell: () => undefined }, evidence: () => ({}) }),
});

/** About every other task asks for something to be left behind, of another size each time. */
const family = defineTask({
  name: 'listening',
  environment: listening,
  maxSteps: 1,
  timeLimit: 600_000,
  generate: ({ random }) => ({
    instruction: 'Tell what you know.',
    params: { amount: random.chance(0.5) ? 0 : random.int(1, 9), tag: `t${random.int(100, 999)}.` },
  }),
  verify: () => true,
  oracle: function* () {
    yield { tell: { seen: {} } };
  },
});

const TASKS = Array.from({ length: 8 }, (_, seed) => seed);

/** Tells how deep its stack goes, which is all that it can know of others. */
const HONEST = agentThat(
  `let n = 0; const down = (): void => { n++; down(); }; try { down(); } catch {} return { type: 'decision', action: { tell: { seen: { depth: String(n) } } } };`,
);

/** Nothing is remembered: every episode is played. */
const forgetful: EpisodeMemory = { find: async () => undefined, keep: async () => undefined };

describe('episodes of guests that try to remember', () => {
  const open: ReturnType<typeof createGuestSandbox>[] = [];
  afterAll(() => Promise.all(open.map((guests) => guests[Symbol.asyncDispose]())));

  /** The trajectories of genomes over all tasks, by genome and in the order of {@link TASKS}, whichever order they are played in. */
  async function played(
    genomes: Readonly<Record<string, GenomeFiles>>,
    workers: number,
    tasks: readonly number[] = TASKS,
  ) {
    const guests = createGuestSandbox({ processes: workers });
    open.push(guests);
    const drain = new AbortController().signal;
    const world = createLocalWorld(family, {} as never);
    const rollout = createRollout({ world, memory: forgetful, workers, drain });
    const jobs = tasks.flatMap((seed) =>
      Object.entries(genomes).map(([id, files]): EpisodeJob => {
        const actor = createGenomeActor({ id, files }, guests);
        return { actor, family, seed, difficulty: 1, repeat: 0 };
      }),
    );
    const trajectories = await rollout.play(jobs);
    return Object.fromEntries(
      Object.keys(genomes).map((id) => [
        id,
        trajectories
          .filter(({ start }) => (start.actor as { genome?: string }).genome === id)
          .sort((one, other) => one.start.task.seed - other.start.task.seed),
      ]),
    );
  }

  const hashesOf = (trajectories: readonly Trajectory[] = []): string[] =>
    trajectories.map(({ end }) => `${end.stop} ${end.hash}`);
  const toldBy = ({ records }: Trajectory): Record<string, string> => {
    const [action] = records.flatMap((record) => ('action' in record ? [record.action] : []));
    return (action as { tell?: { seen: Record<string, string> } }).tell?.seen ?? {};
  };

  it('have the same trajectories with one, two and four workers, and whether or not others remember', async () => {
    const both = { honest: HONEST, rememberer: REMEMBERER };
    const one = await played(both, 1);
    const ends = [...(one['honest'] ?? []), ...(one['rememberer'] ?? [])].map(({ end }) => end.stop);
    expect(new Set(ends)).toEqual(new Set(['step-limit']));
    for (const workers of [2, 4]) {
      const more = await played(both, workers, workers === 2 ? TASKS.toReversed() : TASKS);
      for (const id of ['honest', 'rememberer'])
        expect(hashesOf(more[id]), `${id} with ${workers} workers`).toEqual(hashesOf(one[id]));
    }
    const alone = await played({ honest: HONEST }, 2);
    expect(hashesOf(alone['honest'])).toEqual(hashesOf(one['honest']));
  }, 600_000);

  it('are told of nothing by earlier ones: all that they read is the same', async () => {
    const { rememberer = [] } = await played({ rememberer: REMEMBERER }, 2);
    const told = rememberer.map((trajectory) => Object.entries(toldBy(trajectory)));
    const read = told.filter((seen) => seen.length > 0).map((seen) => Object.fromEntries(seen));
    expect(read.length).toBeGreaterThan(1);
    expect(read.length).toBeLessThan(TASKS.length);
    expect(Object.keys(read[0] ?? {})).toEqual(WAYS_TO_REMEMBER);
    // The seed of an episode is its own: chance comes of it, and some of the heap.
    for (const name of WAYS_TO_REMEMBER.filter((way) => way !== 'chance' && way !== 'buffers'))
      expect(new Set(read.map((seen) => seen[name])).size, name).toBe(1);
  }, 600_000);
});
