/** What there is to say of where on the page an element stands, in the light of what is left to do. */
import type { ElementReading } from '../element-reading.ts';
import { followsEmptyField } from '../layout.ts';
import { ledTo, spotOf, type Memory } from '../memory.ts';
import type { PageReading } from '../page-reading.ts';
import { isSaidBy } from '../instruction-progress.ts';
import type { LeftToDo } from '../advancing-actions.ts';
import type { Note } from './note.ts';

export function noteTargetPlace(
  note: Note,
  reading: PageReading,
  memory: Memory,
  target: ElementReading,
  left: LeftToDo,
): void {
  const { layout, instruction, progress } = reading;
  const { element, label, clause } = target;
  if (layout.dialog !== undefined)
    note(layout.dialog.has(element.ref) ? 'in the dialog' : 'outside of the dialog', true);
  note(
    'its heading is said in its clause',
    isSaidBy(layout.headings.get(element.ref) ?? '', instruction.clauses[clause]),
  );
  note('the clause that comes next says it', isSaidBy(label, instruction.clauses[progress.next]));
  noteEnds(note, reading, target);
  noteAgain(note, reading, memory, target);
  if (element.role === 'button') note('follows an empty field', followsEmptyField(reading.page, element));
  const isTried =
    layout.turner === element.ref ? ledTo(memory, label) === 'nowhere' : memory.clicked.includes(label);
  if (layout.turner === element.ref || layout.closed.has(element.ref)) {
    note(`shows another part while what is left ${left}`, !isTried);
    note(`showed another part already, while what is left ${left}`, isTried);
    note('comes after what is open', layout.next === element.ref);
  } else note(`shows no other part while what is left ${left}`, true);
  note(
    `has another name than what was clicked there, while what is left ${left}`,
    memory.spots.includes(spotOf(element)) && !memory.clicked.includes(label),
  );
  if (left === 'can be set') return;
  note(`is new here while what is left ${left}`, reading.news.includes(target));
  note(`is said while what is left ${left}`, target.overlap >= 0.5 && !layout.closed.has(element.ref));
  note(
    `is closed and said while what is left ${left}`,
    target.overlap >= 0.5 && layout.closed.has(element.ref),
  );
}

/** Whether it is the first or the last that can be done with its span, which the instruction counts or not. */
function noteEnds(
  note: Note,
  { ends, instruction }: PageReading,
  { subject, element }: ElementReading,
): void {
  const end = ends.get(subject);
  if (end === undefined || end.first === end.last) return;
  const counted = instruction.isCounted[subject] === true ? 'counted' : 'not counted';
  note(`first about its span, which is ${counted}`, end.first === element.ref);
  note(`last about its span, which is ${counted}`, end.last === element.ref);
}

/** Whether it was clicked last, and the instruction asks for its span more often than it was dealt with. */
function noteAgain(
  note: Note,
  { isLeft, instruction }: PageReading,
  memory: Memory,
  { label, subject }: ElementReading,
): void {
  const isLeftOver = isLeft[subject] === true && (instruction.counts[subject] ?? 1) > 1;
  note('clicked last, and asked for once more', isLeftOver && memory.clicked.at(-1) === label);
}
