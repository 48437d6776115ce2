import { gainSpan } from '../protocol/index.ts';
import type { Pairing } from './score.ts';

/** What a sequential paired comparison says of the child. */
export type RaceVerdict = 'better' | 'not-better' | 'undecided';

/** Fixed stakes of the bets, mixed evenly: no tuning is hidden in them. */
const STAKES = [0.1, 0.25, 0.5, 0.75];

/**
 * Sequential paired test of "the child is better than the parent", whose error holds however often it is looked at:
 * two betting e-processes on the differences d ∈ [−1, 1] (Waudby-Smith & Ramdas 2024), one against mean(d) ≤ 0, one
 * against mean(d) ≥ `futility`. By Ville's inequality each reaches 1/α under its null with probability at most α.
 *
 * It looks at the end of a round only, where every family has been played once: a product of (1 + stake × d) over a
 * round has an expectation of at most (1 + stake × mean)^n, so a child that is better in one family and as much worse
 * in another is no evidence, in whichever order they are played.
 *
 * Each process bets on the differences that are worst for its own claim, so where rewards are missing a race is decided
 * only if it is decided whatever they were in truth.
 *
 * @param rounds parent (incumbent) and child (challenger) on the same task and repeat, a list for each round, in the order
 *   they were played
 * @param options alpha: error of each side (default 0.05); futility: a gain worth finding (default 0.15)
 */
export function raceVerdict(
  rounds: readonly (readonly Pairing[])[],
  options: { alpha?: number; futility?: number } = {},
): RaceVerdict {
  const { alpha = 0.05, futility = 0.15 } = options;
  const better = bet((difference, stake) => 1 + stake * difference);
  const worse = bet((difference, stake) => 1 + (stake / (1 + futility)) * (futility - difference));
  for (const round of rounds) {
    const spans = round.map(({ incumbent, challenger }) => gainSpan(incumbent, challenger));
    if (better(spans.map(({ least }) => least)) >= 1 / alpha) return 'better';
    if (worse(spans.map(({ most }) => most)) >= 1 / alpha) return 'not-better';
  }
  return 'undecided';
}

/**
 * The e-value of all differences together against mean(d) ≤ 0: its expectation is at most 1 where the challenger is no
 * better than the incumbent, so 20 is as telling as p = 0.05, and e-values of many candidates can be compared
 * ({@link discoveries}). Missing rewards count in the worst case for the challenger.
 */
export function gainEvidence(pairings: readonly Pairing[]): number {
  const least = pairings.map(({ incumbent, challenger }) => gainSpan(incumbent, challenger).least);
  return bet((difference, stake) => 1 + stake * difference)(least);
}

/** Wealth of a mixture of bettors, each with a stake of its own, after what was played so far. */
function bet(
  payoff: (difference: number, stake: number) => number,
): (differences: readonly number[]) => number {
  const wealth = STAKES.map(() => 1);
  return (differences) => {
    for (const difference of differences)
      STAKES.forEach((stake, at) => (wealth[at] = (wealth[at] as number) * payoff(difference, stake)));
    return wealth.reduce((sum, value) => sum + value, 0) / wealth.length;
  };
}
