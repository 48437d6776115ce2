import {
  isSameWord,
  numberSpans,
  quotedSpans,
  shareOfWords,
  withoutQuotes,
  wordsAround,
  wordsOf,
  type Span,
} from './spans.ts';

/** An instruction with a way to read its arguments. Places count from 0, or from the end with −1. */
export interface Instruction {
  readonly text: string;
  /** A quoted text. */
  quoted(place: number): string | undefined;
  /** All quoted texts from one place up to another, which is not among them. */
  spans(from: number, to?: number): readonly string[];
  /** A numeral outside of quotes. */
  number(place: number): string | undefined;
  /** What a word such as `second`, `3rd` or `last` counts to, from 0 or, for `last`, −1. */
  ordinal(place: number): number | undefined;
  /** The quoted text that a word introduces: `password "x"`. */
  after(word: string): string | undefined;
  /** A word outside of quotes, in lower case. */
  word(place: number): string | undefined;
  /** Whether its words outside of quotes hold these in this order, and it quotes as many texts, where that is given. */
  says(words: string, quotes?: number): boolean;
  /** Whether a word stands outside of quotes where nothing negates it. */
  wants(word: string): boolean;
  /** Whether a word stands outside of quotes and is negated: `do not stay`, `without lunch`. */
  refuses(word: string): boolean;
}

const NEGATIONS = new Set(['not', 'no', 'never', 'without', 'except', 'don']);
/** Words at which a negation ends. */
const TURNS = new Set(['and', 'but', 'then', 'or', 'with']);
/** A negation reaches so many words. */
const REACH = 4;
const ORDINALS = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth'];

/**
 * An instruction with a way to read what it quotes and counts.
 *
 * @example readArguments('Lock "Plan".').quoted(0) // 'Plan'
 */
export function readArguments(text: string): Instruction {
  const quoted = quotedSpans(text);
  const numbers = numberSpans(text);
  const words = wordsOf(withoutQuotes(text));
  const ordinals = words.flatMap((word) => ordinalOf(word) ?? []);
  const isThere = (word: string, isRefused: boolean) =>
    words.some((one, at) => one === word && isNegated(words, at) === isRefused);
  return {
    text,
    quoted: (place) => quoted.at(place)?.text,
    spans: (from, to) => quoted.slice(from, to).map((span) => span.text),
    number: (place) => numbers.at(place)?.text,
    ordinal: (place) => ordinals.at(place),
    after: (word) => quoted.find((span) => introduces(text, span, word))?.text,
    word: (place) => words.at(place),
    says: (said, quotes) =>
      (quotes === undefined || quoted.length === quotes) && isSubsequence(wordsOf(said), words),
    wants: (word) => isThere(word, false),
    refuses: (word) => isThere(word, true),
  };
}

/** Whether the instruction says every word of a label, outside of quotes. */
export function isSaid(label: string, instruction: Instruction): boolean {
  return shareOfWords(wordsOf(label), wordsOf(withoutQuotes(instruction.text))) === 1;
}

function ordinalOf(word: string): number | undefined {
  if (word === 'last') return -1;
  const digits = /^(\d+)(?:st|nd|rd|th)$/.exec(word)?.[1];
  const place = digits === undefined ? ORDINALS.indexOf(word) : Number(digits) - 1;
  return place < 0 ? undefined : place;
}

function isNegated(words: readonly string[], at: number): boolean {
  for (let before = at - 1; before >= Math.max(0, at - REACH); before--) {
    const word = words[before] as string;
    if (NEGATIONS.has(word)) return true;
    if (TURNS.has(word)) return false;
  }
  return false;
}

function introduces(text: string, span: Span, word: string): boolean {
  const nearest = wordsAround(text, span).before[0];
  return nearest !== undefined && isSameWord(nearest, word.toLowerCase());
}

function isSubsequence(part: readonly string[], whole: readonly string[]): boolean {
  let at = 0;
  for (const word of whole) if (word === part[at]) at++;
  return at === part.length;
}
