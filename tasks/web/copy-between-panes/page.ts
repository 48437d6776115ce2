import { app } from '../app.ts';
import type { Look } from '../look.ts';

/** A record of the one pane: what is told of it, under labels. */
export interface Entry {
  readonly name: string;
  readonly facts: readonly { readonly label: string; readonly value: string }[];
}

/** What the panes of one task show. */
export interface Panes {
  readonly look: Look;
  readonly title: string;
  readonly entries: readonly Entry[];
  /** Labels of the fields in the other pane. */
  readonly fields: readonly string[];
  /** The facts of a record show when it is chosen, or all of them at once. */
  readonly shows: 'one' | 'all';
  /** Facts are a table, a list of terms, or sentences. */
  readonly facts: 'table' | 'terms' | 'sentences';
  /** How the panes are laid out: both are seen, or one at a time. */
  readonly panes: 'left and right' | 'above and below' | 'in turns';
  readonly labels: Readonly<Record<'source' | 'target' | 'save' | 'clear', string>>;
}

export function panesSite(options: Panes): Record<string, string> {
  const { look, title, ...data } = options;
  return { '/': app({ look, title, data, script: SCRIPT, rules: RULES }) };
}

const RULES = `
dt { font-weight: bold; } dd { margin: 0 0 6px; }`;

const SCRIPT = `
const { labels, entries } = data;
const saved = [];
tell(() => ({ saved }));

const terms = {
  table: (facts) => h('table', {}, ...facts.map(({ label, value }) => h('tr', {}, h('th', { scope: 'row' }, label), h('td', {}, value)))),
  terms: (facts) => h('dl', {}, ...facts.flatMap(({ label, value }) => [h('dt', {}, label), h('dd', {}, value)])),
  sentences: (facts) => h('div', {}, ...facts.map(({ label, value }) => h('p', {}, label + ' is ' + value + '.'))),
};
const details = (entry) => h('article', {}, h('h3', {}, entry.name), terms[data.facts](entry.facts));
const source = h('section', { class: 'panel wide' });
let chosen = null;
const drawSource = () => source.replaceChildren(...[
  h('h2', {}, labels.source),
  ...(data.shows === 'all' ? entries.map(details) : [
    h('div', { class: 'bar' }, ...entries.map((entry) => button(entry.name, () => { chosen = entry; drawSource(); }, { 'aria-pressed': chosen === entry }))),
    chosen && details(chosen),
  ]),
].filter(Boolean));
const inputs = data.fields.map(() => h('input', { type: 'text', autocomplete: 'off' }));
const clear = () => { for (const input of inputs) input.value = ''; };
const save = (event) => {
  event.preventDefault();
  if (inputs.some((input) => !input.value.trim())) return warn('Something is missing.');
  saved.push(Object.fromEntries(data.fields.map((label, at) => [label, inputs[at].value.trim()])));
  clear();
  say('Saved.');
};
const target = h('form', { class: 'panel', submit: save }, h('h2', {}, labels.target),
  ...data.fields.map((label, at) => named(label, inputs[at])),
  h('p', {}, h('button', {}, labels.save), button(labels.clear, clear)));
if (data.panes === 'in turns') {
  const panes = [source, target];
  const tabs = [labels.source, labels.target].map((text, at) => h('button', { type: 'button', role: 'tab', 'aria-selected': at === 0, click: () => show(at) }, text));
  const show = (at) => panes.forEach((pane, other) => {
    pane.hidden = other !== at;
    tabs[other].setAttribute('aria-selected', other === at);
  });
  root.append(h('div', { role: 'tablist' }, ...tabs));
  target.hidden = true;
}
root.append(h('div', { class: data.panes === 'left and right' && 'columns' }, source, target));
drawSource();
`;
