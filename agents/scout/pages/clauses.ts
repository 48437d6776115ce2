/** An instruction in clauses: pieces that each ask for one thing, in order. */
import { shareOfWords, withoutQuotes, wordsOf, type Span } from 'lamarck/agent';

export interface Clause {
  /** Words outside of quotes that name something, numerals left out; those of the clause before where it has none. */
  readonly words: readonly string[];
  /** The same, and those within its spans. */
  readonly allWords: readonly string[];
  /** Indices of the quoted spans within it. */
  readonly spans: readonly number[];
  /** Whether it asks for all of a kind. */
  readonly isForAll: boolean;
}

const SEPARATOR = /[;.,](?!\d)|\b(?:and|then|but)\b/gi;
const QUANTIFIERS = new Set(['all', 'both', 'every', 'each']);
/** Words that name nothing by themselves. */
const FUNCTION_WORDS = new Set(
  'a an the of for our your is it its to into in on at by from with as and then but'.split(' '),
);

/**
 * Pieces between commas, semicolons, full stops, "and", "then" and "but".
 *
 * @param quoted the quoted spans of the text.
 * @example clausesOf('Lock "a" and "b", then save.', …) // words: [lock], [lock], [save]; spans: [0], [1], []
 */
export function clausesOf(text: string, quoted: readonly Span[]): Clause[] {
  const bare = text.replace(/"[^"]*"/g, (quote) => `"${' '.repeat(quote.length - 2)}"`);
  const ends = [...bare.matchAll(SEPARATOR)].map(({ index }) => index);
  const clauses: Clause[] = [];
  let start = 0;
  for (const end of [...ends, bare.length]) {
    const spans = quoted.flatMap(({ position }, at) => (position >= start && position < end ? [at] : []));
    const own = namingWords(withoutQuotes(bare.slice(start, end))).filter((word) => !/^\d+$/.test(word));
    start = end;
    if (own.length === 0 && spans.length === 0) continue;
    const words = own.length > 0 ? own : (clauses.at(-1)?.words ?? []);
    const within = spans.flatMap((at) => wordsOf(quoted[at]?.text ?? ''));
    clauses.push({ words, allWords: [...words, ...within], spans, isForAll: asksForAll(words) });
  }
  return clauses;
}

/** Whether words ask for all of a kind. */
export function asksForAll(words: readonly string[]): boolean {
  return words.some((word) => QUANTIFIERS.has(word));
}

/** The words of a text that name something. */
export function namingWords(text: string): string[] {
  return wordsOf(text).filter((word) => !FUNCTION_WORDS.has(word));
}

/** Share of a label's naming words that a clause says, those of its spans too; 0 where it says none but those. */
export function shareSaid(label: string, { words, allWords }: Clause): number {
  const own = namingWords(label);
  return shareOfWords(own, words) === 0 ? 0 : shareOfWords(own, allWords);
}
