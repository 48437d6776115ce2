import type { Random } from '../../src/protocol/index.ts';
import type { Interval } from '../../src/statistics/index.ts';

const RESAMPLES = 2_000;

/**
 * How much more is solved, as a share of what was solved before, with 95 % intervals by a paired bootstrap: a task is
 * drawn with both its outcomes. Drawn by task within each family, and by whole family.
 *
 * @param before outcomes, 0 or 1, of each task of each family. @param after those of the same tasks.
 */
export function relativeGain(
  before: readonly (readonly number[])[],
  after: readonly (readonly number[])[],
  random: Random,
): { byTask: Interval; byFamily: Interval } {
  const pairs = before.map((outcomes, family) =>
    outcomes.map((outcome, task) => [outcome, after[family]?.[task] ?? 0] as const),
  );
  const redrawn = <Item>(items: readonly Item[]): Item[] => items.map(() => random.pick(items));
  const mean = gainOf(pairs.flat());
  const intervalOf = (draw: () => (readonly [number, number])[]): Interval => {
    const gains = Array.from({ length: RESAMPLES }, () => gainOf(draw())).sort((one, other) => one - other);
    const [low, high] = [0.025, 0.975].map((share) => gains[Math.floor(share * RESAMPLES)] as number);
    return { mean, low: low as number, high: high as number, n: pairs.flat().length };
  };
  return {
    byTask: intervalOf(() => pairs.flatMap(redrawn)),
    byFamily: intervalOf(() => redrawn(pairs).flat()),
  };
}

function gainOf(pairs: readonly (readonly [number, number])[]): number {
  const [before, after] = [0, 1].map((arm) => pairs.reduce((sum, pair) => sum + (pair[arm] as number), 0));
  return (after as number) / (before as number) - 1;
}
