import { blocksBetween, operands } from '../block.ts';
import { definePlainFamily } from '../define-plain-family.ts';
import { plainTextBlocks } from '../text-blocks.ts';
import { drawWords } from '../word-list.ts';

const swapCase = (s: string): string =>
  [...s]
    .map((letter) => (letter === letter.toUpperCase() ? letter.toLowerCase() : letter.toUpperCase()))
    .join('');

/** The letters of a text one by one. */
export const letters = definePlainFamily({
  name: 'programs/letters',
  description: 'The letters of a text: vowels, doubles, order, each once, exchanged in case.',
  parameter: { name: 'text', type: 'string' },
  own: (withParameter) => {
    const change = blocksBetween('string', 'string');
    const count = blocksBetween('string', 'number');
    // prettier-ignore
    return [
      change(4, 'leave out its vowels', "@.replace(/[aeiou]/gi, '')", (s) => s.replace(/[aeiou]/gi, '')),
      change(3, 'keep only its vowels', "@.replace(/[^aeiou]/gi, '')", (s) => s.replace(/[^aeiou]/gi, '')),
      change(3, 'keep each letter the first time that it occurs', "[...new Set(@)].join('')", (s) => [...new Set(s)].join('')),
      change(3, 'write letters that follow themselves once', "@.replace(/(.)\\1+/g, '$1')", (s) => s.replace(/(.)\1+/g, '$1')),
      change(3, 'sort its letters', "[...@].sort().join('')", (s) => [...s].toSorted().join('')),
      change(3, 'write each letter # times', "[...@].map((s) => s.repeat(#)).join('')", (s, c) => [...s].map((letter) => letter.repeat(c)).join(''), operands(2, 3, withParameter)),
      change(2, 'write capital letters small and small ones as capitals', "[...@].map((s) => (s === s.toUpperCase() ? s.toLowerCase() : s.toUpperCase())).join('')", swapCase),
      change(2, 'leave out every #th letter', "[...@].filter((_, i) => (i + 1) % # !== 0).join('')", (s, c) => [...s].filter((_, i) => (i + 1) % c !== 0).join(''), operands(2, 3, withParameter)),
      count(3, 'count its vowels', '@.replace(/[^aeiou]/gi, "").length', (s) => s.replace(/[^aeiou]/gi, '').length),
      count(3, 'count its different letters', 'new Set(@).size', (s) => new Set(s).size),
      count(2, 'count its letters that are not vowels', '@.replace(/[^b-df-hj-np-tv-z]/gi, "").length', (s) => s.replace(/[^b-df-hj-np-tv-z]/gi, '').length),
    ].flat();
  },
  others: plainTextBlocks,
  draw: (random) => drawWords(random, 1, 3),
  edges: ['', 'a', 'Bell', 'aAbB', 'noon moon', 'xyz', 'sleep'],
});
