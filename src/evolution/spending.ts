import { LamarckError } from '../protocol/index.ts';
import type { Night } from './night.ts';

/** Rounds of a race, of the calibration and of a re-test; each is one dev task a family. */
export const ROUNDS = 6;
/** Train tasks a family that a parent plays before it improves itself: its trajectories to learn from. */
export const PROFILE_TASKS = 3;
/** Champion candidates that are re-tested. */
export const FINALISTS = 3;
/** An improvement with fewer episodes than this is not worth starting. */
export const SMALLEST_IMPROVEMENT = 40;
/** Episodes that the gate may take: an easy task of each environment, and a child's trial at writing a child. */
const GATE = 12;
/** Arms that are scored on the sealed split. */
const ARMS = 4;

/** Episodes that the next improvement may play, once what must still follow it is set aside. */
export function episodesForImprovement({ families, budget, rollout }: Night): number {
  const after = around(families.length) + ending(families.length, budget.sealed);
  return Math.min(budget.improvement, budget.episodes - rollout.episodes - after);
}

/**
 * @throws LamarckError `LAMARCK_BUDGET_TOO_SMALL` where a budget does not reach for one improvement and what must be
 * played around it.
 */
export function assertAffordable(families: number, { episodes, improvement, sealed }: Night['budget']): void {
  const calibration = 2 * ROUNDS * families;
  const smallest =
    calibration + Math.min(improvement, SMALLEST_IMPROVEMENT) + around(families) + ending(families, sealed);
  if (episodes >= smallest) return;
  throw new LamarckError({
    code: 'LAMARCK_BUDGET_TOO_SMALL',
    boundary: 'user',
    message: `A budget of ${episodes} episodes does not reach for a single improvement on ${families} task families.`,
    remedy: `Give at least --budget ${smallest}, or lower budget.sealed (now ${sealed} tasks a family and arm) in the configuration.`,
  });
}

/** What an improvement needs besides its own play: the parent's profile, the gate, the race. */
function around(families: number): number {
  return families * (PROFILE_TASKS + ROUNDS) + GATE;
}

/** What confirming and sealing need. */
function ending(families: number, sealed: number): number {
  return families * (ROUNDS * FINALISTS + sealed * ARMS);
}
