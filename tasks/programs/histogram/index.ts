import { blocksBetween, operands } from '../block.ts';
import { definePlainFamily } from '../define-plain-family.ts';
import { foldBlocks, numberListBlocks } from '../number-blocks.ts';

const times = (xs: readonly number[], x: number): number => xs.filter((y) => y === x).length;
const TIMES = '@.filter((y) => y === x).length';

/** How often members occur. */
export const histogram = definePlainFamily({
  name: 'programs/histogram',
  description: 'How often the members of a list occur: counts, the most frequent, those that occur once.',
  parameter: { name: 'xs', type: 'number[]' },
  own: (withParameter) => {
    const change = blocksBetween('number[]', 'number[]');
    const find = blocksBetween('number[]', 'number');
    // prettier-ignore
    return [
      change(4, 'give for each how often it occurs', `@.map((x) => ${TIMES})`, (xs) => xs.map((x) => times(xs, x))),
      change(4, 'keep those that occur just once', `@.filter((x) => ${TIMES} === 1)`, (xs) => xs.filter((x) => times(xs, x) === 1)),
      change(4, 'keep those that occur # times or more', `@.filter((x) => ${TIMES} >= #)`, (xs, c) => xs.filter((x) => times(xs, x) >= c), operands(2, 3, withParameter)),
      change(3, 'count each different number, in the order in which they first occur', `[...new Set(@)].map((x) => ${TIMES})`, (xs) => [...new Set(xs)].map((x) => times(xs, x))),
      change(3, 'sort by how often they occur, rarest first', `[...@].sort((a, b) => @.filter((y) => y === a).length - @.filter((y) => y === b).length)`, (xs) => xs.toSorted((a, b) => times(xs, a) - times(xs, b))),
      change(2, 'keep the first time that each occurs again', '@.filter((x, i, all) => all.slice(0, i).filter((y) => y === x).length === 1)', (xs) => xs.filter((x, i) => times(xs.slice(0, i), x) === 1)),
      find(3, 'count how often # occurs', '@.filter((x) => x === #).length', (xs, c) => times(xs, c), operands(1, 4, withParameter)),
      find(3, 'give the most frequent, the first of them where there are several', `@.reduce((a, x) => (${TIMES} > @.filter((y) => y === a).length ? x : a), @[0])`, (xs) => xs.reduce<number | undefined>((a, x) => (times(xs, x) > times(xs, a ?? x) ? x : a), xs[0])),
      find(3, 'count the different numbers', 'new Set(@).size', (xs) => new Set(xs).size),
    ].flat();
  },
  others: () => [
    ...numberListBlocks(false).filter(({ phrase }) =>
      /multiply|add|square|largest|smallest|reverse|odd|even/.test(phrase),
    ),
    ...foldBlocks().filter(({ phrase }) => /add|largest|first|last|count/.test(phrase)),
  ],
  draw: (random) => Array.from({ length: random.int(5, 10) }, () => random.int(0, 5)),
  edges: [[3], [1, 1], [1, 2], [2, 1, 1], [4, 4, 3, 3, 3], [5, 0, 5, 0, 2]],
  second: [1, 4],
});
