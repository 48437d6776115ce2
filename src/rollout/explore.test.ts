import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { defineEnvironment, type Playout } from '../environment/index.ts';
import type { World } from '../episode/index.ts';
import { hashOf } from '../host/index.ts';
import type { Json, Trajectory } from '../protocol/index.ts';
import { defineTask } from '../task/index.ts';
import { createRollout } from './index.ts';

const family = defineTask({
  name: 'tests/press',
  environment: defineEnvironment({
    name: 'presses',
    params: z.object({}),
    observation: z.number(),
    actions: { press: z.object({}) },
    evidence: z.number(),
    open: () => ({ observe: () => 0, act: { press: () => undefined }, evidence: () => 0 }),
  }),
  generate: () => ({ instruction: 'Press twice.', params: {} }),
  verify: ({ evidence }) => evidence === 2,
  oracle: function* () {},
});
const press = (times: number): Json[] => Array.from({ length: times }, () => ({ press: {} }));

/** A world that counts presses, and claims to have found `playouts`. */
async function explore(playouts: readonly Playout[] | undefined) {
  const world: World = {
    open: async () => {
      let presses = 0;
      return {
        first: { observation: 0 },
        act: async () => ({ feedback: {}, view: { observation: ++presses } }),
        evidence: async () => presses,
        explore: async () => playouts,
        close: async () => undefined,
      };
    },
  };
  const kept: Trajectory[] = [];
  const memory = {
    find: async () => undefined,
    keep: async (trajectory: Trajectory) => void kept.push(trajectory),
  };
  const rollout = createRollout({ world, memory, workers: 1, drain: new AbortController().signal });
  const [win] = await rollout.explore([{ family, seed: 0, difficulty: 1, tries: 4 }]);
  return { win, kept };
}

describe('exploring a task', () => {
  it('plays the shortest winning playout as an episode of a script, and keeps it', async () => {
    const { win, kept } = await explore([
      { actions: press(9), evidence: 2 },
      { actions: press(1), evidence: 1 },
      { actions: press(2), evidence: 2 },
    ]);
    expect(win?.start.actor).toEqual({ script: hashOf(press(2)) });
    expect(win?.end).toMatchObject({ reward: 1, steps: 2, stop: 'agent-done' });
    expect(kept).toEqual([win]);
  });

  it('counts no win that playing does not confirm', async () => {
    const { win, kept } = await explore([{ actions: press(3), evidence: 2 }]);
    expect(win).toBeUndefined();
    expect(kept.map(({ end }) => end.reward)).toEqual([0]);
  });

  it('plays nothing where nothing won, or the world cannot be explored', async () => {
    expect(await explore([{ actions: press(1), evidence: 1 }])).toEqual({ win: undefined, kept: [] });
    expect(await explore(undefined)).toEqual({ win: undefined, kept: [] });
  });

  it('ends what is under way before it says that it was stopped, and begins nothing more', async () => {
    const drain = new AbortController();
    const log: string[] = [];
    const world: World = {
      open: async () => ({
        first: { observation: 0 },
        act: async () => ({ feedback: {}, view: { observation: 1 } }),
        evidence: async () => 0,
        explore: async () => {
          log.push('begun');
          drain.abort();
          await new Promise((resolve) => setTimeout(resolve, 20));
          log.push('ended');
          return [];
        },
        close: async () => undefined,
      }),
    };
    const memory = { find: async () => undefined, keep: async () => undefined };
    const rollout = createRollout({ world, memory, workers: 2, drain: drain.signal });
    const jobs = [0, 1, 2, 3].map((seed) => ({ family, seed, difficulty: 1, tries: 4 }));
    await expect(rollout.explore(jobs)).rejects.toMatchObject({ code: 'LAMARCK_DRAINED' });
    expect(log).toEqual(['begun', 'begun', 'ended', 'ended']);
  });
});
