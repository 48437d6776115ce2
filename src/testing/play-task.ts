import { createLocalWorld, oracleActor, randomActor, runEpisode } from '../episode/index.ts';
import { createSandboxes } from '../presets.ts';
import type { Trajectory } from '../protocol/index.ts';
import type { TaskFamily } from '../task/index.ts';

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
  const signal = new AbortController().signal;
  // Awaited here: the sandboxes last as long as this function.
  return await runEpisode(
    { actor: actor === 'oracle' ? oracleActor : randomActor, family, seed, difficulty, repeat: 0 },
    createLocalWorld(family, sandboxes),
    signal,
  );
}
