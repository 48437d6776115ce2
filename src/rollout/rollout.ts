import {
  createScriptedActor,
  episodeKey,
  runEpisode,
  type EpisodeJob,
  type World,
} from '../episode/index.ts';
import { createPermits, hashOf, mapWithPermits } from '../host/index.ts';
import { LamarckError, type Json, type Trajectory } from '../protocol/index.ts';
import { makeTask } from '../task/index.ts';
import { findWin, type ExploreJob } from './find-win.ts';

/** Where finished episodes are kept and found again. An episode exists once `keep` has resolved. */
export interface EpisodeMemory {
  find(key: string): Promise<Trajectory | undefined>;
  keep(trajectory: Trajectory): Promise<void>;
}

/** Hears the key of each episode that is asked for, once or more often: a set will do. */
export interface Tally {
  add(key: string): void;
}

/** Plays many episodes; those that the record already holds are taken from it. */
export interface Rollout {
  /**
   * The trajectories of the jobs, in the order of the jobs, whatever order they end in. Several calls share the workers
   * evenly.
   *
   * @throws LamarckError `LAMARCK_DRAINED` when asked to stop: episodes in flight were finished and kept.
   */
  play(jobs: readonly EpisodeJob[]): Promise<Trajectory[]>;
  /**
   * Searches each task for a first win by what its world can do faster than episodes, and plays the shortest one found as
   * a normal episode of a scripted actor: that trajectory, if it earned 1. The search itself is no episode, but a tally
   * hears of it as of one.
   *
   * @throws LamarckError `LAMARCK_DRAINED` when asked to stop: searches in flight were finished.
   */
  explore(jobs: readonly ExploreJob[]): Promise<(Trajectory | undefined)[]>;
  /**
   * An episode whose world plays episodes of this rollout itself: it takes no worker's place from them, and is played even where the
   * record holds it, so that what it asks for is asked for again.
   *
   * @throws LamarckError `LAMARCK_DRAINED` when asked to stop.
   */
  playAround(job: EpisodeJob, world: World): Promise<Trajectory>;
  /** The same rollout, which also tells `tally` what was asked of it. */
  tallied(tally: Tally): Rollout;
  /** Different episodes asked for so far, remembered ones too: what a budget counts. */
  readonly episodes: number;
  /** How many of these episodes were really played by this process. */
  readonly played: number;
}

/**
 * @param options workers: episodes at once, over all calls; drain: no further episode is started once it is aborted, those
 * in flight end first.
 */
export function createRollout(options: {
  world: World;
  memory: EpisodeMemory;
  workers: number;
  drain: AbortSignal;
  onEpisode?: (trajectory: Trajectory) => void;
}): Rollout {
  const { world, memory, workers, drain, onEpisode } = options;
  const counted = new Set<string>();
  const inFlight = new Map<string, Promise<Trajectory>>();
  const cancel = new AbortController();
  const permits = createPermits(workers);
  let played = 0;

  async function playAround(job: EpisodeJob, around: World, tally: Tally | undefined): Promise<Trajectory> {
    const key = keyOf(job);
    tally?.add(key);
    const trajectory = await runEpisode(job, around, drain);
    if (drain.aborted) throw drained();
    await kept(key, trajectory, (await memory.find(key)) !== undefined);
    return trajectory;
  }

  async function kept(key: string, trajectory: Trajectory, isRemembered: boolean): Promise<void> {
    if (!isRemembered) {
      await memory.keep(trajectory);
      played++;
    }
    if (counted.has(key)) return;
    counted.add(key);
    onEpisode?.(trajectory);
  }

  async function playOne(job: EpisodeJob, tally: Tally | undefined): Promise<Trajectory> {
    const key = keyOf(job);
    tally?.add(key);
    const underWay = inFlight.get(key);
    if (underWay) return underWay;
    const playing = (async () => {
      const remembered = await memory.find(key);
      const trajectory = remembered ?? (await runEpisode(job, world, cancel.signal));
      await kept(key, trajectory, remembered !== undefined);
      return trajectory;
    })();
    inFlight.set(key, playing);
    try {
      return await playing;
    } finally {
      inFlight.delete(key);
    }
  }

  const play = (jobs: readonly EpisodeJob[], tally: Tally | undefined): Promise<Trajectory[]> =>
    mapWithPermits(jobs, permits, async (job) => {
      if (drain.aborted) throw drained();
      return playOne(job, tally);
    });

  async function exploreOne(job: ExploreJob, tally: Tally | undefined): Promise<Trajectory | undefined> {
    const { family, seed, difficulty, tries } = job;
    tally?.add(hashOf({ search: makeTask(family, seed, difficulty).hash, tries }));
    const giveBack = await permits.take();
    let script: readonly Json[] | undefined;
    try {
      if (drain.aborted) throw drained();
      script = await findWin(job, world, cancel.signal);
    } finally {
      giveBack();
    }
    if (!script) return undefined;
    const [played] = await play(
      [{ actor: createScriptedActor(script), family, seed, difficulty, repeat: 0 }],
      tally,
    );
    return played?.end.reward === 1 ? played : undefined;
  }

  const withTally = (tally: Tally | undefined): Rollout => ({
    play: (jobs) => play(jobs, tally),
    explore: (jobs) => allEnded(jobs.map((job) => exploreOne(job, tally))),
    playAround: (job, around) => playAround(job, around, tally),
    tallied: withTally,
    get episodes() {
      return counted.size;
    },
    get played() {
      return played;
    },
  });
  return withTally(undefined);
}

function keyOf({ actor, family, seed, difficulty, repeat }: EpisodeJob): string {
  return episodeKey(actor.reference, makeTask(family, seed, difficulty), repeat);
}

/** What all of them give, once none is under way any more; the first failure where one fails. */
async function allEnded<Result>(works: readonly Promise<Result>[]): Promise<Result[]> {
  await Promise.allSettled(works);
  return Promise.all(works);
}

/** What is thrown where a run was asked to stop. */
export function drained(): LamarckError {
  return new LamarckError({
    code: 'LAMARCK_DRAINED',
    boundary: 'user',
    message: 'Stopped as asked; every finished episode is kept.',
  });
}
