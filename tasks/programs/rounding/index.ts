import { blocksBetween, operands } from '../block.ts';
import { definePlainFamily } from '../define-plain-family.ts';
import { arithmeticBlocks } from '../number-blocks.ts';

/** Numbers brought to steps of a scale. */
export const rounding = definePlainFamily({
  name: 'programs/rounding',
  description: 'Numbers brought to the steps of a scale: down, up, to the nearest, by how much.',
  parameter: { name: 'n', type: 'number' },
  own: (withParameter) => {
    const change = blocksBetween('number', 'number');
    const steps = operands(4, 9, withParameter);
    // prettier-ignore
    return [
      change(4, 'round it down to a multiple of #', '(Math.floor(@ / #) * #)', (n, c) => Math.floor(n / c) * c, steps),
      change(4, 'round it up to a multiple of #', '(Math.ceil(@ / #) * #)', (n, c) => Math.ceil(n / c) * c, steps),
      change(3, 'round it to the nearest multiple of #, halves up', '(Math.floor(@ / # + 0.5) * #)', (n, c) => Math.floor(n / c + 0.5) * c, steps),
      change(2, 'round it towards zero to a multiple of #', '(Math.trunc(@ / #) * #)', (n, c) => Math.trunc(n / c) * c, steps),
      change(3, 'tell how far it is above the multiple of # below it', '(@ - Math.floor(@ / #) * #)', (n, c) => n - Math.floor(n / c) * c, steps),
      change(3, 'tell how far it is to the next multiple of #, 0 if it is one', '(Math.ceil(@ / #) * # - @)', (n, c) => Math.ceil(n / c) * c - n, steps),
      change(2, 'count the whole steps of # in it, rounded down', 'Math.floor(@ / #)', (n, c) => Math.floor(n / c), steps),
      change(2, 'round it to the nearest ten, halves up', '(Math.floor((@ + 5) / 10) * 10)', (n) => Math.floor((n + 5) / 10) * 10),
    ].flat();
  },
  others: () =>
    arithmeticBlocks(false).filter(({ phrase }) => /^(add|subtract|multiply|negate)/.test(phrase)),
  draw: (random) => random.int(-60, random.pick([60, 400])),
  edges: [-20, -9, -7, -1, 0, 1, 5, 15, 25, 36, 72],
  second: [4, 9],
});
