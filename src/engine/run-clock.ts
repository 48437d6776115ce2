import type { PlannedEpisodes, RunPhase } from '../evolution/index.ts';
import type { RunEvent } from '../protocol/index.ts';
import { createTimings, forecastTime, type TimeForecast, type Timings } from './time-forecast.ts';

/** Episodes of a phase after which its own pace counts. */
const ENOUGH = 32;

/** Forecasts the rest of a run from what it has shown of itself. */
export interface RunClock {
  hear(event: RunEvent): void;
  /** What is left at this moment; undefined as long as no episode was timed. */
  left(load: number): TimeForecast | undefined;
}

interface Pace {
  /** When its first episode that was really played ended, in ms, and how long such episodes took from then on. */
  began?: number;
  /** When the phase ended. */
  ended?: number;
  seconds: number;
  played: number;
  /** Episodes that were asked for, remembered ones too. */
  spent: number;
}

/**
 * @param options.planned what the budget goes to
 * @param options.timings of episodes before the run; those of the run are added to them
 * @param options.now milliseconds
 */
export function createRunClock(options: {
  planned: readonly PlannedEpisodes[];
  timings?: Timings;
  workers: number;
  now: () => number;
}): RunClock {
  const { planned, timings = createTimings(), workers, now } = options;
  const paces = new Map<RunPhase, Pace>();
  const over = new Set<RunPhase>();
  let phase: RunPhase | undefined;
  let counted = { spent: 0, played: 0 };

  const filledIn = ({ began, ended, seconds, played }: Pace): number | undefined => {
    if (began === undefined || played < ENOUGH) return undefined;
    const wall = ((ended ?? now()) - began) / 1000;
    return wall <= 0 ? undefined : Math.min(1, Math.max(0.02, seconds / (wall * workers)));
  };

  return {
    hear(event) {
      if (event.type === 'phase-start') {
        if (phase !== undefined) over.add(phase);
        const last = phase && paces.get(phase);
        if (last) last.ended = now();
        phase = event.phase === 'reporting' ? undefined : event.phase;
      }
      if (event.type !== 'episode' || phase === undefined) return;
      const { family, seconds, spent, played } = event;
      const pace = paces.get(phase) ?? { seconds: 0, played: 0, spent: 0 };
      paces.set(phase, pace);
      pace.spent += spent - counted.spent;
      if (played > counted.played) {
        timings.add({ family, phase, seconds });
        if (pace.began === undefined) pace.began = now();
        else {
          pace.seconds += seconds;
          pace.played++;
        }
      }
      counted = { spent, played };
    },
    left(load) {
      const ahead = planned.filter((each) => !over.has(each.phase));
      const filled: Partial<Record<RunPhase, number>> = {};
      for (const [each, pace] of paces) {
        const share = filledIn(pace);
        if (share !== undefined) filled[each] = share;
      }
      const ofPhase = (name: RunPhase): number =>
        planned.reduce((sum, each) => sum + (each.phase === name ? each.episodes : 0), 0);
      const left = ahead.map((each) => {
        const done = (paces.get(each.phase)?.spent ?? 0) / ofPhase(each.phase);
        return { ...each, episodes: each.episodes * Math.max(0, 1 - done) };
      });
      return forecastTime({ left, timings, workers, filled, load });
    },
  };
}
