import stringWidth from 'string-width';
import { escaped } from './styled-text.ts';

/** UTF-16 units of a text that are measured for each column: any number of combining marks may stand on one letter. */
const UNITS_A_COLUMN = 16;

/** The beginning of a text as one line of at most so many columns, in whole graphemes. */
export function cut(text: string, columns: number): string {
  const most = columns * UNITS_A_COLUMN;
  const line = escaped(text.slice(0, most));
  let width = 0;
  let kept = 0;
  for (const { segment, index } of new Intl.Segmenter().segment(line)) {
    width += stringWidth(segment);
    if (width > columns) return `${line.slice(0, kept)}…`;
    if (width < columns) kept = index + segment.length;
  }
  return text.length > most ? `${line.slice(0, kept)}…` : line;
}
