import { blocksBetween, operands } from '../block.ts';
import { definePlainFamily } from '../define-plain-family.ts';
import { foldBlocks, numberListBlocks } from '../number-blocks.ts';

const valueAt = (xs: readonly number[], x: number): number => xs.reduce((a, c, i) => a + c * x ** i, 0);

/** Lists as the coefficients of a polynomial: the constant first, then that of x, of x squared, and so on. */
export const polynomials = definePlainFamily({
  name: 'programs/polynomials',
  description: 'Lists as coefficients, the constant first: values, derivatives, products.',
  parameter: { name: 'xs', type: 'number[]' },
  own: (withParameter) => {
    const change = blocksBetween('number[]', 'number[]');
    const find = blocksBetween('number[]', 'number');
    // prettier-ignore
    return [
      find(5, 'give the value at # of the polynomial with these coefficients, the constant first', '@.reduce((a, c, i) => a + c * # ** i, 0)', valueAt, operands(2, 3, withParameter)),
      find(3, 'give its value at -1', '@.reduce((a, c, i) => a + c * (-1) ** i, 0)', (xs) => valueAt(xs, -1)),
      find(2, 'give its highest exponent with a coefficient other than 0', '@.findLastIndex((c) => c !== 0)', (xs) => (xs.some((c) => c !== 0) ? xs.findLastIndex((c) => c !== 0) : undefined)),
      change(4, 'take the derivative', '@.map((c, i) => c * i).slice(1)', (xs) => xs.map((c, i) => c * i).slice(1)),
      change(4, 'multiply it by x', '[0, ...@]', (xs) => [0, ...xs]),
      change(3, 'multiply it by x + 1', '[...@, 0].map((c, i) => c + (@[i - 1] ?? 0))', (xs) => [...xs, 0].map((c, i) => c + (xs[i - 1] ?? 0))),
      change(3, 'add # to its constant', '@.map((c, i) => (i === 0 ? c + # : c))', (xs, c) => xs.map((x, i) => (i === 0 ? x + c : x)), operands(2, 4, withParameter)),
      change(2, 'put -x in the place of x', '@.map((c, i) => (i % 2 === 1 ? -c : c))', (xs) => xs.map((c, i) => (i % 2 === 1 ? -c : c))),
    ].flat();
  },
  others: () => [
    ...numberListBlocks(false).filter(({ phrase }) => /multiply|reverse/.test(phrase)),
    ...foldBlocks().filter(({ phrase }) => /add|last|count/.test(phrase)),
  ],
  draw: (random) => Array.from({ length: random.int(3, 5) }, () => random.int(-4, 6)),
  edges: [[], [3], [0, 2], [1, 0, 5], [2, -1, 0, 4]],
  second: [2, 4],
});
