import type { Random } from 'lamarck';
import { blocksBetween, K, operands, type Arguments, type Block } from '../block.ts';
import { defineProgramFamily } from '../define-program-family.ts';
import { arithmeticBlocks, foldBlocks } from '../number-blocks.ts';

/** What is asked of a number beyond arithmetic: its digits, and yes-or-no questions. */
function questionBlocks(withParameter: boolean): Block[] {
  const digits = blocksBetween('number', 'number[]');
  const change = blocksBetween('number[]', 'number[]');
  const ask = blocksBetween('number', 'boolean');
  // prettier-ignore
  return [
    digits(6, 'split it into its digits', '[...String(@)].map(Number)', (n) => (n < 0 ? undefined : [...String(n)].map(Number))),
    change(0.7, 'drop repeated ones', '[...new Set(@)]', (xs) => [...new Set(xs)]),
    change(0.7, 'keep the even ones', '@.filter((x) => x % 2 === 0)', (xs) => xs.filter((x) => x % 2 === 0)),
    ask(2, 'tell whether it is even', '(@ % 2 === 0)', (n) => n % 2 === 0),
    ask(1.5, 'tell whether it is greater than #', '(@ > #)', (n, c) => n > c, operands(1, 10, withParameter)),
  ].flat();
}

/** Below zero, small, and with several digits. */
const RANGES = [
  [-30, -1],
  [0, 24],
  [10, 999],
  [10, 999],
] as const;

/** Arithmetic on one whole number, and its digits. */
export const numbers = defineProgramFamily({
  name: 'programs/numbers',
  description: 'Arithmetic on one number: remainders, bounds, digits.',
  ground: (_random, withParameter) => {
    const withK = (n: number, k: number): Arguments => (withParameter ? [n, k] : [n]);
    const drawNumber = (random: Random): number => {
      const [low, high] = random.pick(RANGES);
      return random.int(low, high);
    };
    return {
      parameters: withParameter ? [{ name: 'n', type: 'number' }, K] : [{ name: 'n', type: 'number' }],
      blocks: [...arithmeticBlocks(withParameter), ...questionBlocks(withParameter), ...foldBlocks()],
      drawInput: (random) => withK(drawNumber(random), random.int(1, 9)),
      edges: [0, 1, -1, 100, 1010].map((n) => withK(n, 3)),
    };
  },
});
