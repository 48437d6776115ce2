import { blocksBetween, operands } from '../block.ts';
import { definePlainFamily } from '../define-plain-family.ts';
import { drawNumbers } from '../drawing.ts';
import { foldBlocks, numberListBlocks } from '../number-blocks.ts';

const at = (n: number): number | undefined => (n < 0 ? undefined : n);

/** Where members stand, in the list and in the order of size. */
export const ranks = definePlainFamily({
  name: 'programs/ranks',
  description: 'Where the members of a list stand: places, ranks, the members at a place.',
  parameter: { name: 'xs', type: 'number[]' },
  own: (withParameter) => {
    const change = blocksBetween('number[]', 'number[]');
    const find = blocksBetween('number[]', 'number');
    const some = operands(1, 4, withParameter);
    // prettier-ignore
    return [
      change(4, 'give for each how many are smaller', '@.map((x, _, all) => all.filter((y) => y < x).length)', (xs) => xs.map((x) => xs.filter((y) => y < x).length)),
      change(3, 'give for each how many before it are smaller', '@.map((x, i, all) => all.slice(0, i).filter((y) => y < x).length)', (xs) => xs.map((x, i) => xs.slice(0, i).filter((y) => y < x).length)),
      change(3, 'list the places, counted from 0, of those greater than #', '@.flatMap((x, i) => (x > # ? [i] : []))', (xs, c) => xs.flatMap((x, i) => (x > c ? [i] : [])), some),
      change(3, 'list their places, counted from 0, smallest number first', '@.map((_, i) => i).sort((i, j) => @[i] - @[j])', (xs) => xs.map((_, i) => i).sort((i, j) => (xs[i] ?? 0) - (xs[j] ?? 0))),
      find(3, 'give the place of the largest, counted from 0', '@.indexOf(Math.max(...@))', (xs) => (xs.length > 0 ? xs.indexOf(Math.max(...xs)) : undefined)),
      find(3, 'give the place of the last smallest, counted from 0', '@.lastIndexOf(Math.min(...@))', (xs) => (xs.length > 0 ? xs.lastIndexOf(Math.min(...xs)) : undefined)),
      find(3, 'give the place of the first one greater than #, counted from 0', '@.findIndex((x) => x > #)', (xs, c) => at(xs.findIndex((x) => x > c)), some),
      find(3, 'give the #th largest', '[...@].sort((a, b) => b - a)[# - 1]', (xs, c) => xs.toSorted((a, b) => b - a)[c - 1], operands(2, 3, false)),
    ].flat();
  },
  others: () => [
    ...numberListBlocks(false).filter(({ phrase }) => !/negate|absolute|last/.test(phrase)),
    ...foldBlocks().filter(({ phrase }) => !phrase.startsWith('multiply')),
  ],
  draw: (random) => drawNumbers(random, [4, 7], [-4, 9]),
  edges: [[2], [1, 5], [5, 1], [3, 3, 1], [0, 2, 4, 4, 1], [4, 3, 2, 1]],
  second: [1, 4],
});
