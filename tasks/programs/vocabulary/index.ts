import { blocksBetween, operands } from '../block.ts';
import { definePlainFamily } from '../define-plain-family.ts';
import { plainWordBlocks } from '../text-blocks.ts';

const WORDS = 'the sea and the wind a boat or moon over old stones Ada rows on'.split(' ');
const times = (words: readonly string[], word: string): number => words.filter((one) => one === word).length;

/** The words of a text, and how often they occur. */
export const vocabulary = definePlainFamily({
  name: 'programs/vocabulary',
  description: 'The words of a text: each once, how often, the longest, those of a length, in another order.',
  parameter: { name: 'text', type: 'string' },
  own: (withParameter) => {
    const split = blocksBetween('string', 'string[]');
    const change = blocksBetween('string[]', 'string[]');
    const give = blocksBetween('string[]', 'string');
    const count = blocksBetween('string[]', 'number');
    const lengths = operands(2, 4, withParameter);
    const TIMES = '@.filter((v) => v === w).length';
    // prettier-ignore
    return [
      split(6, 'split it into words', "@.split(' ')", (s) => s.split(' ')),
      split(3, 'take its first # words', "@.split(' ').slice(0, #)", (s, c) => s.split(' ').slice(0, c), operands(2, 4, withParameter)),
      change(4, 'keep the words that occur just once', `@.filter((w) => ${TIMES} === 1)`, (words) => words.filter((word) => times(words, word) === 1)),
      change(3, 'write its number of letters behind each word', '@.map((w) => w + w.length)', (words) => words.map((word) => `${word}${word.length}`)),
      change(2, 'leave out the last of them', '@.slice(0, -1)', (words) => words.slice(0, -1)),
      change(2, 'make the first letter of each upper case', '@.map((w) => w.slice(0, 1).toUpperCase() + w.slice(1))', (words) => words.map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))),
      change(3, 'keep each word the first time', '[...new Set(@)]', (words) => [...new Set(words)]),
      change(3, 'keep the words with more than # letters', '@.filter((w) => w.length > #)', (words, c) => words.filter((word) => word.length > c), lengths),
      change(2, 'write how often it occurs behind each word', `@.map((w) => w + ${TIMES})`, (words) => words.map((word) => `${word}${times(words, word)}`)),
      give(3, 'give the first longest word', "@.reduce((a, b) => (b.length > a.length ? b : a), '')", (words) => words.reduce((a, b) => (b.length > a.length ? b : a), '')),
      give(3, 'give the most frequent word, the first of them where there are several', `@.reduce((a, w) => (${TIMES} > @.filter((v) => v === a).length ? w : a), '')`, (words) => words.reduce((a, word) => (times(words, word) > times(words, a) ? word : a), '')),
      count(3, 'count the letters of all words', "@.join('').length", (words) => words.join('').length),
      count(3, 'count the words with # letters', '@.filter((w) => w.length === #).length', (words, c) => words.filter((word) => word.length === c).length, lengths),
    ].flat();
  },
  others: () => plainWordBlocks().filter(({ phrase }) => !phrase.startsWith('count')),
  draw: (random) => Array.from({ length: random.int(4, 8) }, () => random.pick(WORDS)).join(' '),
  edges: ['a', 'the the', 'a boat', 'on the sea the wind', 'moon over Ada'],
  second: [1, 4],
});
