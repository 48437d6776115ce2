import { episodeKey, runEpisode, type EpisodeJob, type World } from '../episode/index.ts';
import { LamarckError, type Trajectory } from '../protocol/index.ts';
import { makeTask } from '../task/index.ts';

/** Where finished episodes are kept and found again. An episode exists once `keep` has resolved. */
export interface EpisodeMemory {
  find(key: string): Promise<Trajectory | undefined>;
  keep(trajectory: Trajectory): Promise<void>;
}

/** Plays many episodes; those that the record already holds are taken from it. */
export interface Rollout {
  /**
   * The trajectories of the jobs, in the order of the jobs, whatever order they end in.
   *
   * @throws LamarckError `LAMARCK_DRAINED` when asked to stop: episodes in flight were finished and kept.
   */
  play(jobs: readonly EpisodeJob[]): Promise<Trajectory[]>;
  /** Different episodes asked for so far, remembered ones too: what a budget counts. */
  readonly episodes: number;
  /** Of these, episodes that were really played by this process. */
  readonly played: number;
}

/**
 * @param options drain: no further episode is started once it is aborted; those in flight end first.
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
  let played = 0;

  async function playOne(job: EpisodeJob): Promise<Trajectory> {
    const key = episodeKey(job.actor.reference, makeTask(job.family, job.seed, job.difficulty), job.repeat);
    const underWay = inFlight.get(key);
    if (underWay) return underWay;
    const playing = (async () => {
      const remembered = await memory.find(key);
      const trajectory = remembered ?? (await runEpisode(job, world, cancel.signal));
      if (!remembered) {
        await memory.keep(trajectory);
        played++;
      }
      if (!counted.has(key)) {
        counted.add(key);
        onEpisode?.(trajectory);
      }
      return trajectory;
    })();
    inFlight.set(key, playing);
    try {
      return await playing;
    } finally {
      inFlight.delete(key);
    }
  }

  return {
    get episodes() {
      return counted.size;
    },
    get played() {
      return played;
    },
    async play(jobs) {
      const trajectories = new Array<Trajectory>(jobs.length);
      let next = 0;
      let failed = false;
      const work = async (): Promise<void> => {
        while (next < jobs.length && !failed) {
          if (drain.aborted) throw drained();
          const place = next++;
          try {
            trajectories[place] = await playOne(jobs[place] as EpisodeJob);
          } catch (error) {
            failed = true;
            throw error;
          }
        }
      };
      const outcomes = await Promise.allSettled(Array.from({ length: Math.min(workers, jobs.length) }, work));
      const failure = outcomes.find((outcome) => outcome.status === 'rejected');
      if (failure) throw failure.reason;
      return trajectories;
    },
  };
}

function drained(): LamarckError {
  return new LamarckError({
    code: 'LAMARCK_DRAINED',
    boundary: 'user',
    message: 'Stopped as asked; every finished episode is kept.',
  });
}
