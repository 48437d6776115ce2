import { lookRules, type Look } from './look.ts';
import { embed, page } from './markup.ts';

/**
 * The page of a small application that draws itself: `script` sees `data`, `look` and the functions of the kit below,
 * adds what it shows to `root`, and tells its state through `tell`. No element has a name or an id by which the answer
 * could be known.
 */
export function app(options: {
  look: Look;
  title: string;
  data: unknown;
  script: string;
  /** Follow those of the look. */
  rules?: string;
}): string {
  const { look, title, data, script, rules = '' } = options;
  const { labels, rows, namesItems, extras, newsletter } = look;
  return page({
    style: look,
    title,
    rules: lookRules(look) + rules,
    body: '<div id="root"></div>\n<p role="alert" hidden></p>\n<p role="status"></p>',
    script: `const look = ${embed({ labels, rows, namesItems, extras, newsletter })};
const data = ${embed(data)};${KIT}${script}${EXTRAS}`,
  });
}

/** The script with the helper functions that all these pages share; it is embedded in each page. */
const KIT = `
const root = document.getElementById('root');
const status = document.querySelector('[role=status]');
const alarm = document.querySelector('[role=alert]');
const say = (text) => { status.textContent = text; alarm.hidden = true; };
const warn = (text) => { status.textContent = ''; alarm.textContent = text; alarm.hidden = false; };

// How often something was done that nobody asked for: a part of every state.
let besides = 0;
const tell = (state) => { window.lamarckEvidence = () => ({ ...state(), besides }); };

// An element: functions listen, true is an empty attribute, and what is false or absent is left out.
const h = (tag, attributes = {}, ...children) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(name, value);
    else if (name.startsWith('aria-') ? value !== undefined : value || value === 0) element.setAttribute(name, value === true && !name.startsWith('aria-') ? '' : value);
  }
  element.append(...children.filter((child) => child || child === 0));
  return element;
};
const button = (text, act, attributes = {}) => h('button', { type: 'button', click: act, ...attributes }, text);
// A control that stands for one of many items, named for it where the page does so.
const forItem = (text, item) => (look.namesItems ? { 'aria-label': text + ' ' + item } : {});

// A control with its name given in the page's way. A select takes no label around it, and has no placeholder, and what
// is in a field at the start would hide one.
let fields = 0;
const named = (label, control) => {
  const isSelect = control.localName === 'select';
  control.id = 'f' + ++fields;
  if (look.labels === 'wrap' && !isSelect) return h('p', {}, h('label', {}, label + ' ', control));
  if (look.labels === 'for' || look.labels === 'wrap') return h('p', {}, h('label', { for: control.id }, label), ' ', control);
  if (look.labels === 'placeholder' && !isSelect && !control.value) control.placeholder = label;
  else control.setAttribute('aria-label', label);
  return h('p', {}, control.placeholder ? null : h('span', { 'aria-hidden': 'true' }, label + ' '), control);
};
const textbox = (label, attributes = {}) => named(label, h('input', { type: 'text', autocomplete: 'off', ...attributes }));
const options = (texts, chosen) => texts.map((text) => h('option', { selected: text === chosen }, text));
const checkbox = (label, checked, change) => {
  const box = h('input', { type: 'checkbox', checked, change: () => change(box.checked) });
  return h('p', {}, h('label', {}, box, ' ' + label));
};

// One of several options, as a select, as radio buttons or as buttons of which one is pressed.
const choice = (idiom, label, texts, chosen, choose) => {
  if (idiom === 'select') {
    const select = h('select', { change: () => choose(select.value) }, ...options(texts, chosen));
    return named(label, select);
  }
  if (idiom === 'radio') {
    const name = 'n' + ++fields;
    const radio = (text) => h('input', { type: 'radio', name, value: text, checked: text === chosen, change: () => choose(text) });
    return h('fieldset', {}, h('legend', {}, label), ...texts.map((text) => h('label', {}, radio(text), ' ' + text)));
  }
  const buttons = texts.map((text) => button(text, () => {
    for (const other of buttons) other.setAttribute('aria-pressed', other.textContent === text);
    choose(text);
  }, { 'aria-pressed': text === chosen }));
  return h('div', { role: 'group', 'aria-label': label, class: 'bar' }, h('span', {}, label), ...buttons);
};

// Items, each a list of texts and controls: rows of a table, entries of a list, or cards.
const rows = (heads, items, layout = look.rows) => layout === 'table'
  ? h('table', {}, h('thead', {}, h('tr', {}, ...heads.map((text) => h('th', { scope: 'col' }, text)))),
      h('tbody', {}, ...items.map((cells) => h('tr', {}, ...cells.map((cell) => h('td', {}, cell))))))
  : h('ul', { class: layout }, ...items.map((cells) => h('li', {}, ...cells.map((cell) => h('span', {}, cell)))));
`;

/** What is there to distract, before and after the application. */
const EXTRAS = `
const beside = (text) => () => { besides++; say(text + ': done.'); };
if (look.extras.length > 0) root.prepend(h('div', { class: 'bar' }, ...look.extras.map((text) => button(text, beside(text)))));
if (look.newsletter) {
  const form = h('form', { class: 'panel', submit: (event) => { event.preventDefault(); beside('Newsletter')(); } });
  form.append(textbox('E-mail for our newsletter', { required: true }), h('button', {}, 'Subscribe'));
  root.append(form);
}
`;
