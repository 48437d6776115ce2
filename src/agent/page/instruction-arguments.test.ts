import { describe, expect, it } from 'vitest';
import { readArguments } from './instruction-arguments.ts';

describe('readArguments', () => {
  const read = readArguments('Book "mara" for 3 nights with meal "Dinner".');

  it('reads quoted texts, numerals and what a word introduces', () => {
    expect([read.quoted(0), read.quoted(-1), read.number(0), read.after('meal'), read.word(0)]).toEqual([
      'mara',
      'Dinner',
      '3',
      'Dinner',
      'book',
    ]);
    expect(read.quoted(2)).toBeUndefined();
  });

  it('knows a template by its words in order and its quotes', () => {
    expect(read.says('book for with meal', 2)).toBe(true);
    expect(read.says('meal book', 2)).toBe(false);
    expect(read.says('book', 1)).toBe(false);
  });

  it('asks for the number of quotes only where it is given', () => {
    expect(read.says('book')).toBe(true);
  });

  it('gives quoted texts from one place up to another', () => {
    expect([read.spans(0), read.spans(1), read.spans(0, -1)]).toEqual([
      ['mara', 'Dinner'],
      ['Dinner'],
      ['mara'],
    ]);
  });

  it('counts to what an ordinal says', () => {
    expect(readArguments('Open the second of "first".').ordinal(0)).toBe(1);
    expect(readArguments('Open the 3rd, then the last.').ordinal(0)).toBe(2);
    expect(readArguments('Open the 3rd, then the last.').ordinal(1)).toBe(-1);
    expect(readArguments('Open it.').ordinal(0)).toBeUndefined();
  });

  it.each([
    ['Go and stay signed in.', true, false],
    ['Go and do not stay signed in.', false, true],
    ["Go, but don't stay.", false, true],
    ['Go without a stay.', false, true],
    ['Do not go and stay.', true, false],
    ['Go "stay".', false, false],
    ['Stay, then do not stay.', true, true],
  ])('tells what is wanted from what is refused: %s', (text, isWanted, isRefused) => {
    const instruction = readArguments(text);
    expect([instruction.wants('stay'), instruction.refuses('stay')]).toEqual([isWanted, isRefused]);
  });
});
