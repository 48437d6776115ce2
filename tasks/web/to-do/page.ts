import { app } from '../app.ts';
import type { Look } from '../look.ts';

/** One task of the list; its text tells it from all others. */
export type Item = { readonly text: string; readonly done: boolean };

/** Which tasks are shown. */
export type Show = 'all' | 'open' | 'done';

/** What the task list of one task shows. */
export interface ToDo {
  readonly look: Look;
  readonly title: string;
  readonly items: readonly Item[];
  /** Which tasks are shown at the start. */
  readonly show: Show;
  /** Whether that can be changed. */
  readonly filters: boolean;
  /** Texts can be changed. */
  readonly edits: boolean;
  /** A question comes before anything is deleted. */
  readonly confirms: boolean;
  readonly completes: 'checkbox' | 'button';
  /** Where new tasks are typed, and come to stand. */
  readonly entry: 'above' | 'below';
  readonly labels: Readonly<Record<'field' | 'add' | 'remove' | 'edit' | 'save' | 'yes', string>>;
}

export function toDoSite(options: ToDo): Record<string, string> {
  const { look, title, ...data } = options;
  return { '/': app({ look, title, data, script: SCRIPT }) };
}

const SCRIPT = `
const { labels } = data;
let items = data.items.map((item) => ({ ...item }));
let show = data.show;
let edited = null;
let doomed = null;
// The state does not tell in which order the tasks stand.
tell(() => ({ items: items.map(({ text, done }) => ({ text, done })).sort((one, other) => (one.text < other.text ? -1 : 1)) }));

const isFree = (text) => text !== '' && !items.some((item) => item.text === text);
const add = (event) => {
  event.preventDefault();
  const text = field.value.trim();
  if (!isFree(text)) return warn(text ? 'That is on the list already.' : 'Write something first.');
  items = data.entry === 'above' ? [{ text, done: false }, ...items] : [...items, { text, done: false }];
  field.value = '';
  draw();
  say('Added.');
};
const field = h('input', { type: 'text', autocomplete: 'off' });
const entry = h('form', { submit: add }, named(labels.field, field), h('p', {}, h('button', {}, labels.add)));

const complete = (item) => {
  item.done = !item.done;
  draw();
  say(item.text + (item.done ? ': done.' : ': not done.'));
};
const remove = (item) => {
  items = items.filter((one) => one !== item);
  doomed = edited = null;
  draw();
  say('Deleted.');
};
const rename = (item, text) => {
  if (text !== item.text && !isFree(text)) return warn('Choose another text.');
  item.text = text;
  edited = null;
  draw();
};
const editor = () => {
  const item = edited;
  const box = h('input', { type: 'text', autocomplete: 'off', value: item.text });
  return h('form', { class: 'panel', submit: (event) => { event.preventDefault(); rename(item, box.value.trim()); } },
    named('Task', box), h('p', {}, h('button', {}, labels.save), button('Cancel', () => { edited = null; draw(); })));
};
const label = (item) => {
  if (data.completes === 'button') return h('span', {}, item.done ? h('s', {}, item.text) : item.text);
  const box = h('input', { type: 'checkbox', checked: item.done, change: () => complete(item) });
  return h('label', {}, box, ' ' + item.text);
};
const controls = (item) => {
  const turn = item.done ? 'Not done' : 'Done';
  return h('span', {},
    data.completes === 'button' && button(turn, () => complete(item), forItem(turn, item.text)),
    data.edits && button(labels.edit, () => { edited = item; draw(); }, forItem(labels.edit, item.text)),
    button(labels.remove, () => { if (data.confirms) { doomed = item; draw(); } else remove(item); }, forItem(labels.remove, item.text)));
};
const question = () => h('div', { role: 'alertdialog', class: 'panel', 'aria-label': 'Delete?' },
  h('p', {}, 'Delete "' + doomed.text + '" for good?'),
  h('p', {}, button(labels.yes, () => remove(doomed)), button('Cancel', () => { doomed = null; draw(); })));
const views = { All: 'all', Open: 'open', Done: 'done' };
const filters = () => h('div', { class: 'bar', role: 'group', 'aria-label': 'Show' }, h('span', {}, 'Show'),
  ...Object.entries(views).map(([text, view]) => button(text, () => { show = view; draw(); }, { 'aria-pressed': show === view })));

const list = h('section');
const draw = () => {
  const shown = items.filter(({ done }) => show === 'all' || done === (show === 'done'));
  list.replaceChildren(...[
    data.filters && filters(),
    doomed && question(),
    edited && editor(),
    shown.length > 0 ? rows(['Task', ''], shown.map((item) => [label(item), controls(item)])) : h('p', {}, 'Nothing to show.'),
    h('p', {}, items.filter(({ done }) => !done).length + ' open'),
  ].filter(Boolean));
};
root.append(...(data.entry === 'above' ? [entry, list] : [list, entry]));
draw();
`;
