import { blocksBetween, operands } from '../block.ts';
import { definePlainFamily } from '../define-plain-family.ts';
import { drawNumbers } from '../drawing.ts';
import { foldBlocks, numberListBlocks } from '../number-blocks.ts';

const upTo = <Value>(xs: readonly Value[], isEnd: (value: Value) => boolean): readonly Value[] => {
  const end = xs.findIndex(isEnd);
  return end < 0 ? xs : xs.slice(0, end);
};

/** Lists and members that are kept within bounds. */
export const clipping = definePlainFamily({
  name: 'programs/clipping',
  description: 'Members kept within bounds, marked by them, or the list cut off where they are passed.',
  parameter: { name: 'xs', type: 'number[]' },
  own: (withParameter) => {
    const change = blocksBetween('number[]', 'number[]');
    const find = blocksBetween('number[]', 'number');
    const bounds = operands(3, 7, withParameter);
    // prettier-ignore
    return [
      change(4, 'lower those greater than # to it', '@.map((x) => Math.min(x, #))', (xs, c) => xs.map((x) => Math.min(x, c)), bounds),
      change(3, 'raise those less than 0 to it', '@.map((x) => (x < 0 ? 0 : x))', (xs) => xs.map((x) => (x < 0 ? 0 : x))),
      change(3, 'write 1 for those greater than # and 0 for the others', '@.map((x) => (x > # ? 1 : 0))', (xs, c) => xs.map((x) => (x > c ? 1 : 0)), bounds),
      change(3, 'write for each 1, 0 or -1 by its sign', '@.map((x) => Math.sign(x))', (xs) => xs.map(Math.sign)),
      change(4, 'take those before the first that is greater than #', '((all) => { const end = all.findIndex((x) => x > #); return end < 0 ? all : all.slice(0, end); })(@)', (xs, c) => upTo(xs, (x) => x > c), bounds),
      change(3, 'leave out those before the first that is greater than #', '((all) => all.slice(all.findIndex((x) => x > #)))(@.concat(99)).slice(0, -1)', (xs, c) => xs.slice(upTo(xs, (x) => x > c).length), bounds),
      change(3, 'lower each by 3, but none that is above 0 below it', '@.map((x) => (x > 0 ? Math.max(x - 3, 0) : x - 3))', (xs) => xs.map((x) => (x > 0 ? Math.max(x - 3, 0) : x - 3))),
      find(3, 'add up by how much they exceed #', '@.reduce((a, x) => a + Math.max(x - #, 0), 0)', (xs, c) => xs.reduce((a, x) => a + Math.max(x - c, 0), 0), bounds),
    ].flat();
  },
  others: () => [
    ...numberListBlocks(false).filter(({ phrase }) => /multiply|add|reverse|odd|even|first/.test(phrase)),
    ...foldBlocks().filter(({ phrase }) => /first|last|add|largest|count/.test(phrase)),
  ],
  draw: (random) => drawNumbers(random, [4, 8], [-6, 12]),
  edges: [[], [0], [1, 3, 4], [-1, 2, 5], [8, -3, 8], [3, 4, 5, 6, 7, 8], [-2, -1, 0, 1, 2, 3]],
  second: [3, 7],
});
