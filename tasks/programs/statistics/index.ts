import { blocksBetween } from '../block.ts';
import { definePlainFamily } from '../define-plain-family.ts';
import { drawNumbers } from '../drawing.ts';
import { foldBlocks, numberListBlocks } from '../number-blocks.ts';

const sum = (xs: readonly number[]): number => xs.reduce((a, b) => a + b, 0);
const middle = (xs: readonly number[]): number | undefined =>
  xs.toSorted((a, b) => a - b)[Math.floor(xs.length / 2)];
const SUM = '@.reduce((a, b) => a + b, 0)';

/** What is typical of a list, and what lies off. */
export const statistics = definePlainFamily({
  name: 'programs/statistics',
  description: 'What is typical of a list of numbers, and what lies off it: mean, median, range, deviations.',
  parameter: { name: 'xs', type: 'number[]' },
  own: () => {
    const change = blocksBetween('number[]', 'number[]');
    const find = blocksBetween('number[]', 'number');
    // prettier-ignore
    return [
      find(4, 'give their mean, rounded down', `Math.floor(${SUM} / @.length)`, (xs) => (xs.length > 0 ? Math.floor(sum(xs) / xs.length) : undefined)),
      find(4, 'give the middle one of them in order of size, the upper of two', '[...@].sort((a, b) => a - b)[Math.floor(@.length / 2)]', middle),
      find(3, 'give the largest less the smallest', '(Math.max(...@) - Math.min(...@))', (xs) => (xs.length > 0 ? Math.max(...xs) - Math.min(...xs) : undefined)),
      find(2, 'add up their squares', '@.reduce((a, x) => a + x * x, 0)', (xs) => sum(xs.map((x) => x * x))),
      find(2, 'add up how far each is from 5', '@.reduce((a, x) => a + Math.abs(x - 5), 0)', (xs) => sum(xs.map((x) => Math.abs(x - 5)))),
      change(4, 'keep those above the mean', `@.filter((x) => x * @.length > ${SUM})`, (xs) => xs.filter((x) => x * xs.length > sum(xs))),
      change(3, 'keep those below the mean', `@.filter((x) => x * @.length < ${SUM})`, (xs) => xs.filter((x) => x * xs.length < sum(xs))),
      change(3, 'subtract the smallest from each', '@.map((x) => x - Math.min(...@))', (xs) => xs.map((x) => x - Math.min(...xs))),
      change(3, 'give how far each is from the largest', '@.map((x) => Math.max(...@) - x)', (xs) => xs.map((x) => Math.max(...xs) - x)),
      change(2, 'leave out the largest and the smallest, in order of size', '[...@].sort((a, b) => a - b).slice(1, -1)', (xs) => xs.toSorted((a, b) => a - b).slice(1, -1)),
    ].flat();
  },
  others: (withParameter) => [
    ...numberListBlocks(withParameter).filter(({ phrase }) =>
      /greater|less|multiply|square|odd|even/.test(phrase),
    ),
    ...foldBlocks().filter(({ phrase }) => /add|count|largest|first/.test(phrase)),
  ],
  draw: (random) => drawNumbers(random, [3, 8], [-4, 14]),
  edges: [[4], [1, 2], [5, 5], [-3, 0, 3], [0, 1, 1, 6], [9, 2, 7, 4]],
  second: [1, 5],
});
