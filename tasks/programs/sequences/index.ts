import type { Random } from 'lamarck';
import { blocksBetween, K, operands, type Arguments, type Block } from '../block.ts';
import { defineProgramFamily } from '../define-program-family.ts';
import { foldBlocks } from '../number-blocks.ts';

const N = { name: 'n', type: 'number' } as const;

/** From 1 to `n`; undefined where that is longer than anyone asks for. */
const countTo = (n: number): number[] | undefined =>
  n <= 200 ? Array.from({ length: Math.max(n, 0) }, (_, i) => i + 1) : undefined;
const sum = (xs: readonly number[]): number => xs.reduce((a, b) => a + b, 0);
/** The member before place `i`; no number before the first. */
const before = (xs: readonly number[], i: number): number => xs[i - 1] ?? Number.NaN;

/** One number to a list of numbers. */
function unfoldBlocks(withParameter: boolean): Block[] {
  const unfold = blocksBetween('number', 'number[]');
  const change = blocksBetween('number', 'number');
  const counts = operands(3, 5, withParameter);
  // prettier-ignore
  return [
    unfold(6, 'count from 1 up to it', 'Array.from({ length: @ }, (_, i) => i + 1)', countTo),
    unfold(2, 'count from it down to 1', 'Array.from({ length: @ }, (_, i) => i + 1).reverse()', (n) => countTo(n)?.toReversed()),
    unfold(3, 'list its divisors', 'Array.from({ length: @ }, (_, i) => i + 1).filter((d) => @ % d === 0)', (n) => countTo(n)?.filter((d) => n % d === 0)),
    unfold(3, 'split it into its digits', '[...String(@)].map(Number)', (n) => (n < 0 ? undefined : [...String(n)].map(Number))),
    unfold(3, 'list its first # multiples', 'Array.from({ length: # }, (_, i) => @ * (i + 1))', (n, c) => countTo(c)?.map((place) => n * place), counts),
    unfold(2, 'list the # numbers that follow it', 'Array.from({ length: # }, (_, i) => @ + i + 1)', (n, c) => countTo(c)?.map((place) => n + place), counts),
    change(1, 'add #', '(@ + #)', (n, c) => n + c, operands(1, 3, withParameter)),
    change(1, 'double it', '(@ * 2)', (n) => n * 2),
  ].flat();
}

/** Lists to lists, by place and by neighbour. */
function seriesBlocks(withParameter: boolean): Block[] {
  const change = blocksBetween('number[]', 'number[]');
  const factors = operands(2, 4, withParameter);
  // prettier-ignore
  return [
    change(4, 'give the running totals', '@.map((_, i, all) => all.slice(0, i + 1).reduce((a, b) => a + b, 0))', (xs) => xs.map((_, i) => sum(xs.slice(0, i + 1)))),
    change(2, 'subtract from each the one before, leaving out the first', '@.map((x, i, all) => x - all[i - 1]).slice(1)', (xs) => xs.map((x, i) => x - before(xs, i)).slice(1)),
    change(2, 'add to each the one before, leaving out the first', '@.map((x, i, all) => x + all[i - 1]).slice(1)', (xs) => xs.map((x, i) => x + before(xs, i)).slice(1)),
    change(2, 'multiply each by its place, counted from 1', '@.map((x, i) => x * (i + 1))', (xs) => xs.map((x, i) => x * (i + 1))),
    change(2, 'keep every second one, from the first on', '@.filter((_, i) => i % 2 === 0)', (xs) => xs.filter((_, i) => i % 2 === 0)),
    change(2, 'put them behind themselves in reverse', '[...@, ...[...@].reverse()]', (xs) => [...xs, ...xs.toReversed()]),
    change(1, 'reverse the order', '[...@].reverse()', (xs) => xs.toReversed()),
    change(3, 'keep the multiples of #', '@.filter((x) => x % # === 0)', (xs, c) => xs.filter((x) => x % c === 0), factors),
    change(1, 'keep the odd numbers', '@.filter((x) => x % 2 !== 0)', (xs) => xs.filter((x) => x % 2 !== 0)),
    change(3, 'square each', '@.map((x) => x * x)', (xs) => xs.map((x) => x * x)),
    change(2, 'multiply each by #', '@.map((x) => x * #)', (xs, c) => xs.map((x) => x * c), factors),
    change(1, 'leave out the last one', '@.slice(0, -1)', (xs) => xs.slice(0, -1)),
  ].flat();
}

/** Numbers unfolded into lists: ranges, divisors, digits, running totals. */
export const sequences = defineProgramFamily({
  name: 'programs/sequences',
  description: 'From one number to a list: ranges, divisors, multiples, running totals.',
  ground: (_random, withParameter) => {
    const withK = (n: number, k: number): Arguments => (withParameter ? [n, k] : [n]);
    return {
      parameters: withParameter ? [N, K] : [N],
      blocks: [...unfoldBlocks(withParameter), ...seriesBlocks(withParameter), ...foldBlocks()],
      isTypical: (pipeline) => pipeline.some(({ to }) => to === 'number[]'),
      drawInput: (random: Random) => withK(random.int(1, random.pick([9, 24, 60])), random.int(2, 6)),
      edges: [0, 1, 2, 10].map((n) => withK(n, 2)),
    };
  },
});
