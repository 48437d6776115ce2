import type { Json, Trajectory } from '../protocol/index.ts';

/** What was done in an episode, in order. */
export function actionsOf({ records }: Trajectory): Json[] {
  return records.flatMap((record) => (record.type === 'action' ? [record.action] : []));
}

/** What its verifier judged; undefined where it came to none. */
export function evidenceOf({ records }: Trajectory): Json | undefined {
  const verdict = records.find((record) => record.type === 'reward');
  return verdict?.evidence ?? undefined;
}

/** `seed 3, difficulty 2`. */
export function placeOf({ start: { task } }: Trajectory): string {
  return `seed ${task.seed}, difficulty ${task.difficulty}`;
}
