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

export interface InstructionReading {
  /** Words outside of quotes. */
  readonly words: readonly string[];
  /** Quoted spans, then numerals. */
  readonly spans: readonly Span[];
  /** Quoted texts in lower case. */
  readonly quotes: readonly string[];
  /** For each span, the words that introduce or follow it, nearest first. */
  readonly contexts: readonly (readonly string[])[];
  /** Whether it says "not". */
  readonly negates: boolean;
  /** Words that follow the last quoted span. */
  readonly tail: readonly string[];
}

export function readInstruction(text: string): InstructionReading {
  const quoted = quotedSpans(text);
  const spans = [...quoted, ...numberSpans(text)];
  const words = wordsOf(withoutQuotes(text));
  return {
    words,
    spans,
    quotes: quoted.map((span) => span.text.toLowerCase()),
    contexts: spans.map((span) => {
      const { before, after } = wordsAround(text, span);
      return [...before, ...after.slice(0, 2)];
    }),
    negates: words.includes('not'),
    tail: quoted.length === 0 ? [] : wordsOf(text.slice(text.lastIndexOf('"'))),
  };
}

/** Whether the instruction says an option: as a whole span, or word by word. */
export function saysOption(instruction: InstructionReading, option: string): boolean {
  const text = option.toLowerCase();
  if (text === '') return false;
  if (instruction.spans.some((span) => span.text.toLowerCase() === text)) return true;
  return shareOfWords(wordsOf(option), instruction.words) === 1;
}

/** Whether a text in lower case holds a span; numerals only as whole words. */
export function holdsSpan(text: string, span: string): boolean {
  return /^\d+$/.test(span) ? wordsOf(text).includes(span) : span !== '' && text.includes(span.toLowerCase());
}
