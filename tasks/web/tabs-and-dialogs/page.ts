import { app } from '../app.ts';
import type { Look } from '../look.ts';

export type Value = boolean | string;

/** Something to be set: on or off, one of several options, or a text. */
export interface Setting {
  readonly label: string;
  readonly value: Value;
  /** Options, where it is one of several; null where it is a text, absent where it is on or off. */
  readonly options?: readonly string[] | null;
}

export interface Section {
  readonly name: string;
  readonly settings: readonly Setting[];
}

/** What the settings of one task show. */
export interface SettingsPage {
  readonly look: Look;
  readonly title: string;
  readonly sections: readonly Section[];
  /** Place of the section that is open at the start. */
  readonly open: number;
  readonly idiom: 'tabs' | 'folds' | 'links';
  /** Where a section is shown: with the others, or in a tab of the browser's, and then whether it is saved there. */
  readonly shows: 'together' | 'apart' | 'apart, saved at the start';
  readonly switches: 'checkbox' | 'switch';
  /** How changes are kept: at once, or by a button and an answer in a dialog. */
  readonly keeps: 'at once' | 'after a dialog';
  /**
   * Whose dialogs: the page's own, or the browser's. With `twice`, one of the browser's first asks whether to throw the
   * changes away.
   */
  readonly dialogs: 'own' | 'native' | 'native twice';
  /** A dialog that is in the way at the start. */
  readonly news: string | null;
  readonly labels: {
    readonly save: string;
    readonly discard: string;
    readonly question: string;
    readonly loss: string;
    readonly yes: string;
    readonly no: string;
    readonly close: string;
  };
  readonly isModal: boolean;
}

export function settingsSite(options: SettingsPage): Record<string, string> {
  const { look, title, ...settings } = options;
  const data = { ...settings, choiceIdiom: look.choice };
  const start = app({ look, title, data: { ...data, place: 'start' }, script: SCRIPT });
  if (options.shows === 'together') return { '/': start };
  // What distracts stands at the start only, where it counts.
  const plain = { ...look, extras: [], newsletter: false };
  const pages = options.sections.map(({ name }, open) => [
    `${ADDRESS}${open}`,
    app({ look: plain, title: name, data: { ...data, open, news: null, place: 'section' }, script: SCRIPT }),
  ]);
  return { '/': start, ...(Object.fromEntries(pages) as Record<string, string>) };
}

/** Of the pages of sections, before their places. */
const ADDRESS = '/sections/';

const SCRIPT = `
const { labels, idiom } = data;
const isApart = data.shows !== 'together';
const initial = () => Object.fromEntries(data.sections.map(({ name, settings }) => [name, Object.fromEntries(settings.map(({ label, value }) => [label, value]))]));
let state = { current: initial(), kept: initial(), saves: 0 };
const read = () => { if (isApart) state = JSON.parse(localStorage.getItem('settings')) ?? state; };
const change = (apply) => {
  read();
  apply(state);
  if (isApart) localStorage.setItem('settings', JSON.stringify(state));
};
tell(() => { read(); return { settings: state.kept, saves: state.saves }; });

const set = (section, label) => (value) => change((settings) => {
  settings.current[section][label] = value;
  if (data.keeps === 'at once') { settings.kept = structuredClone(settings.current); say(label + ': kept.'); }
});
const control = (section, { label, options }) => {
  const value = state.current[section][label];
  const choose = set(section, label);
  if (options) return choice(data.choiceIdiom, label, options, value, choose);
  if (options === null) return textbox(label, { value, input: (event) => choose(event.target.value.trim()) });
  if (data.switches === 'checkbox') return checkbox(label, value, choose);
  const toggle = h('button', { type: 'button', role: 'switch', 'aria-checked': value, 'aria-label': label, click: () => {
    const isOn = toggle.getAttribute('aria-checked') !== 'true';
    toggle.setAttribute('aria-checked', isOn);
    toggle.textContent = isOn ? 'On' : 'Off';
    choose(isOn);
  } }, value ? 'On' : 'Off');
  return h('p', {}, h('span', { 'aria-hidden': 'true' }, label + ' '), toggle);
};
const panels = data.sections.map(({ name }, index) =>
  h('section', { role: idiom === 'tabs' ? 'tabpanel' : undefined, 'aria-label': name, class: 'panel', hidden: index !== data.open }));
const fill = () => data.sections.forEach(({ name, settings }, index) =>
  panels[index].replaceChildren(...settings.map((setting) => control(name, setting))));
const show = (index) => () => {
  panels.forEach((panel, other) => { panel.hidden = other !== index; });
  heads.forEach((head, other) => {
    if (idiom === 'tabs') head.setAttribute('aria-selected', other === index);
    else if (other === index) head.setAttribute('aria-current', 'page');
    else head.removeAttribute('aria-current');
  });
};
const heads = data.sections.map(({ name }, index) => idiom === 'tabs'
  ? h('button', { type: 'button', role: 'tab', 'aria-selected': index === data.open, click: show(index) }, name)
  : button(name, show(index), { 'aria-current': index === data.open ? 'page' : undefined }));

const ask = (text, answers) => {
  const dialog = h('dialog', { 'aria-label': text }, h('p', {}, text), h('p', {}, ...answers.map(([answer, run]) =>
    button(answer, () => { dialog.close(); dialog.remove(); run(); }))));
  root.append(dialog);
  if (data.isModal) dialog.showModal(); else dialog.show();
};
const keep = () => {
  change((settings) => { settings.kept = structuredClone(settings.current); settings.saves++; });
  say('Your changes are kept.');
};
const discard = () => {
  change((settings) => { settings.current = structuredClone(settings.kept); });
  fill();
  say('Nothing was changed.');
};
const askNatively = () => {
  if (data.dialogs === 'native twice' && confirm(labels.loss)) discard();
  else if (confirm(labels.question)) keep();
  else say('Nothing was kept.');
};
const save = () => data.dialogs !== 'own' ? askNatively() : ask(labels.question, [[labels.no, () => say('Nothing was kept.')], [labels.yes, keep]]);

const savesHere = data.shows === 'together' || (data.shows === 'apart') === (data.place === 'section');
read();
fill();
if (data.place === 'section') root.append(panels[data.open]);
else if (isApart)
  root.append(h('nav', { 'aria-label': 'Sections' }, ...data.sections.map(({ name }, index) =>
    h('a', { href: '${ADDRESS}' + index, target: '_blank' }, name))));
else if (idiom === 'folds')
  root.append(...data.sections.map(({ name }, index) => {
    panels[index].hidden = false;
    return h('details', { open: index === data.open }, h('summary', {}, name), panels[index]);
  }));
else if (idiom === 'tabs') root.append(h('div', { role: 'tablist' }, ...heads), ...panels);
else root.append(h('div', { class: 'columns' }, h('nav', { 'aria-label': 'Sections', style: 'flex-direction: column' }, ...heads), h('div', { class: 'wide' }, ...panels)));
if (data.keeps !== 'at once' && savesHere) root.append(h('div', { class: 'bar' }, button(labels.save, save), button(labels.discard, discard)));
if (data.news && data.dialogs !== 'own') alert(data.news);
else if (data.news) ask(data.news, [[labels.close, () => {}]]);
`;
