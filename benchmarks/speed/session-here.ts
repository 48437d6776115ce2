import { openSession, type Session } from '../../src/environment/index.ts';
import type { World } from '../../src/episode/index.ts';
import { createRandom } from '../../src/protocol/index.ts';
import type { Sandboxes } from '../../src/sandbox/index.ts';
import { makeTask, type TaskFamily } from '../../src/task/index.ts';

/** A session of a train task in this process: what is measured is the session, not the way to it. */
export function openHere(
  family: TaskFamily,
  { seed, difficulty }: { seed: number; difficulty: number },
  sandboxes: Partial<Sandboxes>,
): Promise<Session> {
  const task = makeTask(family, seed, difficulty);
  return openSession(family.environment, {
    params: task.params,
    instruction: task.instruction,
    random: createRandom(`world/${task.hash}`),
    signal: new AbortController().signal,
    sandboxes: sandboxes as Sandboxes,
  });
}

/** Worlds of one family in this process. */
export function worldHere(family: TaskFamily, sandboxes: Partial<Sandboxes>): World {
  return {
    async open(task) {
      const session = await openHere(family, task, sandboxes);
      const look = async () => {
        const [observation, affordances] = [await session.observe(), await session.affordances()];
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
}
