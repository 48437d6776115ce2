import { blocksBetween, operands } from '../block.ts';
import { definePlainFamily } from '../define-plain-family.ts';
import { foldBlocks } from '../number-blocks.ts';
import { plainTextBlocks } from '../text-blocks.ts';
import { drawWords } from '../word-list.ts';

/** A small letter so many places on, from z back to a; anything else as it is. */
const shifted = (letter: string, places: number): string =>
  letter >= 'a' && letter <= 'z'
    ? String.fromCharCode(97 + ((letter.charCodeAt(0) - 97 + places) % 26))
    : letter;
const shift = (text: string, places: number): string =>
  [...text].map((letter) => shifted(letter, places)).join('');
const SHIFT =
  "[...@].map((s) => (/[a-z]/.test(s) ? String.fromCharCode(97 + (s.charCodeAt(0) - 97 + #) % 26) : s)).join('')";

/** Texts made unreadable. */
export const ciphers = definePlainFamily({
  name: 'programs/ciphers',
  description: 'Texts made unreadable: letters moved along the alphabet, exchanged, written as numbers.',
  parameter: { name: 'text', type: 'string' },
  own: (withParameter) => {
    const change = blocksBetween('string', 'string');
    const measure = blocksBetween('string', 'number[]');
    // prettier-ignore
    return [
      change(5, 'move each small letter # places on in the alphabet, from z to a', SHIFT, shift, operands(2, 5, withParameter)),
      change(3, 'write a for z, b for y and so on', "[...@].map((s) => (/[a-z]/.test(s) ? String.fromCharCode(219 - s.charCodeAt(0)) : s)).join('')", (s) => [...s].map((letter) => (letter >= 'a' && letter <= 'z' ? String.fromCharCode(219 - letter.charCodeAt(0)) : letter)).join('')),
      change(3, 'write first its letters at even places, counted from 0, then the others', "[...[...@].filter((_, i) => i % 2 === 0), ...[...@].filter((_, i) => i % 2 === 1)].join('')", (s) => [...[...s].filter((_, i) => i % 2 === 0), ...[...s].filter((_, i) => i % 2 === 1)].join('')),
      change(3, 'exchange every two letters', "@.replace(/(.)(.)/g, '$2$1')", (s) => s.replace(/(.)(.)/g, '$2$1')),
      change(2, 'move its first # letters to the end', '(@.slice(#) + @.slice(0, #))', (s, c) => s.slice(c) + s.slice(0, c), operands(2, 5, withParameter)),
      change(2, 'write an x behind each vowel', "@.replace(/[aeiou]/g, '$&x')", (s) => s.replace(/[aeiou]/g, '$&x')),
      measure(4, 'give the place of each small letter in the alphabet, a being 1', "[...@.replace(/[^a-z]/g, '')].map((s) => s.charCodeAt(0) - 96)", (s) => [...s].filter((letter) => letter >= 'a' && letter <= 'z').map((letter) => letter.charCodeAt(0) - 96)),
    ].flat();
  },
  others: (withParameter) => [
    ...plainTextBlocks(withParameter).filter(({ phrase }) => /reverse|first/.test(phrase)),
    ...foldBlocks().filter(({ phrase }) => /add|largest|first/.test(phrase)),
  ],
  draw: (random) => drawWords(random, 1, 2),
  edges: ['abc', 'xyz', 'Zebra', 'a to z', 'zoo', 'Ada'],
});
