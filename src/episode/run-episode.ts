import { createActor, toPromise } from 'xstate';
import { takeTurn } from '../environment/index.ts';
import {
  guardedBy,
  RECORD_VERSION,
  type ActorReference,
  type EpisodeStart,
  type Split,
  type Trajectory,
} from '../protocol/index.ts';
import { hashOf } from '../host/index.ts';
import { judge } from '../reward/index.ts';
import { makeTask, splitOf, type Task, type TaskFamily } from '../task/index.ts';
import { trajectoryHash } from '../trajectory/index.ts';
import type { Actor, LiveActor } from './actor.ts';
import { classify, createBlame, inTime } from './blame.ts';
import { episodeMachine, type EpisodeOutput } from './episode-machine.ts';
import { createTimeLimit } from './time-limit.ts';
import type { World, WorldSession } from './world.ts';

/** Attempts at an episode that fails by what may be faults of ours. */
const ATTEMPTS = 3;

/** One episode to be played. */
export interface EpisodeJob {
  readonly actor: Actor;
  readonly family: TaskFamily;
  readonly seed: number;
  readonly difficulty: number;
  /** Which of several tries at the task; it seeds the agent's randomness, so arms are paired by it. */
  readonly repeat: number;
  /** Attempts where it fails by what may be faults of ours; default 3. One attempt never blames the agent for them. */
  readonly attempts?: number;
  /**
   * Whether a failure that repeats counts against the actor. Default: yes, except for the oracle, whose actions are the family's
   * own. Where it is the family that is checked, no: then such a failure is its fault, and leaves no reward.
   */
  readonly isAccountable?: boolean;
}

/** The content key of an episode: equal keys have equal trajectories, and are played once a run. */
export function episodeKey(actor: ActorReference, task: Task, repeat: number): string {
  return hashOf({ version: RECORD_VERSION, actor, task: task.hash, repeat });
}

/**
 * Plays an episode to its end, again where what may be a fault of ours spoiled it, up to three times. Such a fault that the
 * agent's actions repeat in a fresh world, where nothing else is played, is the agent's own failure: reward 0, see
 * {@link createBlame}. One that does not repeat was ours: the attempt that worked counts, and where none did, the reward is null.
 *
 * @throws LamarckError only where the task itself cannot be made, or when `signal` is aborted.
 */
export async function runEpisode(job: EpisodeJob, world: World, signal: AbortSignal): Promise<Trajectory> {
  const { family, actor, repeat } = job;
  const task = makeTask(family, job.seed, job.difficulty);
  const began = performance.now();
  let attempts = 0;
  let output: EpisodeOutput;
  let { instruction } = task;
  const isAccountable = job.isAccountable ?? !isOracle(actor.reference);
  const blame = createBlame(isAccountable);
  do {
    // Whatever failed may have been the doing of an episode beside it.
    const around: World = attempts++ === 0 ? world : playingAlone(world);
    output = blame.judge(await attempt(job, task, around, signal, (asked) => (instruction = asked)));
  } while (isWorthAnother(output, isAccountable) && attempts < (job.attempts ?? ATTEMPTS) && !signal.aborted);

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
      ...(attempts > 1 ? { faults: blame.faults.slice(0, attempts - 1) } : {}),
      wallMilliseconds: Math.round(performance.now() - began),
      endedAt: Date.now(),
    },
  };
}

function isOracle(actor: ActorReference): boolean {
  return 'reference' in actor && actor.reference === 'oracle';
}

/** The same world, whose sessions have a process to themselves. */
function playingAlone(world: World): World {
  return { open: (task, signal, options) => world.open(task, signal, { ...options, isAlone: true }) };
}

/**
 * What an agent may have provoked is always tried again, so as to know. Otherwise: a family's own function that did not return
 * does not return the next time either, nor does an oracle that failed work. What the user has to repair, such as a server that
 * does not start, is not repaired by then.
 */
function isWorthAnother({ stop, error, failedIn }: EpisodeOutput, isAccountable: boolean): boolean {
  if (stop === 'infrastructure-error' && failedIn !== 'opening' && isAccountable) return true;
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
  onAsked: (instruction: string) => void,
): Promise<EpisodeOutput> {
  const endTurn = await takeTurn(family.environment, signal);
  const clock = createTimeLimit(family.timeLimit);
  const limit = AbortSignal.any([signal, clock.signal]);
  const timed: World = { open: (opened, until) => world.open(opened, until, { hold: clock.hold }) };
  let session: WorldSession | undefined;
  let live: LiveActor | undefined;
  const guarded = guardedBy(limit);
  let acting = actor;
  const open = async (): Promise<WorldSession> => {
    acting = (await actor.rehearse?.(family, task, timed, limit)) ?? actor;
    const opened = (session = await timed.open(task, limit));
    onAsked(opened.instruction ?? task.instruction);
    return {
      ...opened,
      act: (action) => guarded(opened.act(action)),
      evidence: () => guarded(opened.evidence()),
      tampering: () => guarded(opened.tampering?.() ?? Promise.resolve([])),
    };
  };
  const start = async (): Promise<LiveActor> => {
    const input = {
      instruction: session?.instruction ?? task.instruction,
      environment: family.environment.name,
      maxSteps: family.maxSteps,
      seed: hashOf({ task: task.hash, repeat }),
    };
    const started = (live = await acting.start(input, family, task, limit));
    return { ...started, decide: (event) => guarded(started.decide(event)) };
  };
  try {
    const episode = createActor(episodeMachine, {
      input: {
        maxSteps: family.maxSteps,
        services: {
          open,
          start,
          judge: (evidence) => judge(family, task, evidence),
          classify: (error, during) => classify(inTime(error, during, family), during, signal),
        },
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
