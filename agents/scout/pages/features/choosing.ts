/** What there is to say of choosing an option of a list, and of clicking a choice. */
import type { ElementReading } from '../element-reading.ts';
import { deniesOption, saysOption } from '../instruction-reading.ts';
import type { Memory } from '../memory.ts';
import type { PageReading } from '../page-reading.ts';
import { noteSpan } from './asking.ts';
import { noteRow } from './clicking.ts';
import type { Note } from './note.ts';

export function noteOption(note: Note, reading: PageReading, list: ElementReading, option: string): void {
  const { instruction } = reading;
  const value = list.element.value ?? '';
  const index = instruction.spans.findIndex((span) => span.text.toLowerCase() === option.toLowerCase());
  note('option is a span', index >= 0);
  noteSpan(note, reading, index);
  note('option is said', saysOption(instruction, option));
  note('option is not said', !saysOption(instruction, option));
  note('another said one is chosen', saysOption(instruction, value));
  note('label near span', index < 0 ? 0 : (list.fits[index] ?? 0));
  note(
    'option is the count of its span',
    list.subject >= 0 && option === String(instruction.counts[list.subject]),
  );
  noteRow(note, reading, list);
}

export function noteChoice(note: Note, reading: PageReading, memory: Memory, choice: ElementReading): void {
  const { instruction, elements, isLoneChoiceUnsettled } = reading;
  const { element, isChecked, label } = choice;
  const isDenied = deniesOption(instruction, label);
  const isSaid = saysOption(instruction, label) && !isDenied;
  const alike = [...elements.values()].filter((other) => other.element.role === element.role);
  note('choice is said', isSaid && !isChecked);
  note('choice is not said', !isSaid && !isChecked);
  note('said choice is made', isSaid && isChecked);
  note('choice is made that is not said', !isSaid && isChecked);
  note('denied choice is made', isDenied && isChecked);
  note('is new here', reading.news.includes(choice));
  noteRow(note, reading, choice);
  note('words of choice in instruction', choice.overlap);
  note('clicked before', memory.clicked.includes(label));
  if (alike.length > 1) return;
  // A lone choice is a yes or no, which an instruction may put in other words.
  note('lone choice unsettled', isLoneChoiceUnsettled);
  note('lone choice settled', !isLoneChoiceUnsettled);
}
