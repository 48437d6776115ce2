/** What there is to say of choosing an option of a list, and of clicking a choice. */
import type { ElementReading } from '../element-reading.ts';
import { saysOption } from '../instruction-reading.ts';
import type { Memory } from '../memory.ts';
import type { PageReading } from '../reading.ts';
import { noteRow } from './clicking.ts';
import type { Note } from './note.ts';

export function noteOption(
  note: Note,
  { instruction }: PageReading,
  list: ElementReading,
  option: string,
): void {
  const value = list.element.value ?? '';
  const index = instruction.spans.findIndex((span) => span.text.toLowerCase() === option.toLowerCase());
  note('option is a span', index >= 0);
  note('option is said', saysOption(instruction, option));
  note('option is not said', !saysOption(instruction, option));
  note('another said one is chosen', saysOption(instruction, value));
  note('label near span', index < 0 ? 0 : (list.fits[index] ?? 0));
  noteRow(note, list);
}

export function noteChoice(
  note: Note,
  { instruction, elements, isLoneChoiceUnsettled }: PageReading,
  memory: Memory,
  choice: ElementReading,
): void {
  const { element, isChecked, label } = choice;
  const isSaid = saysOption(instruction, label);
  const alike = [...elements.values()].filter((other) => other.element.role === element.role);
  note('choice is said', isSaid && !isChecked);
  note('choice is not said', !isSaid && !isChecked);
  note('said choice is made', isSaid && isChecked);
  note('choice is made that is not said', !isSaid && isChecked);
  note('words of choice in instruction', choice.overlap);
  note('clicked before', memory.clicked.includes(label));
  if (alike.length > 1) return;
  // A lone choice is a yes or no, which an instruction may put in other words.
  note('lone choice unsettled', isLoneChoiceUnsettled);
  note('lone choice settled', !isLoneChoiceUnsettled);
}
