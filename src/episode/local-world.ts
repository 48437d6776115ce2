import { openSession, type HoldClock, type Session } from '../environment/index.ts';
import { createRandom, type TaskReference } from '../protocol/index.ts';
import type { Sandboxes } from '../sandbox/index.ts';
import { makeTask, type Task, type TaskFamily } from '../task/index.ts';
import type { View, World, WorldSession } from './world.ts';

/** What a hook may take in ms: less than the episode it is in, so that it is named before that is cut off. */
const hookMillisecondsOf = ({ timeLimit }: TaskFamily): number => Math.min(0.9 * timeLimit, 60_000);

/** Whatever opening does may be the longest part of an episode, so that only its limit bounds it. */
const preparationMillisecondsOf = ({ timeLimit }: TaskFamily): number => 0.9 * timeLimit;

/** A session of a task in this process: a function of the family and the task's seed. */
export function openTask(
  family: TaskFamily,
  task: Task,
  {
    sandboxes,
    signal,
    hold,
  }: { sandboxes: Partial<Sandboxes>; signal: AbortSignal; hold?: HoldClock | undefined },
): Promise<Session> {
  return openSession(family.environment, {
    params: task.params,
    instruction: task.instruction,
    random: createRandom(`world/${task.hash}`),
    signal,
    sandboxes,
    hookMilliseconds: hookMillisecondsOf(family),
    preparationMilliseconds: preparationMillisecondsOf(family),
    hold,
  });
}

/** What a session shows, and what can be done there. */
export async function viewOf(session: Session): Promise<View> {
  const observation = await session.observe();
  const affordances = await session.affordances(observation);
  return affordances ? { observation, affordances } : { observation };
}

/** What a session begins with. */
export async function beginningOf(session: Session): Promise<Pick<WorldSession, 'first' | 'instruction'>> {
  return { first: await viewOf(session), instruction: await session.instruction() };
}

/** A world whose sessions live in this process: for tests and measurements. Whatever ends a session's process ends this one. */
export function createLocalWorld(family: TaskFamily, sandboxes: Partial<Sandboxes>): World {
  return {
    async open({ seed, difficulty }: TaskReference, signal, { hold } = {}) {
      const session = await openTask(family, makeTask(family, seed, difficulty), { sandboxes, signal, hold });
      const begun = await beginningOf(session).catch(async (error: unknown) => {
        await session.close();
        throw error;
      });
      return {
        ...begun,
        act: async (action) => ({ feedback: await session.act(action), view: await viewOf(session) }),
        evidence: () => session.evidence(),
        tampering: () => session.tampering(),
        demonstrate: async () => session.demonstrate(family.oracle?.demonstrate ?? (() => undefined)),
        close: () => session.close(),
      };
    },
  };
}
