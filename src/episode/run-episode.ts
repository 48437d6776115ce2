import { createActor, toPromise } from 'xstate';
import { takeTurn } from '../environment/index.ts';
import {
  guardedBy,
  hashOf,
  LamarckError,
  messageOf,
  RECORD_VERSION,
  type ActorReference,
  type EpisodeStart,
  type Split,
  type Trajectory,
} from '../protocol/index.ts';
import { judge } from '../reward/index.ts';
import { makeTask, splitOf, type Task, type TaskFamily } from '../task/index.ts';
import { trajectoryHash } from '../trajectory/index.ts';
import type { Actor, LiveActor } from './actor.ts';
import {
  episodeMachine,
  type EpisodeFailure,
  type EpisodeOutput,
  type EpisodePhase,
} from './episode-machine.ts';
import { createTimeLimit } from './time-limit.ts';
import type { World, WorldSession } from './world.ts';

/** Tries at an episode that faults of ours spoiled. */
const ATTEMPTS = 3;

/** One episode to be played. */
export interface EpisodeJob {
  readonly actor: Actor;
  readonly family: TaskFamily;
  readonly seed: number;
  readonly difficulty: number;
  /** Which of several tries at the task; it seeds the agent's randomness, so arms are paired by it. */
  readonly repeat: number;
  /** Tries where faults of ours spoil it; default 3. */
  readonly attempts?: number;
}

/** The content key of an episode: equal keys have equal trajectories, and are played once a run. */
export function episodeKey(actor: ActorReference, task: Task, repeat: number): string {
  return hashOf({ version: RECORD_VERSION, actor, task: task.hash, repeat });
}

/**
 * Plays an episode to its end, again where a fault of ours spoiled it, up to three times.
 * A guest that overruns its wall time twice is an `agent-error`: then the fault was not ours. Whether it is to blame for the
 * end of its process, the sandbox finds out within these tries.
 *
 * @throws LamarckError only where the task itself cannot be made, or when `signal` is aborted.
 */
export async function runEpisode(job: EpisodeJob, world: World, signal: AbortSignal): Promise<Trajectory> {
  const { family, actor, repeat } = job;
  const task = makeTask(family, job.seed, job.difficulty);
  const began = performance.now();
  let strikes = 0;
  let attempts = 0;
  let output: EpisodeOutput;
  let { instruction } = task;
  const classifyFailure = (error: unknown, during: EpisodePhase): EpisodeFailure => {
    if (isStrike(error, during))
      return failure(++strikes < 2 ? 'infrastructure-error' : 'agent-error', error, 'agent');
    return classify(inTime(error, during, family), during, signal);
  };
  do {
    attempts++;
    output = await attempt(job, task, world, signal, classifyFailure, (asked) => (instruction = asked));
  } while (isWorthAnother(output) && attempts < (job.attempts ?? ATTEMPTS) && !signal.aborted);

  const split: Split = splitOf(task.seed);
  const start: EpisodeStart = {
    type: 'episode-start',
    version: RECORD_VERSION,
    episode: episodeKey(actor.reference, task, repeat),
    actor: actor.reference,
    task: {
      family: task.family,
      seed: task.seed,
      difficulty: task.difficulty,
      hash: task.hash,
      instruction,
    },
    environment: family.environment.name,
    split,
    repeat,
  };
  const { records, stop, reward, step, error } = output;
  return {
    start,
    records,
    end: {
      type: 'episode-end',
      stop,
      reward,
      steps: step,
      ...(error ? { error } : {}),
      hash: trajectoryHash([start, ...records], stop, reward),
      attempts,
      wallMilliseconds: Math.round(performance.now() - began),
      endedAt: Date.now(),
    },
  };
}

/**
 * A family's own function that did not come to its end does not the next time either, nor does an oracle that failed. What
 * the user has to mend, such as a server that does not start, is not mended by then.
 */
