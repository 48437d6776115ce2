import { blocksBetween, operands } from '../block.ts';
import { definePlainFamily } from '../define-plain-family.ts';
import { arithmeticBlocks } from '../number-blocks.ts';

const digitsOf = (n: number): number[] | undefined => (n < 0 ? undefined : [...String(n)].map(Number));

/** What the decimal digits of a number make of it. */
export const digits = definePlainFamily({
  name: 'programs/digits',
  description:
    'The decimal digits of a number: their sum and product, the first and the last, reversed, counted.',
  parameter: { name: 'n', type: 'number' },
  own: (withParameter) => {
    const change = blocksBetween('number', 'number');
    const some = operands(1, 7, withParameter);
    // prettier-ignore
    return [
      change(4, 'add up its digits', '[...String(@)].reduce((a, d) => a + Number(d), 0)', (n) => digitsOf(n)?.reduce((a, d) => a + d, 0)),
      change(3, 'multiply its digits together', '[...String(@)].reduce((a, d) => a * Number(d), 1)', (n) => digitsOf(n)?.reduce((a, d) => a * d, 1)),
      change(3, 'write its digits backwards', '[...String(@)].reduceRight((a, d) => a * 10 + Number(d), 0)', (n) => (n < 0 ? undefined : Number([...String(n)].toReversed().join('')))),
      change(2, 'take its first digit', 'Math.floor(@ / 10 ** (String(@).length - 1))', (n) => digitsOf(n)?.[0]),
      change(2, 'take its largest digit', 'Math.max(...String(@))', (n) => (n < 0 ? undefined : Math.max(...(digitsOf(n) ?? [])))),
      change(2, 'take its smallest digit', 'Math.min(...String(@))', (n) => (n < 0 ? undefined : Math.min(...(digitsOf(n) ?? [])))),
      change(2, 'count its digits', 'String(@).length', (n) => (n < 0 ? undefined : String(n).length)),
      change(3, 'count how often the digit # is in it', '(String(@).split(String(#)).length - 1)', (n, c) => (n < 0 ? undefined : String(n).split(String(c)).length - 1), some),
      change(2, 'sort its digits, smallest first', '[...String(@)].sort().reduce((a, d) => a * 10 + Number(d), 0)', (n) => (n < 0 ? undefined : Number([...String(n)].toSorted().join('')))),
      change(2, 'write it twice, one after the other', '(@ * (10 ** String(@).length + 1))', (n) => (n < 0 || n > 9_999_999 ? undefined : Number(String(n).repeat(2)))),
    ].flat();
  },
  others: (withParameter) =>
    arithmeticBlocks(withParameter).filter(({ phrase }) => /^(add|multiply|square)/.test(phrase)),
  draw: (random) => random.int(0, random.pick([99, 9_999, 99_999])),
  edges: [0, 7, 10, 11, 100, 909, 12_321],
  second: [1, 7],
});
