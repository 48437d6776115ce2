import { blocksBetween, operands } from '../block.ts';
import { definePlainFamily } from '../define-plain-family.ts';
import { arithmeticBlocks } from '../number-blocks.ts';
import { plainTextBlocks } from '../text-blocks.ts';

const ordinal = (n: number): string =>
  `${n}${Math.floor(n / 10) % 10 === 1 ? 'th' : (['th', 'st', 'nd', 'rd'][n % 10] ?? 'th')}`;
const isCount = (n: number): boolean => n >= 0;

/** Numbers as they stand in sentences. */
export const wording = definePlainFamily({
  name: 'programs/wording',
  description: 'Numbers as they stand in sentences: ordinals, plurals, signs, marks.',
  parameter: { name: 'n', type: 'number' },
  own: () => {
    const write = blocksBetween('number', 'string');
    const change = blocksBetween('string', 'string');
    // prettier-ignore
    return [
      write(4, 'write it as an ordinal, as 1st, 2nd, 3rd, 4th, 11th', "((n) => n + (Math.floor(n / 10) % 10 === 1 ? 'th' : ['th', 'st', 'nd', 'rd'][n % 10] ?? 'th'))(@)", (n) => (isCount(n) ? ordinal(n) : undefined)),
      write(4, 'write it with "apple" behind, or with "apples" where it is not 1', "((n) => n + (n === 1 ? ' apple' : ' apples'))(@)", (n) => `${n} ${n === 1 ? 'apple' : 'apples'}`),
      write(3, 'write "none" if it is 0, "one" if it is 1, else "many"', "((n) => (n === 0 ? 'none' : n === 1 ? 'one' : 'many'))(@)", (n) => (n === 0 ? 'none' : n === 1 ? 'one' : 'many')),
      write(3, 'write as many stars', "'*'.repeat(@)", (n) => (n >= 0 && n <= 200 ? '*'.repeat(n) : undefined)),
      write(3, 'write it with a comma before its last three digits, where it has more than three', "((s) => (s.length > 3 ? s.slice(0, -3) + ',' + s.slice(-3) : s))(String(@))", (n) => (n < 0 || n > 999_999 ? undefined : n > 999 ? `${String(n).slice(0, -3)},${String(n).slice(-3)}` : String(n))),
      change(2, 'put "about " before it', "('about ' + @)", (s) => `about ${s}`),
      change(2, 'put "no. " before it', "('no. ' + @)", (s) => `no. ${s}`),
      change(2, 'put it between stars', "('*' + @ + '*')", (s) => `*${s}*`),
      change(1.5, 'put " or so" behind it', "(@ + ' or so')", (s) => `${s} or so`),
      change(2, 'put it in brackets', "('(' + @ + ')')", (s) => `(${s})`),
      change(2, 'put a full stop behind it', "(@ + '.')", (s) => `${s}.`),
    ].flat();
  },
  others: (withParameter) => [
    ...arithmeticBlocks(withParameter).filter(({ phrase }) => /^(add|square)/.test(phrase)),
    ...plainTextBlocks(withParameter).filter(({ phrase }) => /upper|reverse/.test(phrase)),
    ...blocksBetween('string', 'string')(
      1,
      'repeat it # times',
      '@.repeat(#)',
      (s, c) => s.repeat(c),
      operands(2, 3, withParameter),
    ),
  ],
  draw: (random) => random.int(0, random.pick([4, 14, 30, 140, 4000])),
  edges: [0, 1, 2, 3, 4, 11, 12, 13, 14, 21, 22, 23, 101, 111, 999, 1000, 1005],
});
