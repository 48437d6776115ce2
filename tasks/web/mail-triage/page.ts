import { app } from '../app.ts';
import type { Look } from '../look.ts';

/** One mail in the inbox. */
export type Mail = { readonly from: string; readonly subject: string; readonly day: string };

/**
 * How something is done to a mail. With `hover`, the buttons of a row show while the pointer or the focus is in it; with
 * `drag`, a mail is moved by dragging its sender onto a folder.
 */
export type Idiom = 'buttons' | 'toolbar' | 'open' | 'menu' | 'hover' | 'drag';

/** What the mail program of one task shows. */
export interface Mailbox {
  readonly look: Look;
  readonly title: string;
  readonly mails: readonly Mail[];
  readonly folders: readonly string[];
  readonly idiom: Idiom;
  /** What a mail can be put away to, or marked as, with the words for it. */
  readonly verbs: readonly Verb[];
  readonly moves: boolean;
  readonly replies: boolean;
  readonly labels: {
    readonly inbox: string;
    readonly move: string;
    readonly reply: string;
    readonly text: string;
    readonly send: string;
    readonly more: string;
  };
  readonly folderPlace: 'left' | 'right';
}

export type Verb = 'Archive' | 'Delete' | 'Star' | 'Mute';

export function mailSite(options: Mailbox): Record<string, string> {
  const { look, title, ...data } = options;
  return { '/': app({ look, title, data, script: SCRIPT }) };
}

