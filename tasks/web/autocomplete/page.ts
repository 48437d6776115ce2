import { app } from '../app.ts';
import type { Look } from '../look.ts';

/** Something that can be chosen: `detail` tells those of the same name apart. */
export type Entry = { readonly name: string; readonly detail: string };

/** A field that offers what fits as one types; only what is chosen from the offers counts. */
export interface Field {
  readonly label: string;
  readonly entries: readonly Entry[];
  /** What is chosen at the start. */
  readonly chosen: readonly Entry[];
  /** Whether several may be chosen. */
  readonly isMultiple: boolean;
}

/** What the form of one task shows. */
export interface Form {
  readonly look: Look;
  readonly title: string;
  readonly fields: readonly Field[];
  readonly labels: { readonly submit: string; readonly clear: string; readonly remove: string };
  readonly offers: 'listbox' | 'buttons' | 'table';
  /** Letters that have to be typed before anything is offered. */
  readonly least: number;
  /** Milliseconds until it is offered, on the page's clock. */
  readonly delay: number;
  /** Offers lie over what is below the field. */
  readonly isOverlay: boolean;
}

/** An entry as the page shows it. */
export function textOf({ name, detail }: Entry): string {
  return detail ? `${name} — ${detail}` : name;
}

export function formSite(options: Form): Record<string, string> {
  const { look, title, ...data } = options;
  return { '/': app({ look, title, data, script: SCRIPT }) };
}

const SCRIPT = `
const { labels } = data;
const most = 5;
const sent = [];
tell(() => ({ sent }));

const textOf = ({ name, detail }) => (detail ? name + ' — ' + detail : name);
const isSame = (one, other) => one.name === other.name && one.detail === other.detail;
const fieldOf = ({ label, entries, chosen, isMultiple }) => {
  const state = { chosen: [...chosen] };
  const input = h('input', { type: 'text', autocomplete: 'off', 'aria-autocomplete': 'list' });
  const offers = h('div', { class: data.isOverlay && 'overlay' });
  const chips = h('ul');
  let timer = 0;
  let active = -1;
  let found = [];
  const close = () => { clearTimeout(timer); found = []; active = -1; offer(); };
  const choose = (entry) => {
    if (isMultiple) { if (!state.chosen.some((one) => isSame(one, entry))) state.chosen = [...state.chosen, entry]; }
    else state.chosen = [entry];
    input.value = isMultiple ? '' : entry.name;
    close();
    draw();
    say(label + ': ' + textOf(entry) + '.');
  };
  const offer = () => {
    const choices = found.map((entry, index) => data.offers === 'listbox'
      ? h('div', { role: 'option', 'aria-selected': index === active, click: () => choose(entry) }, textOf(entry))
      : button(textOf(entry), () => choose(entry)));
    if (choices.length === 0) return offers.replaceChildren();
    if (data.offers === 'listbox') return offers.replaceChildren(h('div', { role: 'listbox', 'aria-label': label }, ...choices));
    offers.replaceChildren(data.offers === 'table' ? h('table', {}, ...choices.map((one) => h('tr', {}, h('td', {}, one)))) : h('ul', {}, ...choices.map((one) => h('li', {}, one))));
  };
  const search = () => {
    const typed = input.value.trim().toLowerCase();
    found = typed.length < data.least ? [] : entries.filter((entry) => textOf(entry).toLowerCase().includes(typed)).slice(0, most);
    active = -1;
    offer();
    if (typed.length >= data.least && found.length === 0) say('Nothing fits.');
  };
  input.addEventListener('input', () => {
    if (!isMultiple) state.chosen = [];
    clearTimeout(timer);
    if (data.delay > 0) timer = setTimeout(search, data.delay); else search();
  });
  input.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') return close();
    if (event.key === 'Enter') { event.preventDefault(); if (found[active]) choose(found[active]); return; }
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!by || found.length === 0) return;
    event.preventDefault();
    active = (active + by + found.length) % found.length;
    offer();
  });
  const remove = (entry) => () => { state.chosen = state.chosen.filter((one) => one !== entry); draw(); };
  const draw = () => chips.replaceChildren(...state.chosen.map((entry) =>
    h('li', {}, h('span', {}, textOf(entry)), button(labels.remove, remove(entry), forItem(labels.remove, entry.name)))));
  if (isMultiple) draw();
  else if (chosen[0]) input.value = chosen[0].name;
  const element = h('div', {}, isMultiple ? chips : null, named(label, input), offers);
  const clear = () => { state.chosen = []; input.value = ''; close(); draw(); };
  return { label, state, element, close, clear };
};
const parts = data.fields.map(fieldOf);
const submit = () => {
  const missing = parts.find(({ state }) => state.chosen.length === 0);
  if (missing) return warn(missing.label + ': choose one of the offers.');
  const byText = (one, other) => (textOf(one) < textOf(other) ? -1 : 1);
  sent.push(Object.fromEntries(parts.map(({ label, state }) => [label, state.chosen.toSorted(byText)])));
  say('Thank you. It is noted.');
};
root.append(...parts.map(({ element }) => element),
  h('div', { class: 'bar' }, button(labels.submit, submit), labels.clear && button(labels.clear, () => parts.forEach(({ clear }) => clear()))));
`;
