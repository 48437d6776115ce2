import { blocksBetween, operands, type Block } from './block.ts';

/** One text to another, or to its length: what may stand beside anything that is done with texts. */
export function plainTextBlocks(withParameter: boolean): Block[] {
  const change = blocksBetween('string', 'string');
  // prettier-ignore
  return [
    change(2, 'make it upper case', '@.toUpperCase()', (s) => s.toUpperCase()),
    change(1.5, 'reverse its letters', "[...@].reverse().join('')", (s) => [...s].toReversed().join('')),
    change(2, 'take its first # characters', '@.slice(0, #)', (s, c) => s.slice(0, c), operands(3, 5, withParameter)),
    change(1.5, 'leave out its first character', '@.slice(1)', (s) => s.slice(1)),
    blocksBetween('string', 'number')(2, 'give its length', '@.length', (s) => s.length),
  ].flat();
}

/** Lists of texts to other lists, or to one value. */
export function plainWordBlocks(): Block[] {
  const change = blocksBetween('string[]', 'string[]');
  // prettier-ignore
  return [
    change(2, 'reverse their order', '[...@].reverse()', (words) => words.toReversed()),
    change(2, 'sort them', '[...@].sort()', (words) => words.toSorted()),
    change(1, 'leave out the first of them', '@.slice(1)', (words) => words.slice(1)),
    blocksBetween('string[]', 'string')(3, 'join them with "-"', "@.join('-')", (words) => words.join('-')),
    blocksBetween('string[]', 'string')(1, 'give the last one', '@.at(-1)', (words) => words.at(-1)),
    blocksBetween('string[]', 'number')(2, 'count them', '@.length', (words) => words.length),
  ].flat();
}
