/** What there is to say of clicking a button, a link, or whatever else is no choice. */
import type { PageElement } from 'lamarck/agent';
import type { ElementReading } from '../element-reading.ts';
import { ledTo, type Memory } from '../memory.ts';
import type { PageReading } from '../page-reading.ts';
import { noteClause } from './asking.ts';
import type { Note } from './note.ts';

export function noteClicking(note: Note, reading: PageReading, memory: Memory, target: ElementReading): void {
  const { element, label } = target;
  const news = reading.news.filter(({ element: other }) => other.role === element.role);
  const led = ledTo(memory, label);
  note('name is quoted', target.isQuoted);
  note('name holds a quoted span', target.holdsQuote && !target.isQuoted);
  note('words of name in instruction', target.overlap);
  note('one of several alike', target.kin.length > 1);
  noteRow(note, reading, target);
  noteSubject(note, reading, target);
  notePlace(note, reading, target);
  for (const state of element.state ?? []) if (state !== 'focused') note(`is ${state}`, true);
  note('its colour is said', isColourSaid(reading, element));
  note(
    'a colour that is said is beside it',
    target.beside.some((other) => isColourSaid(reading, other)),
  );
  note('in the fold of a span', target.folder >= 0);
  note('in the fold of no span', target.folder === -1);
  note('no span that is left is shown', reading.isLeftHidden);
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
  if (element.role === 'button') noteButton(note, reading, memory, target);
}

function isColourSaid({ instruction }: PageReading, { color }: PageElement): boolean {
  return color !== undefined && instruction.words.includes(color);
}

/** Where a button stands among the others, and whether it is its moment. */
function noteButton(note: Note, reading: PageReading, memory: Memory, target: ElementReading): void {
  const { element } = target;
  note('button with a lone choice unsettled', reading.isLoneChoiceUnsettled);
  const place = reading.buttons.indexOf(target);
  note('first button', place === 0);
  note('last button', place === reading.buttons.length - 1);
  note('only button', reading.buttons.length === 1);
  const neighbours = target.beside.filter(({ role }) => role === 'button').map(({ box }) => box[0]);
  note('leftmost of a row of buttons', neighbours.length > 0 && neighbours.every((x) => x > element.box[0]));
  note('rightmost of a row of buttons', neighbours.length > 0 && neighbours.every((x) => x < element.box[0]));
  note('button after setting', reading.isAfterSetting);
  note('button that follows what was set', reading.isAfterSetting && reading.follower === target);
  note('button for an item after setting', reading.isAfterSetting && target.kin.length > 1);
  note('button with fields empty', reading.emptyFields > 0);
  note(
    'button beside the last element',
    memory.lastElement !== undefined && isNear(memory.lastElement.box, element.box),
  );
}

/** How the span that it is about stands: what is asked to be done with it, how often, and whether it is its turn. */
function noteSubject(
  note: Note,
  { instruction, isLeft, lastSubject }: PageReading,
  target: ElementReading,
): void {
  const { subject, fits } = target;
  const best = Math.max(0, ...fits);
  const fit = fits[subject] ?? 0;
  note('about a span', subject >= 0);
  note('about none, unlike its kin', subject < 0 && target.kin.length > 1);
  note('name near a span', best > 0);
  note('name near its span', fit);
  note('name nearer to another span', fit < best);
  if (lastSubject >= 0) {
    const last = fits[lastSubject] ?? 0;
    note('name near the span touched last', last);
    note('name nearer to another span than that touched last', last < best);
  }
  if (subject < 0) return;
  note('its span is left', isLeft[subject] === true);
  note('its span comes next', isLeft.indexOf(true) === subject);
  note('all of its kind are asked for', instruction.isForAll);
}

/** Whether it stands beside more of the spans that are left than others of its kin do. */
function noteLeft(note: Note, { placed, elements }: PageReading, { holds, kin }: ElementReading): void {
  if (kin.length < 2) return;
  const leftIn = (held: readonly boolean[]) =>
    held.filter((isHeld, at) => isHeld && placed[at] === false).length;
  const own = leftIn(holds);
  const most = Math.max(...kin.map(({ ref }) => leftIn(elements.get(ref)?.holds ?? [])));
  note('most of what is left is beside it', own > 0 && own === most);
  note('more of what is left is beside another', own < most);
}

/** Whether its place among those alike is one that the instruction speaks of. */
function notePlace(
  note: Note,
  { instruction, elements }: PageReading,
  { element, kin }: ElementReading,
): void {
  if (instruction.places.length === 0) return;
  const alike =
    kin.length > 1
      ? kin
      : [...elements.values()].map((other) => other.element).filter(({ role }) => role === element.role);
  const place = alike.indexOf(element);
  const isSaid = instruction.places.some((said) => (said < 0 ? alike.length + said : said - 1) === place);
  note('its place is said', isSaid);
  note('another place is said', !isSaid);
}

/** Whether its row is the one that is meant. */
export function noteRow(note: Note, reading: PageReading, target: ElementReading): void {
  const { holds, isRowNamed, kin } = target;
  const share = holds.length === 0 ? 0 : holds.filter((isHeld) => isHeld).length / holds.length;
  noteClause(note, reading, target);
  note('share of spans in its row', share);
  note('all spans in its row', share === 1);
  note('row is named by a quoted span', isRowNamed);
  noteLeft(note, reading, target);
  note('no span in its row', share === 0 && kin.length > 1);
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
