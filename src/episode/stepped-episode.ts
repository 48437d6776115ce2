import { createActor, toPromise } from 'xstate';
import { guardedBy, type Json, type StopReason } from '../protocol/index.ts';
import { judge } from '../reward/index.ts';
import type { Task, TaskFamily } from '../task/index.ts';
import type { Choice, LiveActor } from './actor.ts';
import { classify } from './blame.ts';
import { episodeMachine, type EpisodeOutput } from './episode-machine.ts';
import type { View, World, WorldSession } from './world.ts';

/** What an outside actor is shown: at the start, and after each of its actions. */
export interface Moment extends View {
  /** Actions so far. */
  readonly step: number;
  /** Why the last action was rejected. */
  readonly error?: string;
  /** Why the episode is over, once it is. */
  readonly stop?: StopReason;
  /** The verdict in [0, 1] at the end, null before. */
  readonly reward: number | null;
}

/** An episode that is moved on from outside, one action at a time. */
export interface SteppedEpisode {
  /** The task's, or the world's own. */
  readonly instruction: string;
  readonly first: Moment;
  /** One action at a time, until a moment has a `stop`. Rejects where a fault of ours ended the episode: it has no reward then. */
  step(action: Json): Promise<Moment>;
  /** Cuts the episode short where it is not over. Its session is closed afterwards. */
  close(): Promise<void>;
}

/** The reason of every closed episode. Made once, because making one captures a stack. */
const CLOSED = new DOMException('The episode was closed.', 'AbortError');

/**
 * Begins a task whose actor is somewhere else: the same episode as any other, except that the actor's time to think is
 * not limited. The family's time limit bounds each action instead.
 *
 * @throws the fault that kept the task from being opened, or the reason of `signal`
 */
export async function openEpisode(
  family: TaskFamily,
  task: Task,
  world: World,
  signal: AbortSignal,
): Promise<SteppedEpisode> {
  const closing = new AbortController();
  const cut = AbortSignal.any([signal, closing.signal]);
  const thinking = guardedBy(cut);
  const bounded = async <T>(work: Promise<T>): Promise<T> => {
    const late = Promise.withResolvers<never>();
    const timer = setTimeout(
      () => late.reject(new DOMException('The action took longer than the task may.', 'TimeoutError')),
      family.timeLimit,
    );
    try {
      return await Promise.race([thinking(work), late.promise]);
    } finally {
      clearTimeout(timer);
    }
  };
  let session: WorldSession | undefined;
  let fault: { error: unknown } | undefined;
  let moment = Promise.withResolvers<Moment>();
  let choice = Promise.withResolvers<Choice>();

  const actor: LiveActor = {
    decide: ({ type: _type, ...seen }) => {
      choice = Promise.withResolvers();
      moment.resolve({ ...seen, reward: null } as Moment);
      return thinking(choice.promise);
    },
    dispose: async () => {},
  };
  const open = async (): Promise<WorldSession> => {
    const opened = (session = await world.open(task, cut));
    return {
      ...opened,
      act: (action) => bounded(opened.act(action)),
      evidence: () => bounded(opened.evidence()),
    };
  };
  const episode = createActor(episodeMachine, {
    input: {
      maxSteps: family.maxSteps,
      services: {
        open,
        start: () => Promise.resolve(actor),
        judge: (evidence) => judge(family, task, evidence),
        classify: (error, during) => {
          fault = { error };
          return classify(error, during, cut);
        },
      },
    },
  });
  const ended = (toPromise(episode) as Promise<EpisodeOutput>).then(async (output) => {
    // What fails here fails after the verdict, as in any episode.
    await session?.close().catch(() => {});
    if (fault) moment.reject(fault.error);
    else moment.resolve(lastMoment(output));
  });
  episode.start();
  const first = await moment.promise;
  return {
    instruction: session?.instruction ?? task.instruction,
    first,
    step: (action) => {
      moment = Promise.withResolvers();
      choice.resolve({ action, changes: [] });
      return moment.promise;
    },
    close: () => {
      closing.abort(CLOSED);
      return ended;
    },
  };
}

function lastMoment({ view, feedback, step, stop, reward }: EpisodeOutput): Moment {
  const { observation = null, affordances } = view ?? {};
  return {
    observation,
    ...(affordances ? { affordances } : {}),
    ...(feedback.error === undefined ? {} : { error: feedback.error }),
    step,
    stop,
    reward,
  };
}
