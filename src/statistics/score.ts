import { gainSpan, rewardSpan, type RewardSpan } from '../protocol/index.ts';
import { clusteredInterval, type Interval } from './interval.ts';

/**
 * A mean reward, or a mean difference of two. Where rewards are missing the mean counts them as 0, and the interval spans
 * from its lower end in the worst case to its upper end in the best.
 */
export interface Score extends Interval {
  /** Of the `n` tasks, those where a reward is missing. */
  readonly missing: number;
}

/** What was earned at a task (null where the reward is missing), and the cluster that the task belongs to. */
export interface Outcome {
  readonly reward: number | null;
  readonly cluster: string;
}

/** What two agents earned at the same task. */
export interface Pairing {
  readonly incumbent: number | null;
  readonly challenger: number | null;
}

export function scoreOf(outcomes: readonly Outcome[]): Score {
  const spans = outcomes.map(({ reward, cluster }) => ({ ...rewardSpan(reward), cluster }));
  return { ...intervalOf(spans, [0, 1]), missing: outcomes.filter(({ reward }) => reward === null).length };
}

/** Challenger minus incumbent. */
export function gainOf(pairings: readonly (Pairing & { readonly cluster: string })[]): Score {
  const spans = pairings.map(({ incumbent, challenger, cluster }) => ({
    ...gainSpan(incumbent, challenger),
    cluster,
  }));
  const missing = pairings.filter(
    ({ incumbent, challenger }) => incumbent === null || challenger === null,
  ).length;
  return { ...intervalOf(spans, [-1, 1]), missing };
}

/** Whether the challenger earned more in all, whatever the missing rewards were in truth. */
export function isAhead(pairings: readonly Pairing[]): boolean {
  return (
    pairings.reduce((sum, { incumbent, challenger }) => sum + gainSpan(incumbent, challenger).least, 0) > 0
  );
}

function intervalOf(
  spans: readonly (RewardSpan & { readonly cluster: string })[],
  bounds: readonly [number, number],
): Interval {
  const of = (end: keyof RewardSpan): Interval =>
    clusteredInterval(
      spans.map((span) => ({ value: span[end], cluster: span.cluster })),
      bounds,
    );
  return { ...of('counted'), low: of('least').low, high: of('most').high };
}
