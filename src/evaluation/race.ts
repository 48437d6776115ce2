/** What a sequential paired comparison says of the child. */
export type Verdict = 'better' | 'not-better' | 'undecided';

/**
 * Sequential paired test of "the child is better than the parent", whose error holds however often it is looked at:
 * two betting e-processes on the differences d ∈ [−1, 1] (Waudby-Smith & Ramdas 2024), one against mean(d) ≤ 0, one
 * against mean(d) ≥ `futility`. By Ville's inequality each reaches 1/α under its null with probability at most α.
 * Each bet is a mixture over fixed stakes, so no tuning is hidden in it and order effects are mild.
 *
 * @param differences child minus parent on the same task and repeat, in the order they were played
 * @param options alpha: error of each side (default 0.05); futility: a gain worth finding (default 0.15)
 */
export function raceVerdict(
  differences: readonly number[],
  options: { alpha?: number; futility?: number } = {},
): Verdict {
  const { alpha = 0.05, futility = 0.15 } = options;
  const stakes = [0.1, 0.25, 0.5, 0.75];
  const better = stakes.map(() => 1);
  const worse = stakes.map(() => 1);
  for (const difference of differences) {
    stakes.forEach((stake, index) => {
      better[index] = (better[index] ?? 1) * (1 + stake * difference);
      worse[index] = (worse[index] ?? 1) * (1 + (stake / (1 + futility)) * (futility - difference));
    });
    if (average(better) >= 1 / alpha) return 'better';
    if (average(worse) >= 1 / alpha) return 'not-better';
  }
  return 'undecided';
}

function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
