import { app } from '../app.ts';
import type { Look } from '../look.ts';
import { dayOf, monthOf, type Day } from './days.ts';

/** What the calendar of one task shows. */
export interface CalendarPage {
  readonly look: Look;
  readonly title: string;
  /** The first day of the month that is shown at the start. */
  readonly start: Day;
  /** Months side by side. */
  readonly months: 1 | 2;
  /** Whether a first and a last day are chosen. */
  readonly isRange: boolean;
  /** Days of a range are pressed one after the other, or each has a button that opens the calendar. */
  readonly opens: 'at the start' | 'by a button';
  readonly turns: 'steps' | 'select';
  /** What days are called: by their number, or by their whole date. */
  readonly days: 'number' | 'date';
  readonly weekBegins: 'Monday' | 'Sunday';
  /** Days that cannot be chosen. */
  readonly taken: readonly Day[];
  /** Days of the months around fill the first and last week; they cannot be chosen. */
  readonly fillsWeeks: boolean;
  /** Times and places to choose from, where there are any. */
  readonly times: readonly string[];
  readonly places: readonly string[];
  readonly labels: Readonly<
    Record<'from' | 'to' | 'time' | 'place' | 'save' | 'clear' | 'next' | 'previous' | 'month', string>
  >;
}

/** Months that can be turned to, before and after the one at the start. */
const REACH = 8;

export function calendarSite(options: CalendarPage): Record<string, string> {
  const { look, title, start, months: side, ...rest } = options;
  const [year = 0, month = 1] = start.split('-').map(Number);
  const firsts = Array.from({ length: 2 * REACH + 1 }, (_, at) => dayOf(year, month - 1 + at - REACH, 1));
  const months = firsts.map((first) => ({ name: monthOf(first), first }));
  const data = { ...rest, months, side, at: REACH, idiom: look.choice };
  return { '/': app({ look, title, data, script: SCRIPT, rules: RULES }) };
}

const RULES = `
.months { display: flex; flex-wrap: wrap; gap: 20px; } .months td { padding: 0; border: 0; text-align: center; } .months th { padding: 4px; font-weight: normal; }
.months td button { width: 36px; margin: 1px; padding: 4px 0; } .months h2 { margin: 8px 0 4px; }`;

const SCRIPT = `
const { labels } = data;
const bookings = [];
tell(() => ({ bookings }));

const keys = data.isRange ? ['from', 'to'] : ['from'];
let days = { from: null, to: null };
let at = data.at;
let asked = data.opens === 'by a button' ? null : 'from';
let time = null;
let place = null;
const dayAfter = (day, by) => new Date(Date.parse(day) + by * 86400000).toISOString().slice(0, 10);
const monthOf = (day) => data.months.find(({ first }) => first.slice(0, 7) === day.slice(0, 7))?.name ?? '';
const written = (day) => Number(day.slice(8)) + ' ' + monthOf(day);

const pick = (day) => {
  if (asked === 'to' && days.from && day < days.from) return warn('That is before the first day.');
  days = asked === 'from' ? { from: day, to: data.opens === 'by a button' && days.to >= day ? days.to : null } : { ...days, to: day };
  if (data.opens === 'by a button') asked = null;
  else if (data.isRange) asked = asked === 'from' ? 'to' : 'from';
  draw();
  say(keys.filter((key) => days[key]).map((key) => labels[key] + ': ' + written(days[key])).join(', '));
};
const isChosen = (day) => day === days.from || day === days.to || (days.from && days.to && day > days.from && day < days.to);
const dayButton = (day, first) => {
  const isOther = day.slice(0, 7) !== first.slice(0, 7);
  if (isOther && !data.fillsWeeks) return null;
  return button(String(Number(day.slice(8))), () => pick(day), {
    disabled: isOther || data.taken.includes(day),
    'aria-pressed': !isOther && isChosen(day) ? true : undefined,
    ...(data.days === 'date' ? { 'aria-label': isOther ? 'another month' : written(day) } : {}),
  });
};
const names = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const begins = data.weekBegins === 'Monday' ? 1 : 0;
const month = ({ name, first }) => {
  const lead = (new Date(first).getUTCDay() - begins + 7) % 7;
  const last = dayAfter(dayAfter(first, 31).slice(0, 8) + '01', -1);
  const weeks = Math.ceil((lead + Number(last.slice(8))) / 7);
  const week = (row) => h('tr', {}, ...names.map((_, at) => h('td', {}, dayButton(dayAfter(first, row * 7 + at - lead), first))));
  return h('section', {}, h('h2', {}, name),
    h('table', {}, h('thead', {}, h('tr', {}, ...names.map((_, at) => h('th', { scope: 'col' }, names[(at + begins) % 7])))),
      h('tbody', {}, ...Array.from({ length: weeks }, (_, row) => week(row)))));
};
const turn = (by) => () => { at += by; draw(); };
const turning = () => {
  const most = data.months.length - data.side;
  if (data.turns === 'steps')
    return h('div', { class: 'bar' }, button(labels.previous, turn(-1), { disabled: at === 0 }), button(labels.next, turn(1), { disabled: at === most }));
  const texts = data.months.slice(0, most + 1).map(({ name }) => name);
  const select = h('select', { change: () => { at = texts.indexOf(select.value); draw(); } }, ...options(texts, texts[at]));
  return named(labels.month, select);
};
const calendar = () => h('section', { class: data.opens === 'by a button' && 'panel' }, turning(),
  h('div', { class: 'months' }, ...data.months.slice(at, at + data.side).map(month)));
const ends = () => h('div', {}, ...keys.map((key) => data.opens === 'by a button'
  ? h('p', {}, h('span', { 'aria-hidden': 'true' }, labels[key] + ' '), button(days[key] ? written(days[key]) : 'Choose a day', () => { asked = asked === key ? null : key; draw(); },
      { 'aria-label': labels[key] + (days[key] ? ' ' + written(days[key]) : ''), 'aria-expanded': asked === key }))
  : h('p', {}, labels[key] + ': ' + (days[key] ? written(days[key]) : '—'))));

const clear = () => { days = { from: null, to: null }; asked = data.opens === 'by a button' ? null : 'from'; draw(); say('Nothing is chosen.'); };
const isFree = (from, to) => !data.taken.some((day) => day >= from && day <= to);
const save = () => {
  if (keys.some((key) => !days[key])) return warn('Choose a day first.');
  if (data.isRange && days.to < days.from) return warn('The last day is before the first.');
  if (data.isRange && !isFree(days.from, days.to)) return warn('Some of these days are taken.');
  if ((data.times.length > 0 && !time) || (data.places.length > 0 && !place)) return warn('Something is missing.');
  bookings.push({ from: days.from, to: days.to, time, place });
  clear();
  say('It is noted.');
};
const view = h('section');
const draw = () => view.replaceChildren(...[ends(), asked && calendar()].filter(Boolean));
root.append(view);
if (data.times.length > 0) root.append(named(labels.time, h('select', { change: (event) => { time = event.target.value || null; } }, ...options(['', ...data.times], ''))));
if (data.places.length > 0) root.append(choice(data.idiom, labels.place, data.idiom === 'select' ? ['', ...data.places] : data.places, '', (text) => { place = text || null; }));
root.append(h('div', { class: 'bar' }, button(labels.save, save), button(labels.clear, clear)));
draw();
`;
