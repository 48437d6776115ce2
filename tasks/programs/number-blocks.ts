import { blocksBetween, operands, type Block } from './block.ts';

/** Undefined for the empty list, where JavaScript's own is infinite. */
export const largest = (xs: readonly number[]): number | undefined =>
  xs.length > 0 ? Math.max(...xs) : undefined;
export const smallest = (xs: readonly number[]): number | undefined =>
  xs.length > 0 ? Math.min(...xs) : undefined;

/** Lists of numbers to lists of numbers: keep, change each, order, cut. */
export function numberListBlocks(withParameter: boolean): Block[] {
  const thresholds = operands(0, 6, withParameter);
  const amounts = operands(1, 5, withParameter);
  const factors = operands(2, 5, withParameter);
  const lengths = operands(2, 4, withParameter);
  const change = blocksBetween('number[]', 'number[]');
  // prettier-ignore
  return [
    change(6, 'keep the numbers greater than #', '@.filter((x) => x > #)', (xs, c) => xs.filter((x) => x > c), thresholds),
    change(2, 'keep the numbers less than #', '@.filter((x) => x < #)', (xs, c) => xs.filter((x) => x < c), thresholds),
    change(4, 'keep the even numbers', '@.filter((x) => x % 2 === 0)', (xs) => xs.filter((x) => x % 2 === 0)),
    change(2, 'keep the odd numbers', '@.filter((x) => x % 2 !== 0)', (xs) => xs.filter((x) => x % 2 !== 0)),
    change(5, 'multiply each by #', '@.map((x) => x * #)', (xs, c) => xs.map((x) => x * c), factors),
    change(3, 'add # to each', '@.map((x) => x + #)', (xs, c) => xs.map((x) => x + c), amounts),
    change(1, 'subtract # from each', '@.map((x) => x - #)', (xs, c) => xs.map((x) => x - c), amounts),
    change(1.5, 'square each', '@.map((x) => x * x)', (xs) => xs.map((x) => x * x)),
    change(0.7, 'negate each', '@.map((x) => -x)', (xs) => xs.map((x) => -x)),
    change(0.7, 'take the absolute value of each', '@.map((x) => Math.abs(x))', (xs) => xs.map(Math.abs)),
    change(3, 'sort from smallest to largest', '[...@].sort((a, b) => a - b)', (xs) => xs.toSorted((a, b) => a - b)),
    change(2, 'sort from largest to smallest', '[...@].sort((a, b) => b - a)', (xs) => xs.toSorted((a, b) => b - a)),
    change(1.5, 'reverse the order', '[...@].reverse()', (xs) => xs.toReversed()),
    change(1.5, 'drop repeated numbers', '[...new Set(@)]', (xs) => [...new Set(xs)]),
    change(3, 'take the first #', '@.slice(0, #)', (xs, c) => xs.slice(0, c), lengths),
    change(1.5, 'leave out the first #', '@.slice(#)', (xs, c) => xs.slice(c), lengths),
    change(0.7, 'leave out the last one', '@.slice(0, -1)', (xs) => xs.slice(0, -1)),
  ].flat();
}

/** Lists of numbers to one number. */
export function foldBlocks(): Block[] {
  const fold = blocksBetween('number[]', 'number');
  // prettier-ignore
  return [
    fold(6, 'add them up', '@.reduce((a, b) => a + b, 0)', (xs) => xs.reduce((a, b) => a + b, 0)),
    fold(3, 'give the largest', 'Math.max(...@)', largest),
    fold(2, 'give the smallest', 'Math.min(...@)', smallest),
    fold(3, 'count them', '@.length', (xs) => xs.length),
    fold(1, 'give the first one', '@[0]', (xs) => xs[0]),
    fold(1, 'give the last one', '@.at(-1)', (xs) => xs.at(-1)),
    fold(0.4, 'multiply them together', '@.reduce((a, b) => a * b, 1)', (xs) => xs.reduce((a, b) => a * b, 1)),
  ].flat();
}

/** One number to one number. */
export function arithmeticBlocks(withParameter: boolean): Block[] {
  const amounts = operands(1, 5, withParameter);
  const factors = operands(2, 5, withParameter);
  const divisors = operands(2, 10, withParameter);
  const bounds = operands(1, 10, withParameter);
  const change = blocksBetween('number', 'number');
  // prettier-ignore
  return [
    change(4, 'add #', '(@ + #)', (n, c) => n + c, amounts),
    change(2, 'subtract #', '(@ - #)', (n, c) => n - c, amounts),
    change(4, 'multiply by #', '(@ * #)', (n, c) => n * c, factors),
    change(4, 'take the remainder of dividing by #', '(@ % #)', (n, c) => n % c, divisors),
    change(2, 'divide by # and round down', 'Math.floor(@ / #)', (n, c) => Math.floor(n / c), factors),
    change(1.5, 'raise it to # if it is less', 'Math.max(@, #)', (n, c) => Math.max(n, c), bounds),
    change(1.5, 'lower it to # if it is more', 'Math.min(@, #)', (n, c) => Math.min(n, c), bounds),
    change(2, 'take the absolute value', 'Math.abs(@)', (n) => Math.abs(n)),
    change(1.5, 'square it', '(@ ** 2)', (n) => n * n),
    change(0.8, 'negate it', '(-@)', (n) => -n),
  ].flat();
}
