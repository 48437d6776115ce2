/** Mends a module: tests it, probes edits in the order that was learned, makes one that helps, and hands it in. */
import type { Action, Json } from 'lamarck/agent';
import { choosingFacts, tryingFacts } from './mend-facts.ts';
import { inOrder, type MendOrder } from './mend-order.ts';
import { editName, editsAmong, textOf, type MendTask, type Trial } from './mend-task.ts';

/** What is known of edits of one text. */
export interface Mending {
  readonly text: string;
  /** What each edit came to, by its name, in the order of trying. */
  readonly tried: Readonly<Record<string, Trial>>;
  /** The text is not the one that was found. */
  readonly isEdited: boolean;
}

export const mendingNothing: Mending = { text: '', tried: {}, isEdited: false };

/** Edits in the first probe; each further one has as many more. */
const FIRST_PROBE = 10;
const MOST_PROBED = 50;

/** What is known after another look. */
export function seeMending(before: Mending, task: MendTask): Mending {
  const text = textOf(task);
  if (text !== before.text) return { text, tried: {}, isEdited: before.text !== '' };
  const news = task.probed.map(({ mutation, ...trial }) => [editName(mutation), trial] as const);
  return { ...before, tried: { ...before.tried, ...Object.fromEntries(news) } };
}

/**
 * What to do next. Where all tests pass with several edits, the one that is likeliest to be right is made, so that it goes on
 * probing when it has found one. Where all pass from the beginning, the fault is one that they do not show: then an edit is
 * made that changes something else.
 *
 * @returns for an edit, which of those tried it was, from 1
 */
export function mend(
  task: MendTask,
  { tried, isEdited }: Mending,
  affordances: readonly Action[],
  order: MendOrder,
  seed: string,
): { action: Action; place?: number } {
  if (task.results === null) return { action: task.left > 0 ? { test: {} } : { submit: {} } };
  const passing = task.results.filter(({ ok }) => ok).length;
  const isHidden = passing === task.tests.length;
  if (isHidden && isEdited) return { action: { submit: {} } };
  const names = Object.keys(tried);
  const edits = editsAmong(affordances);
  const untried = edits.filter((edit) => tried[editName(edit)] === undefined);
  const most = Math.max(-1, ...Object.values(tried).map(({ passed }) => passed));
  // Where nobody can tell what else an edit changes, nothing speaks for one.
  const isBlind =
    isHidden &&
    Object.values(tried).some(({ passed, changes }) => passed === task.tests.length && changes === null);
  const isThrough = untried.length === 0 || task.left < 2 || isBlind;
  // There may be two faults: half of the runs are for one that mends all, the other half for what is left of them.
  const helps = most > passing && most < task.tests.length && names.length >= task.left;
  if (isThrough || helps) {
    const best = edits.filter((edit) => {
      const { passed = -1, changes = null } = tried[editName(edit)] ?? {};
      return passed === most && (most > passing || (isHidden && changes !== null && changes > 0));
    });
    const [chosen] = inOrder(best, choosingFacts(tried), order.choices, seed);
    if (chosen) return { action: { mutate: { ...chosen } }, place: names.indexOf(editName(chosen)) + 1 };
  }
  if (isThrough) return { action: { submit: {} } };
  const size = Math.min(MOST_PROBED, names.length + FIRST_PROBE, task.left - 1);
  const next = inOrder(untried, tryingFacts(task, edits), order.tries, seed).slice(0, size);
  return { action: { probe: { mutations: next.map((edit) => ({ ...edit })) as unknown as Json[] } } };
}
