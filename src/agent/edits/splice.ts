/** A change of a text: what stood from `start` until before `end` becomes `replacement`. */
export interface Splice {
  readonly start: number;
  readonly end: number;
  readonly replacement: string;
}

/** A splice with what it does, in words: `"<" → "<="`. */
export interface DescribedSplice extends Splice {
  readonly says: string;
}

/**
 * The text with a splice made.
 *
 * @throws RangeError where it is not within the text.
 * @example applyEdit('a < b', { start: 2, end: 3, replacement: '>' }) // 'a > b'
 */
export function applyEdit(text: string, { start, end, replacement }: Splice): string {
  if (start < 0 || end < start || end > text.length) {
    throw new RangeError(`An edit of ${start} to ${end} is not within a text of ${text.length} characters.`);
  }
  return text.slice(0, start) + replacement + text.slice(end);
}