function isWorthAnother({ stop, error }: EpisodeOutput): boolean {
  if (error?.boundary === 'user') return false;
  const isPure = error?.boundary === 'task' || error?.boundary === 'verifier';
  const isOver = error?.code === 'LAMARCK_OVERDUE' || error?.code === 'LAMARCK_ORACLE_FAILED';
  return stop === 'infrastructure-error' && !(isPure && isOver);
}

async function attempt(
  { actor, family, repeat }: EpisodeJob,
  task: Task,
  world: World,
  signal: AbortSignal,
  classifyFailure: (error: unknown, during: EpisodePhase) => EpisodeFailure,
  onAsked: (instruction: string) => void,
): Promise<EpisodeOutput> {
  const endTurn = await takeTurn(family.environment, signal);
  const clock = createTimeLimit(family.timeLimit);
  const limit = AbortSignal.any([signal, clock.signal]);
  const timed: World = { open: (opened, until) => world.open(opened, until, clock.hold) };
  let session: WorldSession | undefined;
  let live: LiveActor | undefined;
  const guarded = guardedBy(limit);
  const open = async (): Promise<{ session: WorldSession; actor: LiveActor }> => {
    const acting = (await actor.rehearse?.(family, task, timed, limit)) ?? actor;
    session = await timed.open(task, limit);
    const { instruction = task.instruction } = session;
    onAsked(instruction);
    const input = {
      instruction,
      environment: family.environment.name,
      maxSteps: family.maxSteps,
      seed: hashOf({ task: task.hash, repeat }),
    };
    live = await acting.start(input, family, task, limit);
    const opened = { session, actor: live };
    return {
      session: {
        ...opened.session,
        act: (action) => guarded(opened.session.act(action)),
        evidence: () => guarded(opened.session.evidence()),
        tampering: () => guarded(opened.session.tampering?.() ?? Promise.resolve([])),
      },
      actor: { ...opened.actor, decide: (event) => guarded(opened.actor.decide(event)) },
    };
  };
  try {
    const episode = createActor(episodeMachine, {
      input: {
        maxSteps: family.maxSteps,
        services: { open, judge: (evidence) => judge(family, task, evidence), classify: classifyFailure },
      },
    });
    const done = toPromise(episode);
    episode.start();
    return (await done) as EpisodeOutput;
  } finally {
    clock.end();
    // What fails here fails after the verdict: the process that holds it is replaced, and nothing is owed to anyone.
    await Promise.allSettled([session?.close(), live?.dispose()]);
    endTurn();
  }
}

/** A limit of wall time while the agent was at work: the first may be ours, the second is its own. */
function isStrike(error: unknown, during: EpisodePhase): boolean {
  if (LamarckError.isInstance(error)) return error.code === 'LAMARCK_GUEST_TIMEOUT';
  return during === 'deciding' && error instanceof Error && error.name === 'TimeoutError';
}

/** Blames: an agent's own failure is scored; everything else is ours. */
export function classify(error: unknown, during: EpisodePhase, signal: AbortSignal): EpisodeFailure {
  if (signal.aborted) return failure('cancelled', error, 'user');
  if (LamarckError.isInstance(error)) {
    const ours = error.boundary !== 'agent';
    return failure(ours ? 'infrastructure-error' : 'agent-error', error, error.boundary);
  }
  return failure('infrastructure-error', error, during === 'deciding' ? 'agent' : 'environment');
}

/** What was cut off by the limit of the episode, told as such. */
function inTime(error: unknown, during: EpisodePhase, { name, timeLimit }: TaskFamily): unknown {
  if (!(error instanceof Error && error.name === 'TimeoutError')) return error;
  return new LamarckError({
    code: 'LAMARCK_OVERDUE',
    boundary: 'environment',
    message: `An episode of "${name}" took longer than its timeLimit of ${timeLimit / 1000} s; it was ${during} then.`,
    remedy: 'Raise timeLimit, or let the environment do less.',
    cause: error,
  });
}

function failure(stop: EpisodeFailure['stop'], error: unknown, boundary: string): EpisodeFailure {
  const code = LamarckError.isInstance(error) ? error.code : 'LAMARCK_UNEXPECTED';
  return { stop, error: { code, boundary, message: messageOf(error) } };
}
