/** What there is to say of an element by the clause of the instruction that it is about. */
import { shareSaid } from '../clauses.ts';
import type { ElementReading } from '../element-reading.ts';
import type { PageReading } from '../page-reading.ts';
import { isSaidBy } from '../instruction-progress.ts';
import type { Note } from './note.ts';

/** Index of the clause that an element is about: what holds no span is about the one that was touched last. */
export function clauseAbout({ progress }: PageReading, { clause }: ElementReading): number {
  return clause < 0 ? progress.last : clause;
}

/** Whether it is the one of its role that a clause means, whether that is due, and whether the clause says its name. */
export function noteClause(note: Note, reading: PageReading, target: ElementReading): void {
  const { instruction, progress, mostHeld } = reading;
  const { label, element, share } = target;
  const about = clauseAbout(reading, target);
  const clause = instruction.clauses[about];
  if (target.clause >= 0) {
    const isMost = share === mostHeld.get(`${element.role} ${about}`);
    note('holds most of its clause', isMost);
    note('another holds more of its clause', !isMost);
    note('its clause was touched last', about === progress.last);
  }
  note('its clause comes next', about === progress.next && about >= 0);
  if (target.isQuoted) return;
  const said = clause === undefined ? 0 : shareSaid(label, clause);
  const isDone = target.clause < 0 && progress.since.includes(label);
  note('words of name in its clause', said);
  note('its clause says it, and it was not done', isSaidBy(label, clause) && !isDone);
  note('its clause says it, and it was done', isSaidBy(label, clause) && isDone);
  note('another clause says it', said === 0 && instruction.clauses.some((other) => isSaidBy(label, other)));
}

/** How a span that is typed or chosen stands; `span` is its index, −1 for none. */
export function noteSpan(note: Note, { instruction, progress, isLeft }: PageReading, span: number): void {
  if (span < 0 || span >= instruction.quotes.length) return;
  note('span is left', isLeft[span] === true);
  note('span comes next', isLeft.indexOf(true) === span);
  note('span of the clause touched last', instruction.clauses[progress.last]?.spans.includes(span) === true);
  note('span after the one touched last', span === progress.lastSpan + 1 && progress.lastSpan >= 0);
}
