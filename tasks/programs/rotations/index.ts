import { blocksBetween, operands } from '../block.ts';
import { definePlainFamily } from '../define-plain-family.ts';
import { foldBlocks, numberListBlocks } from '../number-blocks.ts';

const half = (xs: readonly number[]): number => Math.ceil(xs.length / 2);

/** Lists brought into another order by place. */
export const rotations = definePlainFamily({
  name: 'programs/rotations',
  description: 'Lists in another order by place: turned, folded, halves exchanged, from both ends.',
  parameter: { name: 'xs', type: 'number[]' },
  own: (withParameter) => {
    const change = blocksBetween('number[]', 'number[]');
    const counts = operands(2, 3, withParameter);
    // prettier-ignore
    return [
      change(4, 'move the first # to the end', '[...@.slice(#), ...@.slice(0, #)]', (xs, c) => [...xs.slice(c), ...xs.slice(0, c)], counts),
      change(3, 'move the last one to the front', '[...@.slice(-1), ...@.slice(0, -1)]', (xs) => [...xs.slice(-1), ...xs.slice(0, -1)]),
      change(3, 'exchange the first and the last half, the one in the middle being of the first', '((h) => [...@.slice(h), ...@.slice(0, h)])(Math.ceil(@.length / 2))', (xs) => [...xs.slice(half(xs)), ...xs.slice(0, half(xs))]),
      change(3, 'reverse the first #', '[...@.slice(0, #).reverse(), ...@.slice(#)]', (xs, c) => [...xs.slice(0, c).toReversed(), ...xs.slice(c)], counts),
      change(3, 'put those at even places, counted from 0, before those at odd ones', '[...@.filter((_, i) => i % 2 === 0), ...@.filter((_, i) => i % 2 === 1)]', (xs) => [...xs.filter((_, i) => i % 2 === 0), ...xs.filter((_, i) => i % 2 === 1)]),
      change(3, 'add to each the one at the same place from the end', '@.map((x, i, all) => x + all[all.length - 1 - i])', (xs) => xs.map((x, i) => x + (xs.at(-1 - i) ?? 0))),
      change(3, 'keep every #th, from the first on', '@.filter((_, i) => i % # === 0)', (xs, c) => xs.filter((_, i) => i % c === 0), counts),
      change(2, 'leave out the first and the last', '@.slice(1, -1)', (xs) => xs.slice(1, -1)),
    ].flat();
  },
  others: () => [
    ...numberListBlocks(false).filter(({ phrase }) => /multiply|add|square|odd|even|greater/.test(phrase)),
    ...foldBlocks().filter(({ phrase }) => /first|last|add/.test(phrase)),
  ],
  draw: (random) => Array.from({ length: random.int(4, 8) }, () => random.int(0, 19)),
  edges: [[1], [2, 7], [3, 8, 5], [9, 1, 4, 6], [5, 4, 3, 2, 1]],
  second: [2, 4],
});
