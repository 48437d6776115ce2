/** A piece of a text that may be meant literally: `position` counts characters from the start of its first one. */
export interface Span {
  readonly text: string;
  readonly position: number;
}

/** Words in lower case: runs of letters and digits. */
export function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}

/**
 * What stands between double quotes, in order.
 *
 * @example quotedSpans('Lock "Plan".') // [{ text: 'Plan', position: 6 }]
 */
export function quotedSpans(text: string): Span[] {
  return [...text.matchAll(/"([^"]*)"/g)].map((match) => ({
    text: match[1] as string,
    position: match.index + 1,
  }));
}

/**
 * Numerals that stand outside of quotes, in order.
 *
 * @example numberSpans('Add 12 apples.') // [{ text: '12', position: 4 }]
 */
export function numberSpans(text: string): Span[] {
  const unquoted = text.replace(/"[^"]*"/g, (quote) => ' '.repeat(quote.length));
  return [...unquoted.matchAll(/(?<![\p{L}\p{N}])\d+(?:\.\d+)?(?![\p{L}\p{N}])/gu)].map((match) => ({
    text: match[0],
    position: match.index,
  }));
}

/**
 * The text without its quoted spans.
 *
 * @example withoutQuotes('Lock "Plan" now.').includes('Plan') // false
 */
export function withoutQuotes(text: string): string {
  return text.replace(/"[^"]*"/g, ' ');
}

/**
 * The words that introduce a span and those that follow it, up to the neighbouring quotes, and behind it up to the end
 * of the clause: `with password "x"` gives `password with` before. At most `reach` words each way, nearest first.
 */
export function wordsAround(text: string, span: Span, reach = 4): { before: string[]; after: string[] } {
  const before = text.slice(0, span.position).replace(/"$/, '');
  const after = text.slice(span.position + span.text.length).replace(/^"/, '');
  const clause = after.split(/"|[,;:.](?!\d)| and | then /)[0] as string;
  return {
    before: wordsOf(before.slice(before.lastIndexOf('"') + 1))
      .slice(-reach)
      .reverse(),
    after: wordsOf(clause).slice(0, reach),
  };
}

/**
 * Equal, or one is the other with another ending (`invoice`, `invoices`; `archive`, `archived`).
 *
 * @example isSameWord('invoice', 'invoices') // true
 */
export function isSameWord(left: string, right: string): boolean {
  if (left === right) return true;
  const [short, long] = left.length <= right.length ? [left, right] : [right, left];
  return (
    short.length >= 4 &&
    long.length - short.length <= 3 &&
    long.startsWith(short.slice(0, Math.max(4, short.length - 1)))
  );
}

/**
 * Share of `words` that are among `others`, in [0, 1]; 0 if `words` is empty.
 *
 * @example shareOfWords(['red', 'shirt'], ['a', 'red', 'hat']) // 0.5
 */
export function shareOfWords(words: readonly string[], others: readonly string[]): number {
  if (words.length === 0) return 0;
  let found = 0;
  for (const word of words) if (others.some((other) => isSameWord(word, other))) found++;
  return found / words.length;
}
