import type { Random } from 'lamarck';
import { blocksBetween, K, operands, type Arguments, type Block } from '../block.ts';
import { defineProgramFamily } from '../define-program-family.ts';
import { largest, smallest } from '../number-blocks.ts';

const WORDS =
  'river stone amber lamp window Oslo maple key north Ada paper cup level noon tower silver a to on by Ivo bell'.split(
    ' ',
  );

/** One text to one text, to its words or to its length. */
function textBlocks(withParameter: boolean): Block[] {
  const lengths = operands(2, 5, withParameter);
  const change = blocksBetween('string', 'string');
  // prettier-ignore
  return [
    change(4, 'make it upper case', '@.toUpperCase()', (s) => s.toUpperCase()),
    change(2, 'make it lower case', '@.toLowerCase()', (s) => s.toLowerCase()),
    change(3, 'trim the spaces around it', '@.trim()', (s) => s.trim()),
    change(2, 'reverse its letters', "[...@].reverse().join('')", (s) => [...s].toReversed().join('')),
    change(4, 'take its first # characters', '@.slice(0, #)', (s, c) => s.slice(0, c), lengths),
    change(2, 'leave out its first # characters', '@.slice(#)', (s, c) => s.slice(c), lengths),
    change(1, 'take its first character', '@.slice(0, 1)', (s) => s.slice(0, 1)),
    change(1, 'take its last character', '@.slice(-1)', (s) => s.slice(-1)),
    change(2, 'repeat it # times', '@.repeat(#)', (s, c) => s.repeat(c), operands(2, 3, withParameter)),
    blocksBetween('string', 'number')(3, 'give its length', '@.length', (s) => s.length),
    blocksBetween('string', 'string[]')(6, 'split it at the spaces', "@.split(' ')", (s) => s.split(' ')),
  ].flat();
}

/** A list of texts to a list of texts, or of their lengths. */
function wordListBlocks(withParameter: boolean): Block[] {
  const change = blocksBetween('string[]', 'string[]');
  const measure = blocksBetween('string[]', 'number[]');
  const lengths = operands(2, 5, withParameter);
  const counts = operands(2, 3, withParameter);
  // prettier-ignore
  return [
    change(3, 'take the first letter of each', '@.map((s) => s.slice(0, 1))', (words) => words.map((s) => s.slice(0, 1))),
    change(1, 'make each upper case', '@.map((s) => s.toUpperCase())', (words) => words.map((s) => s.toUpperCase())),
    change(3, 'keep those whose length is more than #', '@.filter((s) => s.length > #)', (words, c) => words.filter((s) => s.length > c), lengths),
    change(2, 'sort them', '[...@].sort()', (words) => words.toSorted()),
    change(2, 'reverse their order', '[...@].reverse()', (words) => words.toReversed()),
    change(1, 'drop repeated ones', '[...new Set(@)]', (words) => [...new Set(words)]),
    change(2, 'take the first # of them', '@.slice(0, #)', (words, c) => words.slice(0, c), counts),
    change(0.7, 'leave out the first of them', '@.slice(1)', (words) => words.slice(1)),
    measure(2, 'take the length of each', '@.map((s) => s.length)', (words) => words.map((s) => s.length)),
  ].flat();
}

/** A list of texts, or of their lengths, to one value. */
function joinBlocks(): Block[] {
  const join = blocksBetween('string[]', 'string');
  const fold = blocksBetween('number[]', 'number');
  // prettier-ignore
  return [
    join(4, 'join them with "-"', "@.join('-')", (words) => words.join('-')),
    join(2, 'join them with " "', "@.join(' ')", (words) => words.join(' ')),
    join(3, 'join them with nothing between', "@.join('')", (words) => words.join('')),
    join(1.5, 'give the first one', '@[0]', (words) => words[0]),
    join(1.5, 'give the last one', '@.at(-1)', (words) => words.at(-1)),
    blocksBetween('string[]', 'number')(2, 'count them', '@.length', (words) => words.length),
    fold(2, 'give the largest', 'Math.max(...@)', largest),
    fold(1, 'give the smallest', 'Math.min(...@)', smallest),
    fold(1, 'add them up', '@.reduce((a, b) => a + b, 0)', (xs) => xs.reduce((a, b) => a + b, 0)),
  ].flat();
}

/** Pipelines over a text: case, cuts, words, joins. */
export const strings = defineProgramFamily({
  name: 'programs/strings',
  description: 'Pipelines over a text: case, cuts, words, joins.',
  ground: (_random, withParameter) => {
    const withK = (text: string, k: number): Arguments => (withParameter ? [text, k] : [text]);
    const drawText = (random: Random): string => {
      const text = Array.from({ length: random.int(2, 5) }, () => random.pick(WORDS)).join(' ');
      return random.chance(0.2) ? ` ${text} ` : text;
    };
    return {
      parameters: withParameter ? [{ name: 'text', type: 'string' }, K] : [{ name: 'text', type: 'string' }],
      blocks: [...textBlocks(withParameter), ...wordListBlocks(withParameter), ...joinBlocks()],
      drawInput: (random) => withK(drawText(random), random.int(1, 5)),
      edges: ['', 'Oslo', 'to to on', ' noon'].map((text) => withK(text, 2)),
    };
  },
});
