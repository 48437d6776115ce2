import type { PlannedEpisodes, RunPhase } from '../evolution/index.ts';

/** Wall time that something is expected to take, in seconds. */
export interface TimeForecast {
  readonly low: number;
  readonly high: number;
  /** The machine had other work, or too little was measured: the time may well lie outside. */
  readonly rough: boolean;
}

/** How long one episode took, played among others. */
export interface Timing {
  readonly family: string;
  /** Missing where it was tried before the run. */
  readonly phase?: RunPhase;
  readonly seconds: number;
}

/** What is known of episodes' durations, by family and phase. */
export interface Timings {
  add(timing: Timing): void;
  /** Mean seconds of an episode: of its family in its phase, else of its family, else of all; undefined where none was timed. */
  meanOf(phase: RunPhase, family: string): number | undefined;
}

/** Episodes of a family in a phase that a mean of them needs. */
const ENOUGH = 4;
/** A timing counts at most as so many medians. */
const MOST_MEDIANS = 5;
/** Timings that a mean is taken of, the latest: agents change, and so does what else a machine does. */
const WINDOW = 64;

/**
 * Share of the workers' time that episodes fill, until a run has shown its own: improvers think, rounds wait for their last episode,
 * and each episode is written to disk. From runs on two cores.
 */
const FILLED: Readonly<Record<RunPhase, number>> = {
  calibrating: 0.5,
  exploring: 0.65,
  confirming: 0.7,
  sealing: 0.75,
};
/** Factors around an expectation: before a phase was measured, and afterwards. */
const UNMEASURED = { low: 0.5, high: 2.5 };
const MEASURED = { low: 0.6, high: 1.5 };
/**
 * Share of a phase's planned episodes that it plays. Exploring ends early: episodes are shared, too little is left for a child, or
 * nothing is found any more; and confirming has fewer finalists where few children were born.
 */
const PLAYED: Readonly<Record<RunPhase, { low: number; high: number }>> = {
  calibrating: { low: 1, high: 1 },
  exploring: { low: 0.4, high: 0.9 },
  confirming: { low: 0.5, high: 1 },
  sealing: { low: 1, high: 1 },
};
/** How much faster a machine that is busy may become at most. */
const MOST_SLOWING = 3;

export function createTimings(): Timings {
  const recent = new Map<string, number[]>();
  const keyOf = (family = '', phase = ''): string => JSON.stringify([family, phase]);
  const mean = (key: string, least: number): number | undefined => {
    const seconds = recent.get(key) ?? [];
    return seconds.length < least ? undefined : cappedMean(seconds);
  };
  return {
    add({ family, phase, seconds }) {
      for (const key of new Set([keyOf(family, phase), keyOf(family), keyOf()]))
        recent.set(key, [...(recent.get(key) ?? []), seconds].slice(-WINDOW));
    },
    meanOf: (phase, family) =>
      mean(keyOf(family, phase), ENOUGH) ?? mean(keyOf(family), 1) ?? mean(keyOf(), 1),
  };
}

/** The mean, where what takes much longer than most (a process that starts, code that is compiled) counts as a few of them. */
function cappedMean(seconds: readonly number[]): number {
  const median = seconds.toSorted((left, right) => left - right)[Math.floor((seconds.length - 1) / 2)] ?? 0;
  return seconds.reduce((sum, each) => sum + Math.min(each, MOST_MEDIANS * median), 0) / seconds.length;
}

/**
 * Wall time of the episodes that are left.
 *
 * @param filled share of the workers' time that episodes were seen to fill, by phase
 * @param load running processes per core, those of the run among them
 * @returns undefined where no episode was timed
 */
export function forecastTime(given: {
  left: readonly PlannedEpisodes[];
  timings: Timings;
  workers: number;
  filled: Partial<Readonly<Record<RunPhase, number>>>;
  load: number;
}): TimeForecast | undefined {
  const { left, timings, workers, filled, load } = given;
  const shown = Object.entries(filled).map(([phase, share]) => share / FILLED[phase as RunPhase]);
  // A run that fills its workers' time more than others in one phase does so in the next.
  const mean = shown.reduce((sum, each) => sum + each, 0) / Math.max(1, shown.length);
  const pace = shown.length === 0 ? 1 : Math.min(2, Math.max(0.5, mean));
  let [low, high, isRough] = [0, 0, false];
  for (const { phase, family, episodes } of left) {
    const each = timings.meanOf(phase, family);
    if (each === undefined) return undefined;
    const own = filled[phase];
    const { low: least, high: most } = own === undefined ? UNMEASURED : MEASURED;
    const seconds = (episodes * each) / (workers * (own ?? Math.min(1, pace * FILLED[phase])));
    const { low: fewest, high: all } = PLAYED[phase];
    low += seconds * least * fewest;
    high += seconds * most * all;
  }
  if (isBusy(load)) {
    isRough = true;
    // What slows this down may end now, or go on and come again.
    low /= Math.min(load, MOST_SLOWING);
    high *= 1.5;
  }
  return { low, high, rough: isRough };
}

/** Whether a machine has more work than its cores can do at once. */
export function isBusy(load: number): boolean {
  return load > 1.25;
}
