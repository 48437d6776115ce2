import type { Random } from 'lamarck';
import { blocksBetween, constants, operands, secondArgument, type Arguments, type Block } from '../block.ts';
import { defineProgramFamily } from '../define-program-family.ts';

const LIST = { name: 'words', type: 'string[]' } as const;
const LETTER = { name: 'letter', type: 'string' } as const;

const LETTERS = ['a', 'e', 'o', 'r', 's', 't'];
const WORDS = (
  'arrow ember oasis river stone amber lamp oven rose tower table apple east salt ear ore tea sea ' +
  'robot street radar Anna Otto Eva Rosa Tara orange tent error as at to so or'
).split(' ');

/** Undefined for the empty list. The first of those that are equally good. */
const best = (words: readonly string[], isBetter: (one: string, other: string) => boolean) =>
  words.length > 0 ? words.reduce((found, word) => (isBetter(word, found) ? word : found)) : undefined;

const capitalise = (word: string): string => word.slice(0, 1).toUpperCase() + word.slice(1);
const mirror = (word: string): string => [...word].toReversed().join('');

/** Lists of words to lists of words: chosen by their letters, put in order, changed one by one. */
function wordListBlocks(withParameter: boolean): Block[] {
  const letters = [...constants(LETTERS), ...(withParameter ? [secondArgument(LETTER)] : [])];
  const lengths = operands(2, 5, false);
  const change = blocksBetween('string[]', 'string[]');
  // prettier-ignore
  return [
    change(4, 'keep those that contain #', '@.filter((w) => w.includes(#))', (words, c) => words.filter((w) => w.includes(c)), letters),
    change(2, 'leave out those that contain #', '@.filter((w) => !w.includes(#))', (words, c) => words.filter((w) => !w.includes(c)), letters),
    change(4, 'keep those that start with #', '@.filter((w) => w.startsWith(#))', (words, c) => words.filter((w) => w.startsWith(c)), letters),
    change(3, 'keep those that end with #', '@.filter((w) => w.endsWith(#))', (words, c) => words.filter((w) => w.endsWith(c)), letters),
    change(2, 'keep those shorter than #', '@.filter((w) => w.length < #)', (words, c) => words.filter((w) => w.length < c), lengths),
    change(3, 'capitalise each', '@.map((w) => w.slice(0, 1).toUpperCase() + w.slice(1))', (words) => words.map(capitalise)),
    change(2, 'reverse the letters of each', "@.map((w) => [...w].reverse().join(''))", (words) => words.map(mirror)),
    change(2, 'take the last letter of each', '@.map((w) => w.slice(-1))', (words) => words.map((w) => w.slice(-1))),
    change(2, 'put # before each', '@.map((w) => # + w)', (words, c) => words.map((w) => c + w), letters),
    change(2, 'put # behind each', '@.map((w) => w + #)', (words, c) => words.map((w) => w + c), letters),
    change(2, 'drop # from each', "@.map((w) => w.replaceAll(#, ''))", (words, c) => words.map((w) => w.replaceAll(c, '')), letters),
    change(3, 'sort them by length, shortest first', '[...@].sort((a, b) => a.length - b.length)', (words) => words.toSorted((a, b) => a.length - b.length)),
    change(1, 'sort them by length, longest first', '[...@].sort((a, b) => b.length - a.length)', (words) => words.toSorted((a, b) => b.length - a.length)),
    change(2, 'sort them as texts', '[...@].sort()', (words) => words.toSorted()),
    change(1.5, 'reverse their order', '[...@].reverse()', (words) => words.toReversed()),
    change(1, 'keep those that read the same backwards', "@.filter((w) => w === [...w].reverse().join(''))", (words) => words.filter((w) => w === mirror(w))),
    change(1, 'leave out the first', '@.slice(1)', (words) => words.slice(1)),
  ].flat();
}

/** Lists of words to one word, to a text, to a number, and to yes or no. */
function summaryBlocks(withParameter: boolean): Block[] {
  const letters = [...constants(LETTERS), ...(withParameter ? [secondArgument(LETTER)] : [])];
  const join = blocksBetween('string[]', 'string');
  const measure = blocksBetween('string[]', 'number');
  const ask = blocksBetween('string[]', 'boolean');
  // prettier-ignore
  return [
    join(3, 'give the longest, the first of them where several are', '@.reduce((a, b) => (b.length > a.length ? b : a))', (words) => best(words, (one, other) => one.length > other.length)),
    join(2, 'give the shortest, the first of them where several are', '@.reduce((a, b) => (b.length < a.length ? b : a))', (words) => best(words, (one, other) => one.length < other.length)),
    join(2, 'give the last', '@.at(-1)', (words) => words.at(-1)),
    join(3, 'put their first letters together', "@.map((w) => w.slice(0, 1)).join('')", (words) => words.map((w) => w.slice(0, 1)).join('')),
    join(2, 'join them with ", "', "@.join(', ')", (words) => words.join(', ')),
    join(2, 'join them with #', '@.join(#)', (words, c) => words.join(c), letters),
    measure(2, 'count them', '@.length', (words) => words.length),
    measure(2, 'count their letters together', "@.join('').length", (words) => words.join('').length),
    ask(1, 'tell whether one of them contains #', '@.some((w) => w.includes(#))', (words, c) => words.some((w) => w.includes(c)), letters),
    ask(0.5, 'tell whether all of them contain #', '@.every((w) => w.includes(#))', (words, c) => words.every((w) => w.includes(c)), letters),
    blocksBetween('string', 'string')(1, 'make it upper case', '@.toUpperCase()', (s) => s.toUpperCase()),
    blocksBetween('string', 'number')(1, 'give its length', '@.length', (s) => s.length),
  ].flat();
}

/** Pipelines over a list of words; where there is a second argument, it is a letter. */
export const words = defineProgramFamily({
  name: 'programs/words',
  description: 'Pipelines over a list of words: their letters, their lengths, initials.',
  ground: (_random, withParameter) => {
    const withLetter = (list: readonly string[], letter: string): Arguments =>
      withParameter ? [list, letter] : [list];
    return {
      parameters: withParameter ? [LIST, LETTER] : [LIST],
      blocks: [...wordListBlocks(withParameter), ...summaryBlocks(withParameter)],
      drawInput: (random: Random) =>
        withLetter(
          Array.from({ length: random.int(3, 7) }, () => random.pick(WORDS)),
          random.pick(LETTERS),
        ),
      edges: [[], ['a'], ['tea', 'sea', 'ear'], ['Otto', 'to', 'so']].map((list) => withLetter(list, 'o')),
    };
  },
});
