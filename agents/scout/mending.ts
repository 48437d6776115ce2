/** Mends a module: tests it, probes edits in the order that was learned, makes one that helps, and hands it in. */
import type { Action, Json } from 'lamarck/agent';
import { inOrder, type MendOrder } from './mend-order.ts';
import { editName, editsAmong, textOf, type MendTask } from './mend-task.ts';

/** What is known of edits of one text. */
export interface Mending {
  readonly text: string;
  /** Tests that passed with each edit, by its name. */
  readonly tried: Readonly<Record<string, number>>;
}

export const mendingNothing: Mending = { text: '', tried: {} };

/** Edits in the first probe; each further one has as many more. */
const FIRST_PROBE = 10;
const MOST_PROBED = 50;
/** Edits after which one that helps in part is made: there may be two faults. */
const PATIENCE = 80;

/** What is known after another look. */
export function seeMending(before: Mending, task: MendTask): Mending {
  const text = textOf(task);
  const tried = text === before.text ? before.tried : {};
  const news =
    text === before.text ? task.probed.map(({ mutation, passed }) => [editName(mutation), passed]) : [];
  return { text, tried: { ...tried, ...(Object.fromEntries(news) as Record<string, number>) } };
}

/**
 * What to do next. Where all tests pass with several edits, the one that is likeliest to be right is made, so that it goes on
 * probing when it has found one.
 *
 * @returns for an edit, which of those tried it was, from 1
 */
export function mend(
  task: MendTask,
  { tried }: Mending,
  affordances: readonly Action[],
  order: MendOrder,
  seed: string,
): { action: Action; place?: number } {
  if (task.results === null) return { action: task.left > 0 ? { test: {} } : { submit: {} } };
  const passing = task.results.filter(({ ok }) => ok).length;
  if (passing === task.tests.length) return { action: { submit: {} } };
  const names = Object.keys(tried);
  const edits = editsAmong(affordances);
  const most = Math.max(-1, ...Object.values(tried));
  const untried = edits.filter((edit) => tried[editName(edit)] === undefined);
  const isThrough = untried.length === 0 || task.left < 2;
  const helps = most > passing && most < task.tests.length && names.length >= PATIENCE;
  if (most > passing && (isThrough || helps)) {
    const best = edits.filter((edit) => tried[editName(edit)] === most);
    const [chosen] = inOrder(task, best, order.choices, seed);
    if (chosen) return { action: { mutate: { ...chosen } }, place: names.indexOf(editName(chosen)) + 1 };
  }
  if (isThrough) return { action: { submit: {} } };
  const size = Math.min(MOST_PROBED, names.length + FIRST_PROBE, task.left - 1);
  const next = inOrder(task, untried, order.tries, seed).slice(0, size);
  return { action: { probe: { mutations: next.map((edit) => ({ ...edit })) as unknown as Json[] } } };
}
