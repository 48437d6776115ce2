import { blocksBetween, operands } from '../block.ts';
import { definePlainFamily } from '../define-plain-family.ts';
import { arithmeticBlocks } from '../number-blocks.ts';

const isShort = (n: number): boolean => n >= 0 && n < 2 ** 24;

/** The bits of a number. */
export const bits = definePlainFamily({
  name: 'programs/bits',
  description: 'The bits of a number: set, cleared, shifted, counted.',
  parameter: { name: 'n', type: 'number' },
  own: (withParameter) => {
    const change = blocksBetween('number', 'number');
    const masks = operands(5, 14, withParameter);
    const places = operands(1, 4, false);
    // prettier-ignore
    return [
      change(4, 'keep only the bits that are also in #', '(@ & #)', (n, c) => (isShort(n) ? n & c : undefined), masks),
      change(4, 'set the bits that are in #', '(@ | #)', (n, c) => (isShort(n) ? n | c : undefined), masks),
      change(4, 'turn over the bits that are in #', '(@ ^ #)', (n, c) => (isShort(n) ? n ^ c : undefined), masks),
      change(3, 'shift its bits # places to the left', '(@ << #)', (n, c) => (isShort(n) ? n << c : undefined), places),
      change(3, 'shift its bits # places to the right', '(@ >> #)', (n, c) => (isShort(n) ? n >> c : undefined), places),
      change(3, 'count the bits that are set', "(@.toString(2).split('1').length - 1)", (n) => (isShort(n) ? n.toString(2).split('1').length - 1 : undefined)),
      change(2, 'count its bits, from the highest that is set', '@.toString(2).length', (n) => (isShort(n) && n > 0 ? n.toString(2).length : undefined)),
      change(2, 'keep only its lowest bit that is set', '(@ & -@)', (n) => (isShort(n) ? n & -n : undefined)),
      change(2, 'clear its lowest bit that is set', '(@ & (@ - 1))', (n) => (isShort(n) && n > 0 ? n & (n - 1) : undefined)),
    ].flat();
  },
  others: () => arithmeticBlocks(false).filter(({ phrase }) => /^(add|multiply)/.test(phrase)),
  draw: (random) => random.int(0, random.pick([31, 255, 1023])),
  edges: [1, 2, 3, 4, 5, 7, 8, 12, 15, 16, 21, 42, 255, 256],
  second: [5, 14],
});
