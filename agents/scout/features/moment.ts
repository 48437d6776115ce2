/** What there is to say of an action without an element: it is about the moment. */
import type { Memory } from '../memory.ts';
import type { PageReading } from '../reading.ts';
import type { Note } from './note.ts';

export function noteMoment(note: Note, reading: PageReading, memory: Memory): void {
  const { news, fields, buttons, emptyFields, placed, isChoiceOpen, hasChanged } = reading;
  const isAfterClick = memory.lastKind === 'click';
  const role = memory.lastElement?.role ?? '';
  note('first step', memory.done.length === 0);
  note('nothing changed', memory.done.length > 0 && !hasChanged);
  note('a span unplaced', placed.includes(false));
  note('a choice open', isChoiceOpen);
  note('fields empty', emptyFields > 0);
  note('fields full', emptyFields === 0 && fields.length > 0);
  note('no fields', fields.length === 0);
  note('no buttons', buttons.length === 0);
  note('after a button changed the page', isAfterClick && role === 'button' && hasChanged);
  note('after another click', isAfterClick && role !== 'button');
  note('after setting', memory.lastKind === 'fill' || memory.lastKind === 'select');
  note('after a key', memory.lastKind === 'press');
  note('a lone choice unsettled', reading.isLoneChoiceUnsettled);
  note(
    'something new holds a quoted span',
    news.some(({ holdsQuote }) => holdsQuote),
  );
  note(
    'a new status',
    news.some(({ element }) => element.role === 'status'),
  );
  note(
    'a new alert',
    news.some(({ element }) => element.role === 'alert'),
  );
  note(
    'something to click is new',
    news.some(({ element }) => element.role === 'button' || element.role === 'link'),
  );
}

/** What there is to say of giving an answer. */
export function noteAnswer(note: Note, { instruction, elements }: PageReading, answer: string): void {
  const sources = [...elements.values()].filter(({ label }) => label === answer.toLowerCase());
  note('has an answer', true);
  note('answer is in the instruction', instruction.quotes.includes(answer.toLowerCase()));
  note(
    'answer in a row with a span',
    sources.some(({ holds }) => holds.includes(true)),
  );
}
