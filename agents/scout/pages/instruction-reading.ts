/** An instruction, read once for an episode: what it quotes and counts, and which words introduce each of these. */
import {
  numberSpans,
  quotedSpans,
  shareOfWords,
  withoutQuotes,
  wordsAround,
  wordsOf,
  type Span,
} from 'lamarck/agent';
import { asksForAll, clausesOf, namingWords, type Clause } from './clauses.ts';

export interface InstructionReading {
  /** In order. */
  readonly clauses: readonly Clause[];
  /** Words outside of quotes. */
  readonly words: readonly string[];
  /** Quoted spans, then numerals. */
  readonly spans: readonly Span[];
  /** Quoted texts in lower case. */
  readonly quotes: readonly string[];
  /** For each span, the words that introduce it, nearest first, and the first two that follow it and name something. */
  readonly contexts: readonly (readonly string[])[];
  /** For each span, how many are asked for: the numeral before it, as in `2 "mats"`; 1 where there is none. */
  readonly counts: readonly number[];
  /** For each span, whether such a number is told. */
  readonly isCounted: readonly boolean[];
  /** For each span, whether it names what the next one is the value of: `"Language" to "Danish"`. */
  readonly isNameOfNext: readonly boolean[];
  /** For each span, whether it is to be off or left out: `"Alerts" off`, `not "Alerts"`. */
  readonly denials: readonly boolean[];
  /** Places in a list that it speaks of, from 1; −1 is the last. */
  readonly places: readonly number[];
  /** Whether it asks for all of a kind. */
  readonly isForAll: boolean;
  /** Whether it says "not". */
  readonly negates: boolean;
  /** Words that follow the last quoted span. */
  readonly tail: readonly string[];
}

const ORDINALS = [
  'first',
  'second',
  'third',
  'fourth',
  'fifth',
  'sixth',
  'seventh',
  'eighth',
  'ninth',
  'tenth',
];
const NEGATIONS = new Set(['not', 'no', 'without', 'except', 'off', 'never', 'nor']);

export function readInstruction(text: string): InstructionReading {
  const quoted = quotedSpans(text);
  const spans = [...quoted, ...numberSpans(text)];
  const words = wordsOf(withoutQuotes(text));
  const around = spans.map((span) => wordsAround(text, span));
  return {
    clauses: clausesOf(text, quoted),
    words,
    spans,
    quotes: quoted.map((span) => span.text.toLowerCase()),
    contexts: around.map(({ before, after }) => [...before, ...namingWords(after.join(' ')).slice(0, 2)]),
    counts: around.map(({ before }) => countIn(before) ?? 1),
    isCounted: around.map(({ before }) => countIn(before) !== undefined),
    isNameOfNext: spans.map((_, at) => isNameOfNext(text, quoted, at)),
    denials: around.map(
      ({ before, after }) => NEGATIONS.has(before[0] ?? '') || NEGATIONS.has(after[0] ?? ''),
    ),
    places: words.flatMap((word) =>
      word === 'last' ? [-1] : ORDINALS.includes(word) ? [ORDINALS.indexOf(word) + 1] : [],
    ),
    isForAll: asksForAll(words),
    negates: words.includes('not'),
    tail: quoted.length === 0 ? [] : wordsOf(text.slice(text.lastIndexOf('"'))),
  };
}

function isNameOfNext(text: string, quoted: readonly Span[], at: number): boolean {
  const [span, next] = [quoted[at], quoted[at + 1]];
  if (span === undefined || next === undefined) return false;
  const between = text.slice(span.position + span.text.length + 1, next.position);
  return /^\W*(to)?\W*$/.test(between) && !between.includes(',');
}

/** The numeral that these words, nearest first, begin with, or come to after an "of". */
function countIn([first = '', second = '']: readonly string[]): number | undefined {
  const word = first === 'of' ? second : first;
  return /^\d$/.test(word) ? Number(word) : word === 'one' ? 1 : undefined;
}

/** Whether the instruction says an option: as a whole span, or word by word. */
export function saysOption(instruction: InstructionReading, option: string): boolean {
  const text = option.toLowerCase();
  if (text === '') return false;
  if (instruction.spans.some((span) => span.text.toLowerCase() === text)) return true;
  return shareOfWords(wordsOf(option), instruction.words) === 1;
}

/** Whether the instruction names an option as one that is to be off. */
export function deniesOption({ quotes, denials }: InstructionReading, option: string): boolean {
  const index = quotes.indexOf(option.toLowerCase());
  return index >= 0 && denials[index] === true;
}

/** Whether a text in lower case holds a span, word for word: "mate" does not hold "mat". */
export function holdsSpan(text: string, span: string): boolean {
  const sought = span.toLowerCase();
  if (sought === '') return false;
  for (let at = text.indexOf(sought); at >= 0; at = text.indexOf(sought, at + 1))
    if (!isWithinWord(text, at) && !isWithinWord(text, at + sought.length)) return true;
  return false;
}

/** Whether letters or digits stand on both sides of a place in a text. */
function isWithinWord(text: string, at: number): boolean {
  return /^[\p{L}\p{N}]{2}$/u.test(text.slice(Math.max(0, at - 1), at + 1));
}
