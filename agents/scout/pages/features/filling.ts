/** The features (named facts) of the action that types a text into a field. */
import type { ElementReading } from '../element-reading.ts';
import type { Memory } from '../memory.ts';
import { buttonAfter, placeInForm, type PageReading } from '../page-reading.ts';
import { noteSpan } from './asking.ts';
import type { Note } from './note.ts';

export function noteFilling(
  note: Note,
  reading: PageReading,
  memory: Memory,
  field: ElementReading,
  text: string,
): void {
  const { instruction, fields } = reading;
  const index = instruction.spans.findIndex((span) => span.text === text);
  const value = field.element.value ?? '';
  note('quoted span', index >= 0 && index < instruction.quotes.length);
  noteSpan(note, reading, index);
  note('numeral', index >= instruction.quotes.length);
  note('no span', index < 0);
  note(
    'text is shown on the page',
    reading.page.elements.some(({ name, text: own = name }) => own === text),
  );
  note('number field', field.element.role === 'spinbutton');
  note('field is empty', value === '');
  note('field is new here', reading.news.includes(field));
  note('field has another span', value !== text && instruction.spans.some((span) => span.text === value));
  note('text used before', memory.used.includes(text.toLowerCase()));
  note(
    'text is on another field',
    fields.some(({ element }) => element !== field.element && element.value === text),
  );
  note('only field', fields.length === 1);
  note('words of label in instruction', field.overlap);
  note(
    'text is the count of its span',
    field.subject >= 0 && text === String(instruction.counts[field.subject]),
  );
  note(
    "words of its form's button in instruction",
    buttonAfter([...reading.elements.values()], field)?.overlap ?? 0,
  );
  if (index < 0) return;
  const fit = field.fits[index] ?? 0;
  const bestOfField = Math.max(...field.fits);
  const bestOfSpan = Math.max(...fields.map(({ fits }) => fits[index] ?? 0));
  note('label near span', fit);
  note('label nearest to this span', fit > 0 && fit === bestOfField);
  note('label nearer to another span', fit < bestOfField);
  note('another label nearer to span', fit < bestOfSpan);
  note('same place in its form', fields.length > 1 && placeInForm(reading, field) === index);
  note('another place in its form', fields.length > 1 && placeInForm(reading, field) !== index);
}
