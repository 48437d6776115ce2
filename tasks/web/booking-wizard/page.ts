import { choiceField, selectField, textField } from '../fields.ts';
import { embed, escapeHtml, page, type Style } from '../markup.ts';

/** One thing that the wizard asks for; a page of it may ask for several. */
export type Question =
  | {
      readonly key: 'choice' | 'day';
      readonly label: string;
      readonly options: readonly string[];
      readonly as: 'radio' | 'select';
    }
  | { readonly key: 'name' | 'file'; readonly label: string }
  | { readonly key: 'extras'; readonly label: string; readonly options: readonly string[] };

/** What the wizard of one task shows. */
export interface Wizard {
  readonly style: Style;
  readonly title: string;
  /** The questions of each page, in order. */
  readonly pages: readonly (readonly Question[])[];
  readonly labels: { readonly next: string; readonly confirm: string };
  /** A last page that shows the answers, with ways back and out; without it, the last questions are confirmed at once. */
  readonly hasReview: boolean;
  /** The wizard is a page of its own, in a frame of the page that is opened. */
  readonly isFramed: boolean;
}

export function wizardSite(wizard: Wizard): Record<string, string> {
  const { style, title, isFramed } = wizard;
  if (!isFramed) return { '/': wizardPage(wizard) };
  const frame = `<iframe src="/wizard" title="${escapeHtml(title)}"></iframe>`;
  const script = `window.lamarckEvidence = () => document.querySelector('iframe').contentWindow.lamarckEvidence();`;
  const rules = 'iframe { width: 100%; height: 360px; border: 1px solid #bbb; }';
  return {
    '/': page({ style, title, body: frame, script, rules }),
    '/wizard': wizardPage({ ...wizard, style: { ...style, links: [], layout: 'plain' } }),
  };
}

function wizardPage({ style, title, pages, labels, hasReview }: Wizard): string {
  const back = '<button type="button" class="back">Back</button>';
  const sections = pages.map(
    (questions, index) => `<section id="s${index}"${index > 0 ? ' hidden' : ''}>
<form>
${questions.map((question) => field(style, question)).join('\n')}
<p>${hasReview && index > 0 ? back : ''}<button>${escapeHtml(hasReview || index < pages.length - 1 ? labels.next : labels.confirm)}</button></p>
</form>
</section>`,
  );
  const review = `<section id="s${pages.length}" hidden>
<h2>Is this right?</h2>
<p id="review"></p>
<p>${back}<button type="button" id="confirm">${escapeHtml(labels.confirm)}</button>
<button type="button" id="discard">Discard</button></p>
</section>`;
  return page({
    style,
    title,
    body: `<p role="alert" id="alert" hidden></p>\n${sections.join('\n')}\n${hasReview ? review : ''}\n<p role="status" id="status"></p>`,
    script: script(pages.flat().map(({ key }) => key)),
  });
}

function field(style: Style, question: Question): string {
  if (!('options' in question))
    return question.key === 'file'
      ? fileField(style, question.label)
      : textField(style, { id: 'f-name', name: 'name', label: question.label });
  const { key, label, options } = question;
  if (key !== 'extras' && question.as === 'select') {
    return selectField(style, { id: `f-${key}`, name: key, label, options: ['', ...options] });
  }
  const type = key === 'extras' ? 'checkbox' : 'radio';
  const boxes = options.map((option, index) =>
    choiceField(style, { id: `f-${key}${index}`, name: key, label: option, type, value: option }),
  );
  return `<h2>${escapeHtml(label)}</h2>\n${boxes.join('\n')}`;
}

function fileField({ labels }: Style, label: string): string {
  const text = escapeHtml(label);
  const input = '<input id="f-file" name="file" type="file"';
  return labels === 'for' || labels === 'wrap'
    ? `<p><label for="f-file">${text}</label> ${input}></p>`
    : `<p><span aria-hidden="true">${text}</span> ${input} aria-label="${text}"></p>`;
}

function script(keys: readonly string[]): string {
  return `
const state = { bookings: [] };
window.lamarckEvidence = () => state;
const byId = (id) => document.getElementById(id);
const forms = [...document.querySelectorAll('form')];
let at = 0;
const go = (to) => {
  byId('s' + at).hidden = true;
  byId('s' + to).hidden = false;
  byId('alert').hidden = true;
  at = to;
};
const keys = ${embed(keys)};
let file = null;
byId('f-file')?.addEventListener('change', async ({ target: { files: [chosen] } }) => {
  file = chosen ? { name: chosen.name, content: null } : null;
  if (chosen) file = { name: chosen.name, content: await chosen.text() };
});
const answers = () => {
  const of = (key) => forms.flatMap((form) => new FormData(form).getAll(key)).map((text) => text.trim());
  return { choice: of('choice')[0] ?? null, name: of('name')[0] ?? null, day: of('day')[0] ?? null, extras: of('extras'), ...(keys.includes('file') && { file }) };
};
const book = () => {
  state.bookings.push(answers());
  byId('s' + at).hidden = true;
  byId('alert').hidden = true;
  byId('status').textContent = 'Booked. Thank you!';
};
for (const [index, form] of forms.entries()) form.addEventListener('submit', (event) => {
  event.preventDefault();
  const asked = [...form.elements].map(({ name }) => name).filter((name) => name && name !== 'extras');
  if (asked.some((name) => !answers()[name])) {
    byId('alert').textContent = 'Something is missing.';
    byId('alert').hidden = false;
    return;
  }
  if (!byId('s' + (index + 1))) return book();
  go(index + 1);
  const said = answers();
  if (byId('review')) byId('review').textContent = keys.flatMap((key) => (key === 'file' ? said.file.name : (said[key] ?? []))).join(', ');
});
for (const back of document.querySelectorAll('.back')) back.addEventListener('click', () => go(at - 1));
byId('confirm')?.addEventListener('click', book);
byId('discard')?.addEventListener('click', () => {
  for (const form of forms) form.reset();
  file = null;
  go(0);
});
`;
}
