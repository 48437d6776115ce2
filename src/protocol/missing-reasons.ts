import { z } from 'zod';
import { LamarckError } from './errors.ts';
import type { StopReason } from './stop-reason.ts';

/** Why episodes have no reward: the error's code, how many episodes it cost, and one of its sentences. */
export const MissingReasonSchema = z.object({
  code: z.string(),
  count: z.number().int().positive(),
  example: z.string(),
});
export type MissingReason = z.infer<typeof MissingReasonSchema>;

/** How an episode ended, as its last record says. */
export interface Ending {
  readonly reward: number | null;
  readonly stop: StopReason;
  readonly error?: { readonly code: string; readonly message: string } | undefined;
}

/**
 * The reasons for missing rewards, counted by error code (by the stop reason where there was no error), commonest first.
 * Of several sentences the first in the alphabet is the example, so that equal runs give equal examples.
 */
export function missingReasons(endings: Iterable<Ending>): MissingReason[] {
  const reasons = new Map<string, MissingReason>();
  for (const { reward, stop, error } of endings) {
    if (reward !== null) continue;
    const { code, message } = error ?? { code: stop, message: `The episode ended with "${stop}".` };
    const known = reasons.get(code);
    const example = known === undefined || message < known.example ? message : known.example;
    reasons.set(code, { code, count: (known?.count ?? 0) + 1, example });
  }
  return [...reasons.values()].sort(
    (left, right) => right.count - left.count || (left.code < right.code ? -1 : 1),
  );
}

/** The reasons in one line, for a sentence that goes on: `3 × LAMARCK_OVERDUE ("…"), 1 × …`. */
export function reasonsClause(reasons: readonly MissingReason[]): string {
  return reasons.map(({ code, count, example }) => `${count} × ${code} ("${example}")`).join(', ');
}

/** What is thrown, or printed, where no episode at all has a reward: such a suite has no result. */
export function nothingPlayed(reasons: readonly MissingReason[]): LamarckError {
  const episodes = reasons.reduce((sum, { count }) => sum + count, 0);
  return new LamarckError({
    code: 'LAMARCK_NOTHING_PLAYED',
    boundary: 'environment',
    message: `None of ${episodes} episodes has a reward, so there is no result: ${reasonsClause(reasons)}.`,
    remedy: {
      text: 'Fix the causes of the errors that the message lists, look at a single episode, then start again.',
      command: 'run FAMILY',
    },
  });
}
