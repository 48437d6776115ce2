import { app } from '../app.ts';
import type { Look } from '../look.ts';

/** What the form refuses. */
export interface Rules {
  readonly taken: readonly string[];
  readonly refusedHosts: readonly string[];
  readonly leastLetters: number;
}

/** What the registration form of one task shows. */
export interface Registration {
  readonly look: Look;
  readonly title: string;
  readonly fields: readonly ('name' | 'email' | 'password')[];
  readonly labels: Readonly<
    Record<'name' | 'email' | 'password' | 'repeat' | 'country' | 'terms' | 'news' | 'submit', string>
  >;
  readonly rules: Rules;
  /** Countries to choose from, where one has to be told. */
  readonly countries: readonly string[];
  /** There are terms, which have to be accepted. */
  readonly hasTerms: boolean;
  readonly news: 'absent' | 'unchecked' | 'checked';
  /** Where it says what is wrong: beside each field, in a list above them, or there for the first one only. */
  readonly complaints: 'beside' | 'above' | 'one at a time';
  /** The password has to be typed twice. */
  readonly repeats: boolean;
  /** Passwords are gone after a refusal. */
  readonly clears: boolean;
}

export function registrationSite(options: Registration): Record<string, string> {
  const { look, title, ...data } = options;
  return { '/': app({ look, title, data: { ...data, idiom: look.choice }, script: SCRIPT }) };
}

const SCRIPT = `
const { labels, rules } = data;
const registered = [];
tell(() => ({ registered }));

let country = null;
let accepts = false;
let wantsNews = data.news === 'checked';
const keys = data.fields.flatMap((key) => (key === 'password' && data.repeats ? ['password', 'repeat'] : [key]));
const isSecret = (key) => key === 'password' || key === 'repeat';
const boxes = Object.fromEntries(keys.map((key) => [key, h('input', { type: isSecret(key) ? 'password' : 'text', autocomplete: 'off' })]));
const notes = Object.fromEntries(keys.map((key) => [key, h('strong', { role: 'alert' })]));

const complaintAbout = {
  name: (text) => rules.taken.includes(text) && '"' + text + '" is taken.',
  email: (text) => {
    const [, host] = /^[^@ ]+@([^@ ]+)$/.exec(text) ?? [];
    return !host ? 'This is no e-mail address.' : rules.refusedHosts.includes(host) && 'We cannot write to ' + host + '.';
  },
  password: (text) => text.length < rules.leastLetters && 'It needs at least ' + rules.leastLetters + ' characters.',
  repeat: (text) => text !== boxes.password.value && 'The two are not the same.',
};
const complaints = () => {
  const ofFields = keys.map((key) => {
    const text = boxes[key].value.trim();
    return { key, label: labels[key], text: text === '' ? 'This is missing.' : complaintAbout[key](text) };
  });
  const others = [
    data.countries.length > 0 && !country && { label: labels.country, text: 'Choose one.' },
    data.hasTerms && !accepts && { label: labels.terms, text: 'This is needed.' },
  ];
  return [...ofFields, ...others].filter((one) => one && one.text);
};

const above = h('ul', { role: 'alert', hidden: true });
const submit = (event) => {
  event.preventDefault();
  const found = complaints();
  const shown = data.complaints === 'one at a time' ? found.slice(0, 1) : found;
  for (const key of keys) notes[key].textContent = '';
  const listed = shown.filter(({ key, text }) => {
    if (data.complaints !== 'beside' || !key) return true;
    notes[key].textContent = text;
    return false;
  });
  above.replaceChildren(...listed.map(({ label, text }) => h('li', {}, label + ': ' + text)));
  above.hidden = listed.length === 0;
  if (found.length > 0) {
    if (data.clears) for (const key of keys.filter(isSecret)) boxes[key].value = '';
    return;
  }
  const [name, email, password] = ['name', 'email', 'password'].map((key) => boxes[key].value.trim());
  registered.push({ name, email, password, country, news: wantsNews });
  form.remove();
  say('Welcome, ' + name + '!');
};

const form = h('form', { submit }, above);
for (const key of keys) {
  const field = named(labels[key], boxes[key]);
  field.append(' ', notes[key]);
  form.append(field);
}
if (data.countries.length > 0)
  form.append(choice(data.idiom, labels.country, data.idiom === 'select' ? ['', ...data.countries] : data.countries, '', (text) => { country = text || null; }));
if (data.hasTerms) form.append(checkbox(labels.terms, false, (isOn) => { accepts = isOn; }));
if (data.news !== 'absent') form.append(checkbox(labels.news, wantsNews, (isOn) => { wantsNews = isOn; }));
form.append(h('p', {}, h('button', {}, labels.submit)));
root.append(form);
`;
