import { blocksBetween } from '../block.ts';
import { definePlainFamily } from '../define-plain-family.ts';
import { drawNumbers } from '../drawing.ts';
import { foldBlocks, numberListBlocks } from '../number-blocks.ts';

const before = (xs: readonly number[], i: number): number => xs[i - 1] ?? Number.NaN;
const after = (xs: readonly number[], i: number): number => xs[i + 1] ?? Number.NaN;
/** Length of the longest run in which each is greater than the one before. */
function longestRise(xs: readonly number[]): number {
  let [best, run] = [0, 0];
  for (const [i, x] of xs.entries()) {
    run = x > before(xs, i) ? run + 1 : 1;
    best = Math.max(best, run);
  }
  return best;
}

/** Ups and downs from one member to the next. */
export const peaks = definePlainFamily({
  name: 'programs/peaks',
  description: 'Ups and downs along a list: peaks, rises, records, the longest climb.',
  parameter: { name: 'xs', type: 'number[]' },
  own: () => {
    const change = blocksBetween('number[]', 'number[]');
    const find = blocksBetween('number[]', 'number');
    // prettier-ignore
    return [
      change(4, 'keep those greater than both neighbours', '@.filter((x, i, all) => x > all[i - 1] && x > all[i + 1])', (xs) => xs.filter((x, i) => x > before(xs, i) && x > after(xs, i))),
      change(3, 'keep those less than both neighbours', '@.filter((x, i, all) => x < all[i - 1] && x < all[i + 1])', (xs) => xs.filter((x, i) => x < before(xs, i) && x < after(xs, i))),
      change(4, 'keep those greater than the one before', '@.filter((x, i, all) => x > all[i - 1])', (xs) => xs.filter((x, i) => x > before(xs, i))),
      change(3, 'keep those less than the one after', '@.filter((x, i, all) => x < all[i + 1])', (xs) => xs.filter((x, i) => x < after(xs, i))),
      change(4, 'keep those greater than all before', '@.filter((x, i, all) => all.slice(0, i).every((y) => y < x))', (xs) => xs.filter((x, i) => xs.slice(0, i).every((y) => y < x))),
      change(3, 'give the largest so far at each place', '@.map((_, i, all) => Math.max(...all.slice(0, i + 1)))', (xs) => xs.map((_, i) => Math.max(...xs.slice(0, i + 1)))),
      find(3, 'count those less than the one before', '@.filter((x, i, all) => x < all[i - 1]).length', (xs) => xs.filter((x, i) => x < before(xs, i)).length),
      find(3, 'give the length of the longest run in which each is greater than the one before', '@.reduce(([best, run], x, i, all) => { const now = x > all[i - 1] ? run + 1 : 1; return [now > best ? now : best, now]; }, [0, 0])[0]', longestRise),
      find(2, 'give the largest step up to the next', '@.slice(1).reduce((a, x, i) => Math.max(a, x - @[i]), 0)', (xs) => xs.slice(1).reduce((a, x, i) => Math.max(a, x - (xs[i] ?? 0)), 0)),
    ].flat();
  },
  others: (withParameter) => [
    ...numberListBlocks(withParameter).filter(({ phrase }) =>
      /greater|less|multiply|add|square|reverse/.test(phrase),
    ),
    ...foldBlocks().filter(({ phrase }) => !phrase.startsWith('multiply')),
  ],
  draw: (random) => drawNumbers(random, [5, 9], [-3, 9]),
  edges: [[], [4], [1, 2], [2, 1], [1, 3, 2], [3, 1, 2], [2, 2, 5, 5], [1, 2, 3, 4], [4, 3, 9, 1, 8, 8]],
  second: [1, 5],
});
