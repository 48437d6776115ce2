import { describe, expect, it } from 'vitest';
import { isSameWord, numberSpans, quotedSpans, shareOfWords, wordsAround } from './spans.ts';

const text = 'Sign in as "mara 7" with password "q7Tulip" and choose 3 of them.';

describe('spans of an instruction', () => {
  it('finds what is quoted, and numerals outside of quotes', () => {
    expect(quotedSpans(text).map((span) => span.text)).toEqual(['mara 7', 'q7Tulip']);
    expect(numberSpans(text).map((span) => span.text)).toEqual(['3']);
  });

  it('says where a span begins', () => {
    for (const span of [...quotedSpans(text), ...numberSpans(text)]) {
      expect(text.slice(span.position, span.position + span.text.length)).toBe(span.text);
    }
  });

  it('finds the words around a span, nearest first, and does not cross a neighbour', () => {
    const [, password] = quotedSpans(text);
    expect(password && wordsAround(text, password)).toEqual({
      before: ['password', 'with'],
      after: [],
    });
  });

  it('takes no word of another clause for one that follows', () => {
    const said = 'Lock "report" now, then rename it.';
    expect(wordsAround(said, quotedSpans(said)[0]!).after).toEqual(['now']);
  });

  it('knows a word by its other endings, but not by its beginning alone', () => {
    expect(isSameWord('invoice', 'invoices')).toBe(true);
    expect(isSameWord('archive', 'archived')).toBe(true);
    expect(isSameWord('pass', 'passengers')).toBe(false);
    expect(isSameWord('in', 'into')).toBe(false);
    expect(shareOfWords(['user', 'name'], ['name'])).toBe(0.5);
  });
});
