import { app } from '../app.ts';
import type { Look } from '../look.ts';
import type { Kind } from './groups.ts';

export type Value = boolean | string;

/** What one setting is at the start. */
export interface Setting extends Kind {
  readonly value: Value;
}

export interface Group {
  readonly name: string;
  readonly settings: readonly Setting[];
}

/** What the settings of one task show. */
export interface Settings {
  readonly look: Look;
  readonly title: string;
  readonly groups: readonly Group[];
  /** What can be on or off is a checkbox, a switch, or a choice between two words. */
  readonly switches: 'checkbox' | 'switch' | 'words';
  /** Everything is saved by one button, or each group by its own. */
  readonly saves: 'together' | 'apart';
  readonly place: 'above' | 'below';
  readonly labels: Readonly<Record<'save' | 'defaults', string>>;
}

export function settingsSite(options: Settings): Record<string, string> {
  const { look, title, ...data } = options;
  return { '/': app({ look, title, data: { ...data, idiom: look.choice }, script: SCRIPT }) };
}

const SCRIPT = `
const { labels, groups } = data;
const initial = Object.fromEntries(groups.map(({ name, settings }) => [name, Object.fromEntries(settings.map(({ label, value }) => [label, value]))]));
const current = structuredClone(initial);
const saved = structuredClone(initial);
tell(() => ({ saved }));

const isFree = (group, { needs }) => !needs || current[group][needs] === true;
const set = (group, label) => (value) => {
  current[group][label] = value;
  for (const { control, name, setting } of controls) disable(control, !isFree(name, setting));
};
const disable = (control, isOff) => {
  for (const one of control.querySelectorAll('input, select, button')) one.disabled = isOff;
};
const onOff = (label, value, choose) => {
  if (data.switches === 'words') return choice('select', label, ['On', 'Off'], value ? 'On' : 'Off', (text) => choose(text === 'On'));
  const row = checkbox(label, value, choose);
  if (data.switches === 'switch') row.querySelector('input').setAttribute('role', 'switch');
  return row;
};
const controlOf = (group, { label, options }) => {
  const value = current[group][label];
  const choose = set(group, label);
  if (options) return choice(data.idiom, label, options, value, choose);
  if (options === null) return textbox(label, { value, input: (event) => choose(event.target.value.trim()) });
  return onOff(label, value, choose);
};
let controls = [];
const fill = () => {
  controls = groups.flatMap(({ name, settings }) => settings.map((setting) => ({ name, setting, control: controlOf(name, setting) })));
  for (const { control, name, setting } of controls) disable(control, !isFree(name, setting));
  groups.forEach(({ name }, at) => panels[at].replaceChildren(h('h2', {}, name), ...controls.filter((one) => one.name === name).map(({ control }) => control), ...(data.saves === 'apart' ? [bar([name])] : [])));
};
const save = (names) => () => {
  for (const name of names) saved[name] = { ...current[name] };
  say('Saved: ' + names.join(', ') + '.');
};
const defaults = (names) => () => {
  for (const name of names) current[name] = { ...initial[name] };
  fill();
  say('As it was at first; nothing is saved yet.');
};
const bar = (names) => h('div', { class: 'bar' },
  button(labels.save, save(names), names.length === 1 ? forItem(labels.save, names[0]) : {}),
  button(labels.defaults, defaults(names), names.length === 1 ? forItem(labels.defaults, names[0]) : {}));
const panels = groups.map(() => h('section', { class: 'panel' }));
fill();
const all = data.saves === 'together' && bar(groups.map(({ name }) => name));
root.append(...[data.place === 'above' && all, ...panels, data.place === 'below' && all].filter(Boolean));
`;
