import type { Random } from 'lamarck';
import { blocksBetween, secondArgument, type Arguments, type Block } from '../block.ts';
import { defineProgramFamily } from '../define-program-family.ts';
import { foldBlocks, numberListBlocks } from '../number-blocks.ts';

const XS = { name: 'xs', type: 'number[]' } as const;
const YS = { name: 'ys', type: 'number[]' } as const;

/** The member of `ys` at the same place; no number past its end. */
const partner = (ys: readonly number[], place: number): number => ys[place] ?? Number.NaN;

/** What is done with two lists: member by member, and as sets. */
function pairBlocks(): Block[] {
  const change = blocksBetween('number[]', 'number[]');
  const ys = [secondArgument(YS)];
  // prettier-ignore
  return [
    change(5, 'add to each its partner in #', '@.map((x, i) => x + #[i])', (xs, other) => xs.map((x, i) => x + partner(other, i)), ys),
    change(4, 'subtract from each its partner in #', '@.map((x, i) => x - #[i])', (xs, other) => xs.map((x, i) => x - partner(other, i)), ys),
    change(5, 'multiply each by its partner in #', '@.map((x, i) => x * #[i])', (xs, other) => xs.map((x, i) => x * partner(other, i)), ys),
    change(2.5, 'take the larger of each and its partner in #', '@.map((x, i) => Math.max(x, #[i]))', (xs, other) => xs.map((x, i) => Math.max(x, partner(other, i))), ys),
    change(2.5, 'take the smaller of each and its partner in #', '@.map((x, i) => Math.min(x, #[i]))', (xs, other) => xs.map((x, i) => Math.min(x, partner(other, i))), ys),
    change(4, 'keep those that occur in #', '@.filter((x) => #.includes(x))', (xs, other) => xs.filter((x) => other.includes(x)), ys),
    change(4, 'leave out those that occur in #', '@.filter((x) => !#.includes(x))', (xs, other) => xs.filter((x) => !other.includes(x)), ys),
    change(2.5, 'keep those greater than their partner in #', '@.filter((x, i) => x > #[i])', (xs, other) => xs.filter((x, i) => x > partner(other, i)), ys),
    change(2.5, 'put # behind them', '[...@, ...#]', (xs, other) => [...xs, ...other], ys),
    change(2, 'put behind each its partner in #', '@.flatMap((x, i) => [x, #[i]])', (xs, other) => xs.flatMap((x, i) => [x, partner(other, i)]), ys),
  ].flat();
}

/** Pipelines over two lists of numbers of the same length. */
export const pairs = defineProgramFamily({
  name: 'programs/pairs',
  description: 'Pipelines over two lists of numbers: member by member, members in common, differences.',
  ground: () => ({
    parameters: [XS, YS],
    blocks: [...pairBlocks(), ...numberListBlocks(false), ...foldBlocks()],
    drawInput: (random: Random): Arguments => {
      const length = random.int(3, 7);
      const drawList = (): number[] => Array.from({ length }, () => random.int(-3, 9));
      return [drawList(), drawList()];
    },
    edges: [
      [[], []],
      [[4], [4]],
      [[2], [-5]],
      [
        [1, 2, 3],
        [3, 2, 1],
      ],
    ],
  }),
});
