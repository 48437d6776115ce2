import { blocksBetween, operands } from '../block.ts';
import { definePlainFamily } from '../define-plain-family.ts';
import { plainTextBlocks } from '../text-blocks.ts';
import { drawWords } from '../word-list.ts';

const centred = (s: string, width: number): string =>
  s.padStart(s.length + Math.floor(Math.max(width - s.length, 0) / 2), '.').padEnd(width, '.');

/** Texts in a column of a width. */
export const alignment = definePlainFamily({
  name: 'programs/alignment',
  description: 'Texts in a column: to the left, to the right, centred, cut short, framed.',
  parameter: { name: 'text', type: 'string' },
  own: (withParameter) => {
    const change = blocksBetween('string', 'string');
    const widths = operands(7, 10, withParameter);
    // prettier-ignore
    return [
      change(4, 'put dots before it until it has # characters', "@.padStart(#, '.')", (s, c) => s.padStart(c, '.'), widths),
      change(4, 'put dots behind it until it has # characters', "@.padEnd(#, '.')", (s, c) => s.padEnd(c, '.'), widths),
      change(3, 'put dots on both sides until it has # characters, the odd one behind', "((s) => s.padStart(s.length + Math.floor(Math.max(# - s.length, 0) / 2), '.').padEnd(#, '.'))(@)", centred, widths),
      change(4, 'cut it to # characters, the last of which is then a "~"', "((s) => (s.length > # ? s.slice(0, # - 1) + '~' : s))(@)", (s, c) => (s.length > c ? `${s.slice(0, c - 1)}~` : s), widths),
      change(3, 'take its last # characters', '@.slice(-#)', (s, c) => s.slice(-c), operands(2, 5, false)),
      change(3, 'put a bar before it and behind it', "('|' + @ + '|')", (s) => `|${s}|`),
      change(2, 'write it after as many dashes as it has characters', "('-'.repeat(@.length) + @)", (s) => '-'.repeat(s.length) + s),
      change(2, 'write dots for its spaces', "@.replaceAll(' ', '.')", (s) => s.replaceAll(' ', '.')),
    ].flat();
  },
  others: () => plainTextBlocks(false),
  draw: (random) => drawWords(random, 1, 3),
  edges: ['', 'a', 'noon', 'silver', 'amber cup', 'a b c d e', 'ten chars.'],
  second: [6, 11],
});
