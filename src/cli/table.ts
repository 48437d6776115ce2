import CliTable from 'cli-table3';
import stringWidth from 'string-width';
import wrapAnsi from 'wrap-ansi';
import { stripVTControlCharacters } from 'node:util';
import { ansiOf, joined, laidOut, style, type StyledText, type Text } from './styled-text.ts';
import { columns } from './terminal.ts';

const GAP = '  ';
/** Columns of a terminal below which no column of a table is narrowed. */
const NARROWEST = 8;
/** At once: cli-table3 takes time and stack that grow faster than the rows. */
const ROWS_DRAWN = 1_000;
const NUMBER = /^[-+−]?[\d.,]*( %| s| ms)?$/;
const FRAME = [
  ...['top', 'top-mid', 'top-left', 'top-right', 'bottom', 'bottom-mid', 'bottom-left', 'bottom-right'],
  ...['left', 'left-mid', 'mid', 'mid-mid', 'right', 'right-mid'],
];

/**
 * A table whose columns are as wide as what is seen of their content; the first row is the head. Numbers stand to the right. Where it
 * is wider than the terminal, its widest columns are narrowed and their cells go on in further lines.
 *
 * @param width columns of the terminal; without one nothing is narrowed
 */
export function table(rows: readonly (readonly Text[])[], width = columns()): StyledText {
  return joined(tableLines(rows, width));
}

/** The same, line by line. */
export function tableLines(rows: readonly (readonly Text[])[], width = columns()): StyledText[] {
  const [head = [], ...body] = rows.map((row, place) =>
    row.map((text) => ansiOf(place === 0 ? style('dim', text) : text)),
  );
  const widths = fitting(
    head.map((_, column) => widest([head, ...body].map((row) => stringWidth(row[column] ?? '')))),
    width,
  );
  const standIns = createStandIns();
  const cell = (text = '', column: number): string =>
    standIns.put(wrapAnsi(text, Math.max(1, widths[column] ?? 0), { hard: true }));
  const isNumeric = (column: number): boolean =>
    body.every((row) => NUMBER.test(stripVTControlCharacters(row[column] ?? '')));
  const colAligns = head.map((_, column) => (isNumeric(column) ? 'right' : 'left'));
  const all = [head, ...body].map((row) => head.map((_, column) => cell(row[column], column)));
  const drawn = Array.from({ length: Math.ceil(all.length / ROWS_DRAWN) }, (_, at) => {
    const part = new CliTable({
      chars: { ...Object.fromEntries(FRAME.map((name) => [name, ''])), middle: GAP },
      style: { 'padding-left': 0, 'padding-right': 0, head: [], border: [], compact: true },
      colAligns,
      colWidths: [...widths],
    });
    part.push(...all.slice(at * ROWS_DRAWN, (at + 1) * ROWS_DRAWN));
    return part.toString();
  });
  const lines = standIns.takeBack(drawn.join('\n')).split('\n');
  return lines.map((line) => laidOut(line.trimEnd()));
}

/** Widths that fit: the widest are narrowed to one and the same. */
function fitting(widths: readonly number[], whole: number): readonly number[] {
  const room = whole - GAP.length * (widths.length - 1);
  const narrowed = (most: number): number[] => widths.map((width) => Math.min(width, most));
  const sum = (of: readonly number[]): number => of.reduce((total, width) => total + width, 0);
  let most = widest(widths);
  while (most > NARROWEST && sum(narrowed(most)) > room) most--;
  return narrowed(most);
}

/** Where the characters begin that stand for others of the width 0, 1 and 2, and how many there are. */
const POOLS = [
  [0x300, 0x70],
  [0xe000, 0x1900],
  [0x4e00, 0x5200],
] as const;
const OUR_STYLES = /(\u001b\[[\d;]*m)/;

/**
 * cli-table3 measures texts by an Unicode of 2019, and so puts newer emoji and most combining marks out of line. It lays out one
 * character of the same width for each grapheme that is not ASCII, which is taken back afterwards.
 */
function createStandIns(): { put(ansi: string): string; takeBack(drawn: string): string } {
  const segmenter = new Intl.Segmenter();
  const standIns = new Map<string, string>();
  const originals = new Map<string, string>();
  const used = [0, 0, 0];
  const standIn = (grapheme: string): string => {
    const known = standIns.get(grapheme);
    if (known !== undefined) return known;
    const width = Math.min(2, stringWidth(grapheme)) as 0 | 1 | 2;
    const [first, count] = POOLS[width];
    const place = used[width] ?? 0;
    if (place === count) return grapheme;
    used[width] = place + 1;
    const character = String.fromCodePoint(first + place);
    standIns.set(grapheme, character);
    originals.set(character, grapheme);
    return character;
  };
  const replaced = (text: string): string =>
    /^[\n -~]*$/.test(text)
      ? text
      : Array.from(segmenter.segment(text), ({ segment }) =>
          /^[\n -~]$/.test(segment) ? segment : standIn(segment),
        ).join('');
  return {
    put: (ansi) =>
      ansi
        .split(OUR_STYLES)
        .map((part, at) => (at % 2 === 1 ? part : replaced(part)))
        .join(''),
    takeBack: (drawn) => Array.from(drawn, (character) => originals.get(character) ?? character).join(''),
  };
}

/** Not by `Math.max(...)`, which takes no more than some 100,000 arguments. */
function widest(widths: readonly number[]): number {
  return widths.reduce((most, width) => Math.max(most, width), 0);
}
