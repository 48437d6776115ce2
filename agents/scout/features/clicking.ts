/** What there is to say of clicking a button, a link, or whatever else is no choice. */
import type { ElementReading } from '../element-reading.ts';
import type { Memory } from '../memory.ts';
import type { PageReading } from '../reading.ts';
import type { Note } from './note.ts';

export function noteClicking(note: Note, reading: PageReading, memory: Memory, target: ElementReading): void {
  const { element, label } = target;
  const news = reading.news.filter(({ element: other }) => other.role === element.role);
  const led = memory.ledTo[label];
  note('name is quoted', target.isQuoted);
  note('name holds a quoted span', target.holdsQuote && !target.isQuoted);
  note('words of name in instruction', target.overlap);
  note('one of several alike', target.twins > 1);
  noteRow(note, target);
  note(
    'a choice beside it is open',
    target.beside.some(({ ref }) => reading.elements.get(ref)?.isOpen === true),
  );
  note('clicked before', memory.clicked.includes(label));
  note('led on before', led === 'on');
  note('led back before', led === 'back');
  note('led nowhere before', led === 'nowhere');
  note('is new here', news.includes(target));
  note('is the first that is new here', news[0] === target);
  note(
    'a new status is shown',
    reading.news.some(({ element: other }) => other.role === 'status'),
  );
  if (element.role !== 'button') return;
  note('button with a lone choice unsettled', reading.isLoneChoiceUnsettled);
  const place = reading.buttons.indexOf(target);
  note('first button', place === 0);
  note('last button', place === reading.buttons.length - 1);
  note('only button', reading.buttons.length === 1);
  const neighbours = target.beside.filter(({ role }) => role === 'button').map(({ box }) => box[0]);
  note('leftmost of a row of buttons', neighbours.length > 0 && neighbours.every((x) => x > element.box[0]));
  note('rightmost of a row of buttons', neighbours.length > 0 && neighbours.every((x) => x < element.box[0]));
  note('button after setting', memory.lastKind === 'fill' || memory.lastKind === 'select');
  note('button with fields empty', reading.emptyFields > 0);
  note(
    'button beside the last element',
    memory.lastElement !== undefined && isNear(memory.lastElement.box, element.box),
  );
}

/** Whether its row is the one that is meant. */
export function noteRow(note: Note, { holds, isRowNamed, twins }: ElementReading): void {
  const share = holds.length === 0 ? 0 : holds.filter((isHeld) => isHeld).length / holds.length;
  note('share of spans in its row', share);
  note('all spans in its row', share === 1);
  note('row is named by a quoted span', isRowNamed);
  note('no span in its row', share === 0 && twins > 1);
}

/** Within 80 px beside, 16 px below: the distance of a field's own button. */
function isNear(one: readonly number[], other: readonly number[]): boolean {
  const gap = (at: number) =>
    Math.max(
      (one[at] ?? 0) - (other[at] ?? 0) - (other[at + 2] ?? 0),
      (other[at] ?? 0) - (one[at] ?? 0) - (one[at + 2] ?? 0),
      0,
    );
  const distance = Math.max(gap(0) / 80, gap(1) / 16);
  return distance <= 1 && one.join() !== other.join();
}
