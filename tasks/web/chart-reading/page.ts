import { app } from '../app.ts';
import { escapeHtml } from '../markup.ts';
import type { Look } from '../look.ts';

/** What was counted of one thing: a number for each category. */
export interface Series {
  readonly name: string;
  readonly counts: readonly number[];
}

/** What the page of one task shows. */
export interface ChartPage {
  readonly look: Look;
  readonly title: string;
  readonly categories: readonly string[];
  readonly series: readonly Series[];
  readonly unit: string;
  readonly chart: 'bars' | 'lines';
  /** Where the chart stands, seen from the table. */
  readonly place: 'above' | 'below' | 'left' | 'right';
  /** What the rows of the table are. */
  readonly rows: 'categories' | 'series';
  /** What is asked: for a category, for a number, or for both. */
  readonly asks: readonly ('category' | 'amount')[];
  readonly labels: Readonly<Record<'category' | 'amount' | 'send', string>>;
}

export function chartSite(options: ChartPage): Record<string, string> {
  const { look, title, ...rest } = options;
  const data = { ...rest, drawing: drawing(options), idiom: look.choice };
  return {
    '/': app({
      look,
      title,
      data,
      script: SCRIPT,
      rules: '\nfigure { margin: 8px 0; } svg { background: #fff; }',
    }),
  };
}

const [WIDTH, HEIGHT, LEFT, BELOW] = [300, 170, 30, 18];

/** A chart without numbers at its bars or points: what it shows roughly, the table tells. */
function drawing({ categories, series, chart, look }: ChartPage): string {
  const most = Math.max(...series.flatMap(({ counts }) => counts));
  const step = (WIDTH - LEFT) / categories.length;
  const top = (count: number): number => Math.round((HEIGHT - BELOW) * (1 - count / (most * 1.1)));
  const color = (at: number): string => `hsl(${(look.hue + 110 * at) % 360} 55% 45%)`;
  const marks = series.map(({ counts }, at) => {
    if (chart === 'lines') {
      const points = counts.map((count, place) => `${Math.round(LEFT + (place + 0.5) * step)},${top(count)}`);
      return `<polyline points="${points.join(' ')}" fill="none" stroke="${color(at)}" stroke-width="3"/>`;
    }
    const width = (step * 0.7) / series.length;
    return counts
      .map((count, place) => {
        const x = Math.round(LEFT + place * step + step * 0.15 + at * width);
        return `<rect x="${x}" y="${top(count)}" width="${Math.round(width)}" height="${HEIGHT - BELOW - top(count)}" fill="${color(at)}"/>`;
      })
      .join('');
  });
  const text = (x: number, y: number, words: string, fill = '#333'): string =>
    `<text x="${Math.round(x)}" y="${y}" font-size="11" text-anchor="middle" fill="${fill}">${escapeHtml(words)}</text>`;
  const names = categories.map((name, place) =>
    text(LEFT + (place + 0.5) * step, HEIGHT - 4, name.slice(0, 3)),
  );
  const key = series.map(({ name }, at) => text(60 + at * 90, HEIGHT + 14, name, color(at)));
  const axis = `<path d="M${LEFT} 0V${HEIGHT - BELOW}H${WIDTH}" fill="none" stroke="#999"/>`;
  return `<svg role="img" aria-label="Chart" width="${WIDTH}" height="${HEIGHT + 20}">${axis}${marks.join('')}${names.join('')}${key.join('')}</svg>`;
}

const SCRIPT = `
const { labels, categories, series } = data;
const answers = [];
tell(() => ({ answers }));

const figure = h('figure');
figure.innerHTML = data.drawing;
const count = (one, at) => one.counts[at];
const body = data.rows === 'categories'
  ? { heads: series.map(({ name }) => name), lines: categories.map((name, at) => [name, ...series.map((one) => count(one, at))]) }
  : { heads: categories, lines: series.map((one) => [one.name, ...one.counts]) };
const table = h('table', {}, h('caption', {}, data.unit),
  h('thead', {}, h('tr', {}, h('td', {}, ''), ...body.heads.map((text) => h('th', { scope: 'col' }, text)))),
  h('tbody', {}, ...body.lines.map(([name, ...counts]) => h('tr', {}, h('th', { scope: 'row' }, name), ...counts.map((one) => h('td', {}, String(one)))))));

const asks = (what) => data.asks.includes(what);
let category = null;
const amount = h('input', { type: 'number' });
const send = (event) => {
  event.preventDefault();
  if ((asks('category') && !category) || (asks('amount') && amount.value === '')) return warn('Something is missing.');
  answers.push({ category, amount: asks('amount') ? Number(amount.value) : null });
  say('Thank you for your answer.');
};
const form = h('form', { class: 'panel', submit: send });
if (asks('category')) form.append(choice(data.idiom, labels.category, data.idiom === 'select' ? ['', ...categories] : categories, '', (text) => { category = text || null; }));
if (asks('amount')) form.append(named(labels.amount, amount));
form.append(h('p', {}, h('button', {}, labels.send)));
const isBeside = ['left', 'right'].includes(data.place);
const parts = ['left', 'above'].includes(data.place) ? [figure, table] : [table, figure];
root.append(h('div', { class: isBeside && 'columns', style: isBeside && 'flex-wrap: wrap' }, ...parts), form);
`;
