import { blocksBetween, operands } from '../block.ts';
import { definePlainFamily } from '../define-plain-family.ts';
import { arithmeticBlocks } from '../number-blocks.ts';

const divisorsOf = (n: number): number[] | undefined =>
  n < 1 || n > 400 ? undefined : Array.from({ length: n }, (_, i) => i + 1).filter((d) => n % d === 0);
const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b));
const DIVISORS = '((n) => Array.from({ length: n }, (_, i) => i + 1).filter((d) => n % d === 0))(@)';

/** What divides a number. */
export const divisibility = definePlainFamily({
  name: 'programs/divisibility',
  description: 'What divides a number: divisors, common ones, multiples, primes.',
  parameter: { name: 'n', type: 'number' },
  own: (withParameter) => {
    const change = blocksBetween('number', 'number');
    const ask = blocksBetween('number', 'boolean');
    const some = operands(4, 12, withParameter);
    // prettier-ignore
    return [
      change(3, 'count its divisors', `${DIVISORS}.length`, (n) => divisorsOf(n)?.length),
      change(3, 'add up its divisors', `${DIVISORS}.reduce((a, b) => a + b, 0)`, (n) => divisorsOf(n)?.reduce((a, b) => a + b, 0)),
      change(3, 'take its largest divisor below itself', `${DIVISORS}.at(-2)`, (n) => divisorsOf(n)?.at(-2)),
      change(2, 'take its smallest divisor above 1', `${DIVISORS}[1]`, (n) => divisorsOf(n)?.[1]),
      change(4, 'take the largest number that divides both it and #', '((a, b) => { while (b) [a, b] = [b, a % b]; return a; })(@, #)', (n, c) => (n < 1 ? undefined : gcd(n, c)), some),
      change(3, 'take the smallest multiple that it shares with #', '((n, c) => { let m = n; while (m % c !== 0) m += n; return m; })(@, #)', (n, c) => (n < 1 ? undefined : (n * c) / gcd(n, c)), some),
      change(2, 'take the next multiple of # above it', '(Math.floor(@ / #) * # + #)', (n, c) => Math.floor(n / c) * c + c, some),
      ask(3, 'tell whether it is prime', `(${DIVISORS}.length === 2)`, (n) => divisorsOf(n) && divisorsOf(n)?.length === 2),
      ask(2, 'tell whether it and # have no divisor but 1 in common', '(((a, b) => { while (b) [a, b] = [b, a % b]; return a; })(@, #) === 1)', (n, c) => (n < 1 ? undefined : gcd(n, c) === 1), some),
    ].flat();
  },
  others: (withParameter) =>
    arithmeticBlocks(withParameter).filter(({ phrase }) => /^(add|subtract|multiply)/.test(phrase)),
  draw: (random) => random.int(1, random.pick([30, 100])),
  edges: [1, 2, 4, 6, 12, 13, 25, 60],
  second: [4, 12],
});