const SCRIPT = `
const { labels, idiom } = data;
const mails = data.mails.map((mail) => ({ ...mail, at: 'Inbox', marks: [] }));
const sent = [];
tell(() => ({ mails: mails.map(({ from, subject, at, marks }) => ({ from, subject, at, marks })), sent }));

let checked = new Set();
let opened = null;
let menuOf = null;
let replyTo = null;
let dragged = null;
const places = { Archive: 'Archive', Delete: 'Bin' };
const act = (verb, some) => () => {
  for (const mail of some()) {
    if (places[verb]) mail.at = places[verb];
    else if (!mail.marks.includes(verb)) mail.marks = [...mail.marks, verb].sort();
  }
  finish(verb + ': ' + some().length + ' done.');
};
const moveTo = (folder, some) => {
  for (const mail of some()) mail.at = folder;
  finish('Moved to ' + folder + '.');
};
const finish = (text) => { checked = new Set(); opened = null; menuOf = null; draw(); say(text); };
const answer = (mail) => () => { replyTo = mail(); menuOf = null; draw(); };

const actions = (some, count, name) => {
  const disabled = count === 0;
  const mover = h('select', {
    disabled,
    'aria-label': name && look.namesItems ? labels.move + ' ' + name : labels.move,
    change: (event) => moveTo(event.target.value, some),
  }, ...options(['', ...data.folders], ''));
  const attributes = (verb) => ({ disabled, ...(name ? forItem(verb, name) : {}) });
  return [
    ...data.verbs.map((verb) => button(verb, act(verb, some), attributes(verb))),
    data.replies && button(labels.reply, answer(() => some()[0]), { ...attributes(labels.reply), disabled: count !== 1 }),
    data.moves && idiom !== 'drag' && h('span', {}, h('span', { 'aria-hidden': 'true' }, name ? '' : labels.move + ' '), mover),
  ];
};
const item = (text, run) => h('button', { type: 'button', role: 'menuitem', click: run }, text);
const menu = (mail) => h('div', { role: 'menu' },
  ...data.verbs.map((verb) => item(verb, act(verb, () => [mail]))),
  data.replies && item(labels.reply, answer(() => mail)),
  ...(data.moves ? data.folders : []).map((folder) => item(labels.move + ' ' + folder, () => moveTo(folder, () => [mail]))));
const controls = (mail) => {
  if (['buttons', 'hover', 'drag'].includes(idiom))
    return h('span', { class: idiom === 'hover' ? 'bar shy' : 'bar' }, ...actions(() => [mail], 1, mail.subject));
  if (idiom === 'menu')
    return h('span', {},
      button(labels.more, () => { menuOf = menuOf === mail ? null : mail; draw(); },
        { ...forItem(labels.more, mail.subject), 'aria-haspopup': 'menu', 'aria-expanded': menuOf === mail }),
      menuOf === mail && menu(mail));
  return '';
};
const sender = (mail) => idiom !== 'drag' ? h('strong', {}, mail.from) : h('strong', {
  draggable: 'true',
  dragstart: (event) => { dragged = mail; event.dataTransfer.setData('text/plain', mail.subject); },
  dragend: () => { dragged = null; },
}, mail.from);
const entry = (mail) => {
  const box = h('input', { type: 'checkbox', checked: checked.has(mail), 'aria-label': look.namesItems ? 'Select ' + mail.subject : 'Select' });
  box.addEventListener('change', () => { if (box.checked) checked.add(mail); else checked.delete(mail); draw(); });
  return [
    ...(idiom === 'toolbar' ? [box] : []),
    sender(mail),
    idiom === 'open' ? button(mail.subject, () => { opened = mail; draw(); }) : mail.subject,
    mail.marks.length > 0 ? mail.day + ' (' + mail.marks.join(', ') + ')' : mail.day,
    ...(controls(mail) ? [controls(mail)] : []),
  ];
};
const inbox = () => {
  const heads = [...(idiom === 'toolbar' ? [''] : []), 'From', 'Subject', 'Received', ...(controls(mails[0]) ? ['Actions'] : [])];
  const bar = idiom === 'toolbar' && h('div', { class: 'bar' }, ...actions(() => [...checked], checked.size));
  const shown = mails.filter(({ at }) => at === 'Inbox');
  return [h('h2', {}, labels.inbox), bar, rows(heads, shown.map(entry), look.rows === 'table' ? 'table' : 'list')];
};
const letter = () => [
  h('p', {}, button('Back', () => { opened = null; draw(); })),
  h('h2', {}, opened.subject),
  h('p', {}, 'From ' + opened.from + ', ' + opened.day),
  h('div', { class: 'bar' }, ...actions(() => [opened], 1)),
];
const compose = () => {
  const field = h('input', { type: 'text', autocomplete: 'off' });
  const send = (event) => {
    event.preventDefault();
    if (!field.value.trim()) return warn('Write something first.');
    sent.push({ to: replyTo.from, subject: replyTo.subject, text: field.value.trim() });
    replyTo = null;
    finish('Sent.');
  };
  const stop = () => { replyTo = null; draw(); };
  return h('form', { class: 'panel', submit: send },
    h('p', {}, 'To ' + replyTo.from + ': ' + replyTo.subject),
    named(labels.text, field),
    h('p', {}, h('button', {}, labels.send), button('Cancel', stop)));
};
const main = h('section', { class: 'wide' });
const target = (folder) => h('li', {
  'data-drop': true,
  dragover: (event) => { if (dragged) event.preventDefault(); },
  drop: (event) => { event.preventDefault(); if (dragged) moveTo(folder, () => [dragged]); },
}, folder);
// What is dropped on stands in one line above the mails, so that both are in view.
const folders = h('section', { class: 'panel' }, h('h2', {}, 'Folders'),
  idiom === 'drag' && h('p', {}, 'Drag the sender of a mail here.'),
  h('ul', { class: idiom === 'drag' && 'bar' }, ...data.folders.map((folder) => idiom === 'drag' ? target(folder) : h('li', {}, folder))));
const draw = () => main.replaceChildren(...[...(opened ? letter() : inbox()), replyTo && compose()].filter(Boolean));
root.append(h('div', { class: idiom !== 'drag' && (data.folderPlace === 'left' ? 'columns' : 'columns reversed') }, data.moves ? folders : null, main));
draw();
`;
