import { app } from '../app.ts';
import type { Look } from '../look.ts';

/** What the form of one task shows. */
export interface UploadForm {
  readonly look: Look;
  readonly title: string;
  readonly slots: readonly string[];
  /** Kinds to choose from, where one has to be told. */
  readonly kinds: readonly string[];
  /** The first line of what is chosen is shown. */
  readonly previews: boolean;
  /** What is chosen can be taken away again. */
  readonly removes: boolean;
  readonly labels: Readonly<Record<'kind' | 'remove' | 'send' | 'clear', string>>;
}

export function uploadSite(options: UploadForm): Record<string, string> {
  const { look, title, ...data } = options;
  return { '/': app({ look, title, data: { ...data, idiom: look.choice }, script: SCRIPT }) };
}

const SCRIPT = `
const { labels } = data;
const sent = [];
tell(() => ({ sent }));

let kind = null;
let files = data.slots.map(() => null);
const inputs = data.slots.map((_, at) => h('input', { type: 'file', change: (event) => take(at, event.target.files[0]) }));
const previews = data.slots.map(() => h('p', {}));
// Read as a response is, which is awaited before the page is looked at.
const take = async (at, file) => {
  files[at] = file ? { name: file.name, content: await new Response(file).text() } : null;
  draw();
};
const remove = (at) => { inputs[at].value = ''; files[at] = null; draw(); };
const draw = () => previews.forEach((preview, at) => preview.replaceChildren(...(files[at] ? [
  h('span', {}, files[at].name + (data.previews ? ': ' + files[at].content.split('\\n')[0] : '')),
  data.removes && button(labels.remove, () => remove(at), forItem(labels.remove, data.slots[at])),
].filter(Boolean) : [])));
const clear = () => data.slots.forEach((_, at) => remove(at));
const send = (event) => {
  event.preventDefault();
  if (files.some((file) => !file)) return warn('A file is missing.');
  if (data.kinds.length > 0 && !kind) return warn(labels.kind + ': choose one.');
  sent.push({ kind, files: Object.fromEntries(data.slots.map((label, at) => [label, files[at]])) });
  clear();
  say('Thank you, it has come in.');
};
const form = h('form', { submit: send });
data.slots.forEach((label, at) => {
  inputs[at].id = 'file' + at;
  if (look.labels === 'aria-label' || look.labels === 'placeholder') inputs[at].setAttribute('aria-label', label);
  const head = look.labels === 'wrap' ? h('label', {}, label + ' ', inputs[at])
    : look.labels === 'for' ? h('span', {}, h('label', { for: inputs[at].id }, label), ' ', inputs[at])
    : h('span', {}, h('span', { 'aria-hidden': 'true' }, label + ' '), inputs[at]);
  form.append(h('div', { class: 'panel' }, h('p', {}, head), previews[at]));
});
if (data.kinds.length > 0) form.append(choice(data.idiom, labels.kind, data.idiom === 'select' ? ['', ...data.kinds] : data.kinds, '', (text) => { kind = text || null; }));
form.append(h('p', {}, h('button', {}, labels.send), button(labels.clear, clear)));
root.append(form);
draw();
`;
