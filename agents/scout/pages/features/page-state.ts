/** What there is to say of an action without an element: it is about the moment. */
import { shareOfWords, wordsOf } from 'lamarck/agent';
import type { Memory } from '../memory.ts';
import type { PageReading } from '../page-reading.ts';
import type { Note } from './note.ts';

export function notePageState(note: Note, reading: PageReading, memory: Memory): void {
  const { page, news, fields, buttons, emptyFields, placed, isChoiceOpen, hasChanged } = reading;
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
  note('after setting', reading.isAfterSetting);
  note('after a key', memory.lastKind === 'press');
  note('in a tab that was opened', page.tab !== page.tabs?.[0]?.tab);
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

/** What there is to say of answering the dialog that is shown; `text` is '' where none is typed. */
export function noteDialog(
  note: Note,
  { instruction, page, placed }: PageReading,
  memory: Memory,
  text: string,
): void {
  if (page.dialog === undefined) return;
  const { kind, message } = page.dialog;
  const said = message.toLowerCase();
  const index = instruction.spans.findIndex((span) => span.text === text);
  note(`dialog is ${kind}`, true);
  note(
    `dialog is ${kind}, and one was dismissed`,
    memory.done.some((description) => description.startsWith('dismiss')),
  );
  note('words of message in instruction', shareOfWords(wordsOf(message), instruction.words));
  note(
    'message holds a quoted span',
    instruction.quotes.some((quote) => quote !== '' && said.includes(quote)),
  );
  note('text is a span that is left', text !== '' && placed[index] === false);
  note('text is another', text !== '' && placed[index] !== false);
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
