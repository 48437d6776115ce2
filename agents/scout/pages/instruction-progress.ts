/** Where an episode stands in its instruction: which clause was touched last, which comes next. */
import { namingWords, shareSaid, type Clause } from './clauses.ts';
import { holdsSpan, type InstructionReading } from './instruction-reading.ts';
import type { Memory } from './memory.ts';

export interface InstructionProgress {
  /** Index of the clause whose spans were touched last; −1 where none was. */
  readonly last: number;
  /** Index of the quoted span that was touched last, or −1. */
  readonly lastSpan: number;
  /**
   * Index of the first clause of which a span is left, or which has none, says nothing that was clicked, and was not passed
   * by touching a later one.
   */
  readonly next: number;
  /** Lower-case labels of what was dealt with since a span was touched, its own the first. */
  readonly since: readonly string[];
}

/** Share of a label that a clause says, from which on it is taken to be meant. */
const SAID = 0.5;

/**
 * @param isLeft for each span, whether something is still to be done with it.
 * @param others indices of clauses that ask for all of a kind, of which another is shown.
 */
export function progressOf(
  { clauses, quotes }: InstructionReading,
  memory: Memory,
  isLeft: readonly boolean[],
  others: readonly number[],
): InstructionProgress {
  const touches = memory.course.map((texts) => spansIn(quotes, texts));
  const lastSpans = touches.findLast((spans) => spans.length > 0) ?? [];
  // What is typed or chosen is for what was touched before.
  const start = touches.findLastIndex((spans) =>
    spans.some((span) => !memory.used.includes(quotes[span] ?? '')),
  );
  const last = clauseOf(
    clauses,
    quotes.map((_, index) => lastSpans.includes(index)),
  );
  const isOpen = (clause: Clause, index: number) =>
    clause.spans.length > 0
      ? clause.spans.some((span) => isLeft[span]) || others.includes(index)
      : index >= last && !memory.clicked.some((label) => shareSaid(label, clause) >= SAID);
  return {
    last,
    lastSpan: lastSpans.findLast((span) => clauses[last]?.spans.includes(span)) ?? -1,
    next: clauses.findIndex(isOpen),
    since: memory.course.slice(Math.max(0, start)).map(([label = '']) => label),
  };
}

/** Index of the clause of whose spans the largest share is held; the first of several, −1 where none is held. */
export function clauseOf(clauses: readonly Clause[], holds: readonly boolean[]): number {
  const shares = clauses.map((clause) => shareHeld(clause, holds));
  const most = Math.max(0, ...shares);
  return most === 0 ? -1 : shares.indexOf(most);
}

/** Share of a clause's spans that are held. */
export function shareHeld(clause: Clause | undefined, holds: readonly boolean[]): number {
  if (clause === undefined || clause.spans.length === 0) return 0;
  return clause.spans.filter((span) => holds[span]).length / clause.spans.length;
}

/** Whether a clause says at least half of a label. */
export function isSaidBy(label: string, clause: Clause | undefined): boolean {
  return clause !== undefined && namingWords(label).length > 0 && shareSaid(label, clause) >= SAID;
}

/** Quoted spans that one of these texts is, else those that one of them holds. */
function spansIn(quotes: readonly string[], texts: readonly string[]): number[] {
  const having = (has: (text: string, quote: string) => boolean) =>
    quotes.flatMap((quote, index) => (texts.some((text) => has(text, quote)) ? [index] : []));
  const equal = having((text, quote) => text === quote);
  return equal.length > 0 ? equal : having(holdsSpan);
}
