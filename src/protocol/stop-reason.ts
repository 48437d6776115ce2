import { z } from 'zod';

/** Why an episode ended. Stored; `terminated` and `truncated` are derived from it and so cannot disagree. */
export const StopReasonSchema = z.enum([
  'agent-done',
  'environment-done',
  'step-limit',
  'time-limit',
  'token-limit',
  'cost-limit',
  'invalid-actions',
  'agent-error',
  'infrastructure-error',
  'cancelled',
]);
export type StopReason = z.infer<typeof StopReasonSchema>;

/**
 * Gymnasium's `terminated`: the episode came to an end of its own.
 *
 * @example isTerminated('agent-done') // true
 */
export function isTerminated(stop: StopReason): boolean {
  return stop === 'agent-done' || stop === 'environment-done';
}

/**
 * Gymnasium's `truncated`: the episode was cut from outside.
 *
 * @example isTruncated('step-limit') // true
 */
export function isTruncated(stop: StopReason): boolean {
  return !isTerminated(stop);
}

/** True where nothing may be concluded about the agent: the reward is `null`, never zero. */
export function isInconclusive(stop: StopReason): boolean {
  return stop === 'infrastructure-error' || stop === 'cancelled';
}
