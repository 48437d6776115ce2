import type { Random } from 'lamarck';
import { K, type Arguments } from '../block.ts';
import { defineProgramFamily } from '../define-program-family.ts';
import { foldBlocks, numberListBlocks } from '../number-blocks.ts';

/** Pipelines over a list of whole numbers: keep, change, order, cut, add up. */
export const lists = defineProgramFamily({
  name: 'programs/lists',
  description: 'Pipelines over a list of numbers: keep, change, order, cut, add up.',
  ground: (_random, withParameter) => {
    const withK = (xs: readonly number[], k: number): Arguments => (withParameter ? [xs, k] : [xs]);
    const drawList = (random: Random): number[] => {
      const xs = Array.from({ length: random.int(3, 8) }, () => random.int(-5, 12));
      // A number that occurs twice tells dropping repeats from keeping them.
      return random.chance() ? [...xs, random.pick(xs)] : xs;
    };
    return {
      parameters: withParameter ? [{ name: 'xs', type: 'number[]' }, K] : [{ name: 'xs', type: 'number[]' }],
      blocks: [...numberListBlocks(withParameter), ...foldBlocks()],
      drawInput: (random) => withK(drawList(random), random.int(0, 6)),
      edges: [[], [0], [7], [-3, -3, 4, 4]].map((xs) => withK(xs, 2)),
    };
  },
});
