import { app } from '../app.ts';
import type { Look } from '../look.ts';

/** One thing on the list that has to be loaded. */
export interface Row {
  readonly name: string;
  readonly detail: string;
}

/** How something goes that takes time: it fails so often at first. */
export interface Work {
  /** Milliseconds on the page's clock. */
  readonly delay: number;
  readonly failures: number;
}

/** What the application of one task shows. */
export interface SlowPage {
  readonly look: Look;
  readonly title: string;
  readonly rows: readonly Row[];
  readonly verbs: readonly string[];
  /** Loading begins as the page opens, or by a button. */
  readonly begins: 'at once' | 'by a button';
  /** What has come is shown by itself, or when one looks again. */
  readonly tells: 'by itself' | 'when asked';
  /** The first goes into the loading, the others into what is done, in turn; without others it is done at once. */
  readonly works: readonly Work[];
  /** What is under way can be stopped. */
  readonly stops: boolean;
  readonly labels: Readonly<Record<'load' | 'look' | 'again' | 'stop' | 'close', string>>;
}

export function slowSite(options: SlowPage): Record<string, string> {
  const { look, title, ...data } = options;
  return { '/': app({ look, title, data, script: SCRIPT }) };
}

const SCRIPT = `
const { labels } = data;
const done = [];
// The state does not tell in which order things were done.
tell(() => ({ done: [...done].sort((one, other) => (one.name + one.verb < other.name + other.verb ? -1 : 1)) }));

let isLoaded = false;
let job = null;
let started = 0;
const works = data.works.map((work) => ({ ...work }));
/** Sets about something: what it is called, and what comes of it. */
const begin = (text, work, finish) => {
  const own = { text, work, finish, state: 'working', shown: 'working' };
  job = own;
  run(own);
};
const run = (own) => {
  own.state = own.shown = 'working';
  own.timer = setTimeout(() => {
    own.state = own.work.failures > 0 ? 'failed' : 'ready';
    own.work.failures--;
    if (data.tells === 'by itself') lookAgain(own);
  }, own.work.delay);
  draw();
};
const lookAgain = (own) => {
  own.shown = own.state;
  if (own.shown === 'ready' && job === own) { job = null; own.finish(); }
  draw();
};
const drop = () => { clearTimeout(job.timer); job = null; draw(); say('Nothing came of it.'); };

const load = () => begin('The list', works[0], () => { isLoaded = true; say('The list is here.'); });
const act = (verb, { name }) => () => {
  const finish = () => { done.push({ verb, name }); say(verb + ' ' + name + ': done.'); };
  const later = works.slice(1);
  if (later.length === 0) { finish(); draw(); } else begin(verb + ' ' + name, later[started++ % later.length], finish);
};
const state = () => {
  if (job.shown === 'working')
    return h('div', { class: 'panel', 'aria-busy': 'true' }, h('p', {}, job.text + ': please wait …'),
      h('p', {}, button(labels.look, () => { const own = job; if (own.state === 'working') say('Not yet.'); else lookAgain(own); }), data.stops && button(labels.stop, drop)));
  return h('div', { class: 'panel' }, h('p', {}, job.text + ': that did not work.'),
    h('p', {}, button(labels.again, () => run(job)), button(labels.close, drop)));
};
const view = h('section');
const draw = () => view.replaceChildren(...[
  job && state(),
  !isLoaded && !job && h('p', {}, button(labels.load, load)),
  isLoaded && rows(['Name', 'From', ''], data.rows.map((row) => [row.name, row.detail,
    h('span', {}, ...data.verbs.map((verb) => button(verb, act(verb, row), { ...forItem(verb, row.name), disabled: job !== null })))])),
].filter(Boolean));
root.append(view);
if (data.begins === 'at once') load(); else draw();
`;
