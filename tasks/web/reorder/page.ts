import { app } from '../app.ts';
import type { Look } from '../look.ts';

/** A list of different items. */
export type Column = { readonly name: string; readonly items: string[] };

/** What the lists of one task show. */
export interface Lists {
  readonly look: Look;
  readonly title: string;
  readonly columns: readonly Column[];
  /** What moves an item: a drag of the browser's, or the page's own by pointer events. */
  readonly drags: 'native' | 'pointer';
  /** What is dragged: the whole item, or a handle on it. */
  readonly grips: 'item' | 'handle';
  /** Below each list there is a place to drop on, for its end. */
  readonly hasEnds: boolean;
  /** Nothing counts until it is saved. */
  readonly saves: boolean;
  readonly sideBySide: boolean;
  readonly labels: Readonly<Record<'save' | 'undo' | 'end', string>>;
}

export function listsSite(options: Lists): Record<string, string> {
  const { look, title, ...data } = options;
  return { '/': app({ look, title, data, script: SCRIPT, rules: RULES }) };
}

const RULES = `
.sortable { padding: 4px; min-width: 180px; } .sortable > li { border: 1px solid #999; margin: 3px 0; user-select: none; }
[aria-grabbed] { cursor: grab; } .end { opacity: 0.7; font-style: italic; }`;

const SCRIPT = `
const { labels } = data;
const copy = (columns) => columns.map(({ name, items }) => ({ name, items: [...items] }));
let columns = copy(data.columns);
let saved = copy(data.columns);
tell(() => ({ lists: data.saves ? saved : columns }));

let dragged = null;
const columnOf = (item) => columns.find(({ items }) => items.includes(item));
// What is dropped on takes the item in: above it, or below where the item comes from above in the same list.
const dropOn = (target, item) => {
  dragged = null;
  if (!item || item === target) return;
  const from = columnOf(item);
  const place = from.items.indexOf(item);
  const to = columns.find(({ name, items }) => name === target.name || items.includes(target));
  const onto = to.items.includes(target) ? to.items.indexOf(target) : to.items.length;
  from.items.splice(place, 1);
  to.items.splice(Math.min(onto, to.items.length), 0, item);
  draw();
  say(item + ' is number ' + (to.items.indexOf(item) + 1) + (columns.length > 1 ? ' of ' + to.name : '') + '.');
};
const drags = (item) => data.drags === 'pointer'
  ? { 'aria-grabbed': false, pointerdown: (event) => { event.preventDefault(); dragged = item; } }
  : { draggable: 'true', dragstart: (event) => { dragged = item; event.dataTransfer.setData('text/plain', item); }, dragend: () => { dragged = null; } };
const takes = (target) => data.drags === 'pointer'
  ? { 'data-drop': true, pointerup: () => dropOn(target, dragged) }
  : { 'data-drop': true, dragover: (event) => { if (dragged) event.preventDefault(); }, drop: (event) => { event.preventDefault(); dropOn(target, dragged); } };
addEventListener('pointerup', () => { dragged = null; });

const entry = (item) => data.grips === 'item'
  ? h('li', { ...drags(item), ...takes(item) }, item)
  : h('li', takes(item), h('div', { ...drags(item), 'aria-label': 'Move ' + item, role: 'img' }, '≡'), item);
const column = ({ name, items }) => h('section', {}, columns.length > 1 && h('h2', {}, name),
  h('ul', { class: 'sortable' }, ...items.map(entry), data.hasEnds && h('li', { class: 'end', ...takes({ name }) }, labels.end)));
const lists = h('div', { class: data.sideBySide && 'columns' });
const draw = () => lists.replaceChildren(...columns.map(column));
root.append(lists);
if (data.saves) root.append(h('div', { class: 'bar' },
  button(labels.save, () => { saved = copy(columns); say('Saved.'); }),
  button(labels.undo, () => { columns = copy(saved); draw(); say('As it was.'); })));
draw();
`;
