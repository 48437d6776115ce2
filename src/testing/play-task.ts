import { openSession } from '../environment/index.ts';
import { oracleActor, randomActor, runEpisode, type World } from '../episode/index.ts';
import { createRandom, type Trajectory } from '../protocol/index.ts';
import { createSandboxes } from '../presets.ts';
import { makeTask, type TaskFamily } from '../task/index.ts';

/**
 * Plays one episode of a family in this process, for a project's own tests: the oracle must earn 1, and a random
 * actor should rarely.
 *
 * @example
 * const { end } = await playTask(reach, { seed: 3, actor: 'oracle' });
 * expect(end.reward).toBe(1);
 */
export async function playTask(
  family: TaskFamily,
  options: { seed?: number; difficulty?: number; actor?: 'oracle' | 'random'; chromium?: string } = {},
): Promise<Trajectory> {
  const { seed = 0, difficulty = 1, actor = 'oracle', chromium } = options;
  await using sandboxes = createSandboxes({ pages: 1, ...(chromium === undefined ? {} : { chromium }) });
  const world: World = {
    async open(reference, signal) {
      const task = makeTask(family, reference.seed, reference.difficulty);
      const session = await openSession(family.environment, {
        params: task.params,
        instruction: task.instruction,
        random: createRandom(`world/${task.hash}`),
        signal,
        sandboxes,
      });
      const look = async (): Promise<Awaited<ReturnType<World['open']>>['first']> => {
        const observation = await session.observe();
        const affordances = await session.affordances();
        return affordances ? { observation, affordances } : { observation };
      };
      return {
        first: await look(),
        act: async (action) => ({ feedback: await session.act(action), view: await look() }),
        evidence: () => session.evidence(),
        close: () => session.close(),
      };
    },
  };
  const signal = new AbortController().signal;
  return runEpisode(
    { actor: actor === 'oracle' ? oracleActor : randomActor, family, seed, difficulty, repeat: 0 },
    world,
    signal,
  );
}
