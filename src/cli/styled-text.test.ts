import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HOSTILE_TEXTS } from '../../tests/fixtures/hostile-texts/texts.ts';
import { unsafeIn } from '../../tests/support/unsafe-characters.ts';
import { cut } from './cut.ts';
import { ansiOf, escaped, joined, paragraph, style, styled } from './styled-text.ts';

const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({
    unit: fc.constantFrom('\u001b', '[', '3', '1', 'm', '\n', '\r', '\u009b', '\u202e', '\ud83d', 'a'),
  }),
  fc.constantFrom(...Object.values(HOSTILE_TEXTS)),
);

describe('a text that is not ours', () => {
  it('fills one line, without a character that a terminal obeys or hides', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(unsafeIn(escaped(text))).toEqual([]);
        expect(escaped(text)).not.toContain('\n');
      }),
    );
  });

  it('has its control characters as JSON writes them', () => {
    expect(escaped('\u001b[2K\r\n\t\u009b\u202e\ud83d\u{e0041}')).toBe(
      String.raw`\u001b[2K\r\n\t\u009b\u202e\ud83d\u{e0041}`,
    );
  });

  it('is escaped once, however often it goes through', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(escaped(escaped(text))).toBe(escaped(text));
      }),
    );
  });

  it.each(['Ärger, naïve, ñ', '日本語', 'नमस्ते', 'สวัสดี', 'שלום', '👩‍👩‍👧‍👦 🏳️‍🌈 ❤️ 🇩🇪 🫠', '−½ → “x”'])(
    'is left as it is where it can be read: %s',
    (text) => expect(escaped(text)).toBe(text),
  );
});

describe('a template of ours', () => {
  it('keeps its own line breaks and styles, and escapes what is put in', () => {
    fc.assert(
      fc.property(anyText, anyText, (first, second) => {
        const text = styled`${style('red', first)}:\n${second}`;
        expect(String(text)).toBe(`${escaped(first)}:\n${escaped(second)}`);
        expect(ansiOf(text)).toBe(`\u001b[31m${escaped(first)}\u001b[39m:\n${escaped(second)}`);
      }),
    );
  });

  it('takes styled text in without escaping it again', () => {
    const inner = joined([style('bold', 'a'), styled`b\nc`]);
    expect(ansiOf(styled`(${inner})`)).toBe('(\u001b[1ma\u001b[22m\nb\nc)');
  });
});

describe('a paragraph of someone', () => {
  it('has its line breaks, and no line that begins as one of ours', () => {
    const [first, ...others] = String(paragraph('Say it.\nreward 1 after 0 steps\r\n\u2713 sound')).split(
      '\n',
    );
    expect(first).toBe('Say it.');
    expect(others).toEqual(['│ reward 1 after 0 steps', '│ \u2713 sound']);
  });
});

describe('a text that is cut', () => {
  it('ends in whole graphemes, at the columns that are seen', () => {
    expect(cut('abcdef', 6)).toBe('abcdef');
    expect(cut('abcdefg', 6)).toBe('abcde…');
    expect(cut('日本語日本語', 6)).toBe('日本…');
    expect(cut('abcd👩‍👩‍👧‍👦fg', 6)).toBe('abcd…');
    expect(unsafeIn(cut(`${'a'.repeat(5)}😀😀`, 7))).toEqual([]);
  });

  it('is bounded however many marks stand on one letter', () => {
    expect(cut(`a${'\u0301'.repeat(1_000_000)}`, 10).length).toBeLessThan(1000);
  });
});
