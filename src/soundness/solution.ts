import { createScriptedActor, type Actor } from '../episode/index.ts';
import type { Json, Trajectory } from '../protocol/index.ts';
import type { TaskFamily } from '../task/index.ts';

/** What was done in an episode, in order. */
export function actionsOf({ records }: Trajectory): Json[] {
  return records.flatMap((record) => (record.type === 'action' ? [record.action] : []));
}

/** What can be done again: the actions of a solution, and who does them or others like them. */
export interface Script {
  readonly actions: readonly Json[];
  actor(actions: readonly Json[]): Actor;
}

/** Where the same seed need not show the same again, what actions refer to is looked for anew. */
export function scriptOf(trajectory: Trajectory, { environment }: TaskFamily): Script {
  if (environment.repeatability === 'seeded')
    return { actions: actionsOf(trajectory), actor: createScriptedActor };
  const { notation } = environment;
  let observation: Json = null;
  const actions = trajectory.records.flatMap((record) => {
    if (record.type === 'observation') ({ observation } = record);
    return record.type === 'action' ? [notation.write(record.action, observation)] : [];
  });
  return { actions, actor: (changed) => createScriptedActor(changed, notation) };
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
