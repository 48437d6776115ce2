import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { ansiOf, style } from './styled-text.ts';
import { table } from './table.ts';

const linesOf = (rows: Parameters<typeof table>[0], width?: number): string[] =>
  String(table(rows, width)).split('\n');

/** The column at which a word begins in each line, as it is seen. */
const placesOf = (lines: readonly string[], word: string): number[] =>
  lines.map((line) => stringWidth(line.slice(0, line.indexOf(word))));

describe('a table', () => {
  it('has columns that begin where they are seen to begin, whatever is styled', () => {
    const rows = [
      ['family', '', 'x'],
      ['web/a', style('green', 'sound'), 'x'],
      ['web/bc', style('red', style('bold', 'unsound')), 'x'],
    ];
    const lines = linesOf(rows, Infinity);
    expect(lines).toEqual(['family           x', 'web/a   sound    x', 'web/bc  unsound  x']);
    expect(ansiOf(table(rows, Infinity))).toContain('\u001b[32msound\u001b[39m');
  });

  it.each([
    ['Chinese, Japanese and Korean', ['日本語', '한국어', 'a']],
    ['emoji, of joined persons, flags and newer ones', ['👩‍👩‍👧‍👦', '🇩🇪', '🫠', '❤️', 'a']],
    ['marks that stand on letters', ['e\u0301te\u0301', 'नमस्ते', 'สวัสดี', 'שָׁלוֹם', 'a']],
    ['a mark without a letter', ['\u0e34', '\u0301', 'a']],
    ['what is escaped', ['\u001b[31m', 'a\nb', '\u202e', 'a']],
  ])('is aligned with %s in its cells', (_, cells) => {
    const lines = linesOf([['text', 'next'], ...cells.map((cell) => [cell, '|x|'])], Infinity);
    const [head, ...body] = lines;
    expect(new Set(placesOf(body, '|x|'))).toEqual(new Set(placesOf([head ?? ''], 'next')));
    expect(lines).toHaveLength(cells.length + 1);
  });

  it('has numbers to the right, and no spaces at the ends of lines', () => {
    expect(
      linesOf([
        ['n', 'what'],
        ['5', 'a'],
        ['12.5 %', 'bcd'],
      ]),
    ).toEqual(['     n  what', '     5  a', '12.5 %  bcd']);
  });

  it('is no wider than the terminal: its widest columns go on in further lines, and lose nothing', () => {
    const words = 'say the words that stand here one after the other';
    const lines = linesOf(
      [
        ['family', 'example', 'n'],
        ['web/sign-in', words, '7'],
        ['web/日本語日本語日本語日本語日本語', 'x', '8'],
      ],
      40,
    );
    expect(Math.max(...lines.map((line) => stringWidth(line)))).toBeLessThanOrEqual(40);
    expect(lines.length).toBeGreaterThan(3);
    for (const word of words.split(' ')) expect(lines.join(' ')).toContain(word);
    expect(lines.join('').match(/[日本語]/g)).toHaveLength(15);
  });

  it('keeps a style in every line that its cell goes on in', () => {
    const lines = ansiOf(table([['a'], [style('red', 'one two three four')]], 9)).split('\n');
    for (const line of lines.slice(1)) expect(line).toMatch(/^\u001b\[31m[a-z ]+\u001b\[39m$/);
  });

  it('is a head alone where nothing is listed', () => {
    expect(linesOf([['run', 'kind']])).toEqual(['run  kind']);
  });
});
