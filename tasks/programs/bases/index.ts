import { blocksBetween, operands } from '../block.ts';
import { definePlainFamily } from '../define-plain-family.ts';
import { arithmeticBlocks } from '../number-blocks.ts';
import { plainTextBlocks } from '../text-blocks.ts';

/** Numbers written in other bases, and read from them. */
export const bases = definePlainFamily({
  name: 'programs/bases',
  description: 'Numbers in other bases: written, padded, read again, their digits counted.',
  parameter: { name: 'n', type: 'number' },
  own: (withParameter) => {
    const write = blocksBetween('number', 'string');
    const read = blocksBetween('string', 'number');
    const change = blocksBetween('string', 'string');
    const isBase = (s: string, base: number): boolean =>
      s !== '' && Number.isInteger(Number.parseInt(s, base));
    // prettier-ignore
    return [
      write(6, 'write it in base #', '@.toString(#)', (n, c) => n.toString(c), operands(2, 9, withParameter)),
      write(2, 'write it in base 16', '@.toString(16)', (n) => n.toString(16)),
      read(3, 'count its ones', "(@.split('1').length - 1)", (s) => s.split('1').length - 1),
      read(2, 'count its zeros', "(@.split('0').length - 1)", (s) => s.split('0').length - 1),
      read(2, 'add up its decimal digits', "[...@].filter((d) => d >= '0' && d <= '9').reduce((a, d) => a + Number(d), 0)", (s) => [...s].filter((d) => d >= '0' && d <= '9').reduce((a, d) => a + Number(d), 0)),
      read(3, 'read it as a number in base 16', 'parseInt(@, 16)', (s) => (isBase(s, 16) ? Number.parseInt(s, 16) : undefined)),
      change(2, 'put zeros before it until it has 8 characters', "@.padStart(8, '0')", (s) => s.padStart(8, '0')),
      change(2, 'exchange its zeros and ones', "[...@].map((d) => (d === '0' ? '1' : d === '1' ? '0' : d)).join('')", (s) => [...s].map((d) => (d === '0' ? '1' : d === '1' ? '0' : d)).join('')),
    ].flat();
  },
  others: (withParameter) => [
    ...arithmeticBlocks(false).filter(({ phrase }) => /^(add|multiply)/.test(phrase)),
    ...plainTextBlocks(withParameter),
  ],
  draw: (random) => random.int(0, random.pick([20, 300, 5000])),
  edges: [0, 1, 2, 15, 16, 255, 1000],
  second: [2, 9],
});
