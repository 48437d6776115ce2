import { app } from '../app.ts';
import type { Look } from '../look.ts';

/** A column of numbers has a unit; one without is of texts. */
export interface Column {
  readonly label: string;
  readonly unit?: string;
}

/** What the table of one task shows. */
export interface SortablePage {
  readonly look: Look;
  readonly title: string;
  /** The first is of names, which are different in each row. */
  readonly columns: readonly Column[];
  readonly items: readonly (readonly (string | number)[])[];
  /** Rows on one page of the table. */
  readonly most: number;
  /** How it is sorted: by a press on a column's head, or by two choices above the table. */
  readonly sorting: 'heads' | 'choice';
  /** What the first press on a head of numbers does. */
  readonly firstWay: 'up' | 'down';
  readonly picking: 'button' | 'radio' | 'checkbox';
  readonly labels: Readonly<Record<'pick' | 'send' | 'sort' | 'next' | 'previous' | 'up' | 'down', string>>;
}

export function sortableSite(options: SortablePage): Record<string, string> {
  const { look, title, ...data } = options;
  return { '/': app({ look, title, data: { ...data, idiom: look.choice }, script: SCRIPT }) };
}

const SCRIPT = `
const { labels, columns } = data;
const heads = columns.map(({ label }) => label);
let sort = { by: -1, way: 'up' };
let page = 0;
let chosen = new Set();
const sent = [];
tell(() => ({ sent }));

const sorted = () => {
  if (sort.by < 0) return data.items;
  const up = data.items.toSorted((one, other) => (one[sort.by] < other[sort.by] ? -1 : 1));
  return sort.way === 'up' ? up : up.toReversed();
};
const sortBy = (by, way) => { sort = { by, way }; page = 0; draw(); };
const other = { up: 'down', down: 'up' };
const press = (by) => () => sortBy(by, sort.by === by ? other[sort.way] : columns[by].unit ? data.firstWay : 'up');
const arrow = (by) => (sort.by !== by ? '' : sort.way === 'up' ? ' ▲' : ' ▼');
const head = (by) => data.sorting === 'heads' ? button(heads[by] + arrow(by), press(by)) : heads[by];
const chooser = () => {
  if (data.sorting !== 'choice') return null;
  const ways = [labels.up, labels.down];
  const bySelect = h('select', { change: () => sortBy(heads.indexOf(bySelect.value), sort.way) }, ...options(['', ...heads], heads[sort.by] ?? ''));
  return h('div', { class: 'bar' }, named(labels.sort, bySelect),
    choice(data.idiom, 'Order', ways, sort.way === 'up' ? labels.up : labels.down, (text) => sortBy(sort.by, text === labels.up ? 'up' : 'down')));
};

const send = () => {
  if (chosen.size !== 1) return warn('Choose one.');
  sent.push([...chosen][0]);
  chosen = new Set();
  draw();
  say('Thank you for your choice.');
};
const picker = (name) => {
  if (data.picking === 'button') return button(labels.pick, () => { sent.push(name); say(name + ': noted.'); }, forItem(labels.pick, name));
  const box = h('input', { type: data.picking, name: 'pick', checked: chosen.has(name), ...(look.namesItems ? { 'aria-label': name } : { 'aria-label': labels.pick }) });
  box.addEventListener('change', () => {
    if (data.picking === 'radio') chosen = new Set([name]);
    else if (box.checked) chosen.add(name);
    else chosen.delete(name);
  });
  return box;
};
const written = (value, { unit }) => (unit ? value + ' ' + unit : value);
const table = h('section');
const draw = () => {
  const all = sorted();
  const pages = Math.ceil(all.length / data.most);
  const shown = all.slice(page * data.most, (page + 1) * data.most);
  const cells = (item) => [...item.map((value, at) => written(value, columns[at])), picker(item[0])];
  const turn = (text, by) => button(text, () => { page += by; draw(); }, { disabled: page + by < 0 || page + by >= pages });
  table.replaceChildren(...[
    chooser(),
    h('table', {},
      h('thead', {}, h('tr', {}, ...columns.map((_, by) => h('th', { scope: 'col', 'aria-sort': sort.by === by ? (sort.way === 'up' ? 'ascending' : 'descending') : undefined }, head(by))), h('th', { scope: 'col' }, ''))),
      h('tbody', {}, ...shown.map((item) => h('tr', {}, ...cells(item).map((cell) => h('td', {}, cell)))))),
    pages > 1 && h('div', { class: 'bar' }, turn(labels.previous, -1), 'Page ' + (page + 1) + ' of ' + pages, turn(labels.next, 1)),
    data.picking !== 'button' && h('p', {}, button(labels.send, send)),
  ].filter(Boolean));
};
root.append(table);
draw();
`;
