import { app } from '../app.ts';
import type { Look } from '../look.ts';

/** One entry of the catalogue; its name may be that of another one in another category. */
export interface Item {
  readonly name: string;
  readonly category: string;
  readonly flag: boolean;
  readonly detail: string;
}

/** What the list is narrowed down to. */
export type Filters = { readonly category: string; readonly flag: boolean };

/** What the catalogue of one task shows. */
export interface Catalogue {
  readonly look: Look;
  readonly title: string;
  readonly items: readonly Item[];
  readonly categories: readonly string[];
  readonly heads: { readonly name: string; readonly detail: string };
  readonly labels: {
    readonly category: string;
    readonly all: string;
    readonly flag: string;
    readonly take: string;
    readonly apply: string;
    readonly next: string;
    readonly previous: string;
    readonly more: string;
  };
  readonly offers: 'nothing' | 'category' | 'category and flag';
  /** What the filters are set to at the start. */
  readonly preset: Filters;
  /** Filters hold once a button is pressed, not at once. */
  readonly applies: boolean;
  readonly paging: 'steps' | 'numbers' | 'more';
  readonly pageSize: number;
  readonly sorts: boolean;
  readonly place: 'above' | 'left' | 'right';
}

export function catalogueSite(options: Catalogue): Record<string, string> {
  const { look, title, ...data } = options;
  return { '/': app({ look, title, data: { ...data, idiom: look.choice }, script: SCRIPT }) };
}

const SCRIPT = `
const { labels, pageSize } = data;
const taken = [];
const gone = new Set();
let wanted = data.preset;
let held = data.preset;
let at = 0;
let sorted = 'Newest';
tell(() => ({ taken }));

const list = h('section', { class: 'wide' });
const matching = () => {
  const found = data.items.filter(({ category, flag }) => (held.category === labels.all || category === held.category) && (!held.flag || flag));
  return sorted === 'Name' ? found.toSorted((one, other) => one.name.localeCompare(other.name)) : found;
};
const take = (item) => () => {
  taken.push({ item: item.name, ...held });
  gone.add(item);
  draw();
  say(labels.take + ': ' + item.name + '.');
};
const entry = (item) => [
  h('strong', {}, item.name),
  item.detail,
  button(labels.take, take(item), { disabled: gone.has(item), ...forItem(labels.take, item.name) }),
];
const go = (to) => () => { at = to; draw(); };
const pager = (count) => {
  if (data.paging === 'more') return at < count - 1 && h('p', {}, button(labels.more, go(at + 1)));
  if (data.paging === 'numbers')
    return h('nav', { class: 'pages', 'aria-label': 'Pages' }, ...Array.from({ length: count }, (_, index) =>
      button(String(index + 1), go(index), { 'aria-label': 'Page ' + (index + 1), 'aria-current': index === at ? 'page' : undefined })));
  return h('p', { class: 'bar' },
    button(labels.previous, go(at - 1), { disabled: at === 0 }),
    h('span', {}, 'Page ' + (at + 1) + ' of ' + Math.max(count, 1)),
    button(labels.next, go(at + 1), { disabled: at >= count - 1 }));
};
const draw = () => {
  const found = matching();
  const shown = found.slice(data.paging === 'more' ? 0 : at * pageSize, (at + 1) * pageSize);
  list.replaceChildren(
    ...[
      h('p', {}, found.length === 0 ? 'Nothing found.' : found.length + ' found'),
      rows([data.heads.name, data.heads.detail, ''], shown.map(entry)),
      found.length > pageSize && pager(Math.ceil(found.length / pageSize)),
    ].filter(Boolean),
  );
};
const hold = () => { held = wanted; at = 0; draw(); };
const narrow = (change) => { wanted = { ...wanted, ...change }; if (!data.applies) hold(); };

const filters = h('section', { class: 'panel' });
if (data.offers !== 'nothing')
  filters.append(choice(data.idiom, labels.category, [labels.all, ...data.categories], wanted.category, (category) => narrow({ category })));
if (data.offers === 'category and flag') filters.append(checkbox(labels.flag, wanted.flag, (flag) => narrow({ flag })));
if (data.applies) filters.append(h('p', {}, button(labels.apply, hold)));
if (data.sorts) filters.append(choice('select', 'Sort by', ['Newest', 'Name'], sorted, (by) => { sorted = by; draw(); }));
const columns = { above: '', left: 'columns', right: 'columns reversed' }[data.place];
root.append(h('div', { class: columns }, data.offers === 'nothing' ? null : filters, list));
draw();
`;
