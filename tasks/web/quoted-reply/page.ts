import { app } from '../app.ts';
import type { Look } from '../look.ts';

/** One mail that came in. */
export interface Mail {
  readonly from: string;
  readonly subject: string;
  readonly day: string;
  readonly text: string;
}

/** What can be done to a mail that is read. */
export type Way = 'reply' | 'reply to all' | 'forward';

/** What the mail program of one task shows. */
export interface Correspondence {
  readonly look: Look;
  readonly title: string;
  readonly mails: readonly Mail[];
  /** Whom a mail can be forwarded to. */
  readonly people: readonly string[];
  readonly ways: readonly Way[];
  /** A mail is read in the place of the list, or beside it. */
  readonly reads: 'alone' | 'beside';
  readonly field: 'line' | 'area';
  readonly labels: Readonly<Record<Way | 'to' | 'text' | 'send' | 'discard', string>>;
}

export function correspondenceSite(options: Correspondence): Record<string, string> {
  const { look, title, ...data } = options;
  return { '/': app({ look, title, data: { ...data, idiom: look.choice }, script: SCRIPT }) };
}

const SCRIPT = `
const { labels, mails } = data;
const sent = [];
tell(() => ({ sent }));

let opened = null;
let draft = null;
const open = (mail) => { opened = mail; draft = null; draw(); };
const write = (way) => { draft = { way, to: way === 'forward' ? null : opened.from }; draw(); };
const send = (text) => {
  if (!draft.to) return warn('To whom?');
  if (!text) return warn('Write something first.');
  sent.push({ way: draft.way, to: draft.to, from: opened.from, subject: opened.subject, text });
  draft = null;
  draw();
  say('Sent.');
};
const compose = () => {
  const box = h(data.field === 'area' ? 'textarea' : 'input', { autocomplete: 'off', rows: data.field === 'area' ? 3 : undefined });
  const form = h('form', { class: 'panel', submit: (event) => { event.preventDefault(); send(box.value.trim()); } },
    h('h2', {}, labels[draft.way] + ': ' + opened.subject));
  if (draft.way === 'forward') form.append(choice(data.idiom, labels.to, data.idiom === 'select' ? ['', ...data.people] : data.people, '', (text) => { draft.to = text || null; }));
  else form.append(h('p', {}, labels.to + ' ' + draft.to + (draft.way === 'reply to all' ? ' and all others' : '')));
  form.append(named(labels.text, box), h('p', {}, h('button', {}, labels.send), button(labels.discard, () => { draft = null; draw(); })));
  return form;
};
const letter = () => h('section', { class: 'wide' },
  data.reads === 'alone' && h('p', {}, button('Back', () => open(null))),
  h('h2', {}, opened.subject),
  h('p', {}, opened.from + ', ' + opened.day),
  h('blockquote', {}, opened.text),
  h('div', { class: 'bar' }, ...data.ways.map((way) => button(labels[way], () => write(way)))),
  draft && compose());
const entry = (mail) => [h('strong', {}, mail.from), button(mail.subject, () => open(mail), { 'aria-current': mail === opened ? 'true' : undefined }), mail.day];
const list = () => h('section', {}, rows(['From', 'Subject', 'Received'], mails.map(entry), look.rows === 'table' ? 'table' : 'list'));
const view = h('div', { class: data.reads === 'beside' && 'columns' });
const draw = () => view.replaceChildren(...[(data.reads === 'beside' || !opened) && list(), opened && letter()].filter(Boolean));
root.append(view);
draw();
`;
