import type { Random } from 'lamarck';
import { blocksBetween, secondArgument, type Arguments, type Block } from '../block.ts';
import { defineProgramFamily } from '../define-program-family.ts';
import { foldBlocks, numberListBlocks } from '../number-blocks.ts';

const XS = { name: 'xs', type: 'number[]' } as const;
const YS = { name: 'ys', type: 'number[]' } as const;
const gapTo = (ys: readonly number[], x: number): number => Math.min(...ys.map((y) => Math.abs(y - x)));

/** What is done with two lists as collections, whatever their order and length. */
function unionBlocks(): Block[] {
  const change = blocksBetween('number[]', 'number[]');
  const find = blocksBetween('number[]', 'number');
  const ask = blocksBetween('number[]', 'boolean');
  const ys = [secondArgument(YS)];
  // prettier-ignore
  return [
    change(4, 'join them with #, each number once', '[...new Set([...@, ...#])]', (xs, other) => [...new Set([...xs, ...other])], ys),
    change(4, 'list what is either in them or in #, but not in both', '[...@.filter((x) => !#.includes(x)), ...#.filter((y) => !@.includes(y))]', (xs, other) => [...xs.filter((x) => !other.includes(x)), ...other.filter((y) => !xs.includes(y))], ys),
    change(3, 'list what of # they do not have', '#.filter((y) => !@.includes(y))', (xs, other) => other.filter((y) => !xs.includes(y)), ys),
    change(3, 'give for each how often it is in #', '@.map((x) => #.filter((y) => y === x).length)', (xs, other) => xs.map((x) => other.filter((y) => y === x).length), ys),
    change(3, 'give for each how many of # are smaller', '@.map((x) => #.filter((y) => y < x).length)', (xs, other) => xs.map((x) => other.filter((y) => y < x).length), ys),
    change(2, 'give for each the distance to the nearest in #', '@.map((x) => Math.min(...#.map((y) => Math.abs(y - x))))', (xs, other) => (other.length > 0 ? xs.map((x) => gapTo(other, x)) : undefined), ys),
    change(2, 'add every one of # to every one of them', '@.flatMap((x) => #.map((y) => x + y))', (xs, other) => xs.flatMap((x) => other.map((y) => x + y)), ys),
    find(3, 'count the different numbers in them and #', 'new Set([...@, ...#]).size', (xs, other) => new Set([...xs, ...other]).size, ys),
    ask(2, 'tell whether all of them are in #', '@.every((x) => #.includes(x))', (xs, other) => xs.every((x) => other.includes(x)), ys),
    ask(2, 'tell whether any of them is in #', '@.some((x) => #.includes(x))', (xs, other) => xs.some((x) => other.includes(x)), ys),
  ].flat();
}

/** Two lists of numbers as collections. */
export const unions = defineProgramFamily({
  name: 'programs/unions',
  description:
    'Two lists of numbers as collections: what is in one, the other, either, both; counts and nearness.',
  ground: () => ({
    parameters: [XS, YS],
    blocks: [
      ...unionBlocks(),
      ...numberListBlocks(false),
      ...foldBlocks().filter(({ phrase }) => !phrase.startsWith('multiply')),
    ],
    drawInput: (random: Random): Arguments => {
      const drawList = (): number[] => Array.from({ length: random.int(3, 6) }, () => random.int(-1, 7));
      return [drawList(), drawList()];
    },
    edges: [
      [[2], [2]],
      [[2], [5]],
      [
        [1, 2, 2],
        [3, 2],
      ],
      [
        [0, 4],
        [4, 4, 0],
      ],
    ],
  }),
});
