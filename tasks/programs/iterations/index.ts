import { blocksBetween, operands } from '../block.ts';
import { definePlainFamily } from '../define-plain-family.ts';
import { arithmeticBlocks, foldBlocks } from '../number-blocks.ts';

/** What is passed on the way, from the number itself on; undefined where the way is long, or begins below 1. */
function way(n: number, isOver: (n: number) => boolean, next: (n: number) => number): number[] | undefined {
  const passed = [n];
  if (n < 1) return undefined;
  for (let at = n; !isOver(at);) {
    at = next(at);
    passed.push(at);
    if (passed.length > 150) return undefined;
  }
  return passed;
}
const collatz = (n: number): number => (n % 2 === 0 ? n / 2 : 3 * n + 1);
const digitSum = (n: number): number => [...String(n)].reduce((a, d) => a + Number(d), 0);
const source = (until: string, next: string): string =>
  `((n) => { const way = [n]; while (${until}) { n = ${next}; way.push(n); } return way; })(@)`;

/** What comes of doing the same again and again. */
export const iterations = definePlainFamily({
  name: 'programs/iterations',
  description:
    'What a number goes through when the same is done again and again: halving, Collatz, digit sums.',
  parameter: { name: 'n', type: 'number' },
  own: (withParameter) => {
    const unfold = blocksBetween('number', 'number[]');
    const some = operands(2, 4, withParameter);
    // prettier-ignore
    return [
      unfold(4, 'list it and what comes of halving it, rounded down, until it is 1', source('n > 1', 'Math.floor(n / 2)'), (n) => way(n, (at) => at <= 1, (at) => Math.floor(at / 2))),
      unfold(4, 'list it and what comes of halving it if it is even, else of tripling it and adding 1, until it is 1', source('n > 1', 'n % 2 === 0 ? n / 2 : 3 * n + 1'), (n) => way(n, (at) => at <= 1, collatz)),
      unfold(3, 'list it and what comes of adding up its digits, until there is one digit', source('n > 9', '[...String(n)].reduce((a, d) => a + Number(d), 0)'), (n) => way(n, (at) => at <= 9, digitSum)),
      unfold(4, 'list it and what comes of subtracting #, as long as that is above 0', source('n > #', 'n - #'), (n, c) => way(n, (at) => at <= c, (at) => at - c), some),
      unfold(4, 'list it and what comes of multiplying by #, until it is above 100', source('n <= 100', 'n * #'), (n, c) => way(n, (at) => at > 100, (at) => at * c), some),
    ].flat();
  },
  others: (withParameter) => {
    const change = blocksBetween('number[]', 'number[]');
    // prettier-ignore
    return [
      ...foldBlocks().filter(({ phrase }) => !phrase.startsWith('multiply')),
      ...arithmeticBlocks(withParameter).filter(({ phrase }) => /^(add|multiply)/.test(phrase)),
      ...change(2, 'keep the odd numbers', '@.filter((x) => x % 2 !== 0)', (xs) => xs.filter((x) => x % 2 !== 0)),
      ...change(2, 'reverse the order', '[...@].reverse()', (xs) => xs.toReversed()),
      ...change(2, 'leave out the first one', '@.slice(1)', (xs) => xs.slice(1)),
      ...change(2, 'keep the numbers greater than 5', '@.filter((x) => x > 5)', (xs) => xs.filter((x) => x > 5)),
    ];
  },
  draw: (random) => random.int(1, random.pick([12, 40, 99])),
  edges: [1, 2, 3, 9, 10, 11, 50, 99, 100, 101],
  second: [2, 4],
});
