import { blocksBetween, operands } from '../block.ts';
import { definePlainFamily } from '../define-plain-family.ts';
import { drawNumbers } from '../drawing.ts';
import { foldBlocks, numberListBlocks } from '../number-blocks.ts';

const sum = (xs: readonly number[]): number => xs.reduce((a, b) => a + b, 0);
/** Every run of so many members that stand side by side. */
const windowsOf = (xs: readonly number[], size: number): number[][] =>
  xs.slice(size - 1).map((_, i) => xs.slice(i, i + size));
/** Runs of so many, one after the other; the last may be shorter. */
const chunksOf = (xs: readonly number[], size: number): number[][] =>
  xs.flatMap((_, i) => (i % size === 0 ? [xs.slice(i, i + size)] : []));
const WINDOWS = '@.slice(# - 1).map((_, i) => @.slice(i, i + #))';
const CHUNKS = '@.flatMap((_, i) => (i % # === 0 ? [@.slice(i, i + #)] : []))';

/** Members that stand side by side, taken together. */
export const windows = definePlainFamily({
  name: 'programs/windows',
  description: 'Members of a list that stand side by side: moving sums and extremes, groups of a size.',
  parameter: { name: 'xs', type: 'number[]' },
  own: (withParameter) => {
    const change = blocksBetween('number[]', 'number[]');
    const sizes = operands(2, 3, withParameter);
    // prettier-ignore
    return [
      change(4, 'add up every # that stand side by side', `${WINDOWS}.map((w) => w.reduce((a, b) => a + b, 0))`, (xs, c) => windowsOf(xs, c).map(sum), sizes),
      change(3, 'take the largest of every # that stand side by side', `${WINDOWS}.map((w) => Math.max(...w))`, (xs, c) => windowsOf(xs, c).map((w) => Math.max(...w)), sizes),
      change(3, 'take the smallest of every # that stand side by side', `${WINDOWS}.map((w) => Math.min(...w))`, (xs, c) => windowsOf(xs, c).map((w) => Math.min(...w)), sizes),
      change(4, 'add them up in groups of #, the last of which may be smaller', `${CHUNKS}.map((w) => w.reduce((a, b) => a + b, 0))`, (xs, c) => chunksOf(xs, c).map(sum), sizes),
      change(3, 'take the largest of every group of #, the last of which may be smaller', `${CHUNKS}.map((w) => Math.max(...w))`, (xs, c) => chunksOf(xs, c).map((w) => Math.max(...w)), sizes),
      change(3, 'reverse every group of #, the last of which may be smaller', `${CHUNKS}.flatMap((w) => w.reverse())`, (xs, c) => chunksOf(xs, c).flatMap((w) => w.toReversed()), sizes),
    ].flat();
  },
  others: () => [
    ...numberListBlocks(false).filter(({ phrase }) => !/first|last|absolute/.test(phrase)),
    ...foldBlocks().filter(({ phrase }) => !phrase.startsWith('multiply')),
  ],
  draw: (random) => drawNumbers(random, [4, 8], [-4, 9]),
  edges: [[1], [5, 2], [3, 1, 2], [4, -1, 0, 7], [0, 9, 9, 1, -2]],
  second: [2, 4],
});
