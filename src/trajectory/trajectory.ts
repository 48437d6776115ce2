import { hashOf } from '../host/index.ts';
import type { EpisodeRecord, Json, StopReason, Trajectory } from '../protocol/index.ts';
import type { FrameRecords } from './frame.ts';

/** What was seen before a step, with its hash. */
export function observationRecord(
  step: number,
  observation: Json,
  affordances?: readonly Json[],
): EpisodeRecord & { type: 'observation' } {
  return {
    type: 'observation',
    step,
    observation,
    ...(affordances ? { affordances: [...affordances] } : {}),
    hash: hashOf(observation),
  };
}

/** The hash of a trajectory: over its records (start included, end not), its stop and its reward. */
export function trajectoryHash(
  records: readonly EpisodeRecord[],
  stop: StopReason,
  reward: number | null,
): string {
  return hashOf({ records, stop, reward });
}

/**
 * The records of an episode's frame as a trajectory.
 *
 * @throws RangeError where they are not those of one whole episode.
 */
export function toTrajectory(records: FrameRecords): Trajectory {
  const [start, end] = [records[0], records.at(-1)];
  if (start?.type !== 'episode-start' || end?.type !== 'episode-end') {
    throw new RangeError('A trajectory begins with an episode-start and ends with an episode-end.');
  }
  return { start, records: records.slice(1, -1) as EpisodeRecord[], end };
}
