import { app } from '../app.ts';
import type { Look } from '../look.ts';

/** A number that is set by a slider, by buttons for less and more, or by being typed. */
export interface Control {
  readonly label: string;
  readonly unit: string;
  readonly low: number;
  readonly high: number;
  readonly value: number;
  readonly way: 'slider' | 'stepper' | 'coarse stepper' | 'field';
}

/** What the controls of one task show. */
export interface Controls {
  readonly look: Look;
  readonly title: string;
  readonly controls: readonly Control[];
  /** The first two move by the same amount while this box is ticked; null where there is none. */
  readonly together: string | null;
  /** Nothing counts until it is applied. */
  readonly applies: boolean;
  readonly labels: Readonly<Record<'less' | 'more' | 'apply' | 'reset', string>>;
}

export function controlsSite(options: Controls): Record<string, string> {
  const { look, title, ...data } = options;
  return {
    '/': app({
      look,
      title,
      data,
      script: SCRIPT,
      rules: '\ninput[type=range] { width: 260px; padding: 0; }',
    }),
  };
}

const SCRIPT = `
const { labels, controls } = data;
const initial = controls.map(({ value }) => value);
let values = [...initial];
let applied = [...initial];
let isJoined = data.together !== null;
tell(() => ({ values: Object.fromEntries(controls.map(({ label }, at) => [label, (data.applies ? applied : values)[at]])) }));

const within = ({ low, high }, value) => Math.min(high, Math.max(low, value));
const set = (at, value) => {
  const by = within(controls[at], value) - values[at];
  values = values.map((one, other) => other === at || (isJoined && at < 2 && other < 2) ? within(controls[other], one + by) : one);
  draw();
};
const outputs = controls.map(() => h('output'));
const inputs = controls.map(({ label, low, high, value, way }, at) => {
  if (way !== 'slider' && way !== 'field') return null;
  const input = h('input', { type: way === 'slider' ? 'range' : 'number', min: low, max: high, value });
  input.addEventListener('input', () => {
    const number = Number(input.value);
    if (input.value === '' || number < low || number > high) warn(label + ': from ' + low + ' to ' + high + '.');
    else set(at, number);
  });
  return input;
});
const step = (at, by) => button((by < 0 ? '−' : '+') + (Math.abs(by) > 1 ? Math.abs(by) : ''), () => set(at, values[at] + by), {
  'aria-label': (by < 0 ? labels.less : labels.more) + (Math.abs(by) > 1 ? ' by ' + Math.abs(by) : '') + (look.namesItems ? ' ' + controls[at].label : ''),
});
const control = ({ label, way }, at) => {
  if (inputs[at]) {
    const row = named(label, inputs[at]);
    row.append(' ', outputs[at]);
    return row;
  }
  const steps = way === 'stepper' ? [-1, 1] : [-10, -1, 1, 10];
  const buttons = steps.map((by) => step(at, by));
  const middle = steps.length / 2;
  return h('div', { class: 'bar', role: 'group', 'aria-label': label }, h('div', {}, label), ...buttons.slice(0, middle), outputs[at], ...buttons.slice(middle));
};
const draw = () => controls.forEach(({ unit }, at) => {
  outputs[at].textContent = values[at] + ' ' + unit;
  if (inputs[at]) inputs[at].value = values[at];
});
const apply = () => { applied = [...values]; say('Applied.'); };
const reset = () => { values = [...initial]; draw(); say('As it was.'); };
root.append(...controls.map(control));
if (data.together !== null) root.append(checkbox(data.together, true, (isOn) => { isJoined = isOn; }));
if (data.applies) root.append(h('div', { class: 'bar' }, button(labels.apply, apply), button(labels.reset, reset)));
draw();
`;
