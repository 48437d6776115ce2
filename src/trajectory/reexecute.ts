import type { Session } from '../environment/index.ts';
import { hashOf } from '../host/index.ts';
import type { Json, Trajectory } from '../protocol/index.ts';
import {
  compareMoments,
  describeDifferences,
  momentsOf,
  type Divergence,
  type Moment,
} from './divergence.ts';

/**
 * Plays a trajectory's actions again in a fresh session of the same task, which stays the caller's to close. Compares
 * observations, affordances, rejections and the environment's end at each step, and the evidence at last.
 *
 * @returns the first divergence; undefined where everything is as recorded.
 * @throws what the session throws, or the reason of the signal.
 */
export async function reexecute(
  trajectory: Trajectory,
  session: Pick<Session, 'observe' | 'act' | 'affordances' | 'evidence'>,
  signal?: AbortSignal,
): Promise<Divergence | undefined> {
  const actions = new Map<number, Json>();
  let evidence: Json = null;
  for (const record of trajectory.records) {
    if (record.type === 'action') actions.set(record.step, record.action);
    if (record.type === 'reward') evidence = record.evidence;
  }
  const moments = momentsOf(trajectory);
  for (const [step, expected] of moments.entries()) {
    signal?.throwIfAborted();
    const feedback = step === 0 ? {} : await session.act(actions.get(step - 1));
    const observation = await session.observe();
    const actual: Moment = {
      observation,
      // Asked for only where it was then: a session may do work to answer.
      affordances: expected.affordances && (await session.affordances(observation)),
      error: feedback.error,
      done: feedback.done,
    };
    const divergence = compareMoments(step, expected, actual);
    if (divergence) return divergence;
  }
  // No evidence: the episode was spoiled before anything was judged.
  if (evidence === null) return undefined;
  signal?.throwIfAborted();
  const differences = describeDifferences(evidence, await session.evidence(), 'evidence');
  const hash = hashOf(moments.at(-1)?.observation ?? null);
  return differences.length > 0
    ? { step: moments.length - 1, expectedHash: hash, actualHash: hash, differences }
    : undefined;
}
