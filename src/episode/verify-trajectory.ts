import { hashOf } from '../host/index.ts';
import { messageOf, tamperingIn, type Trajectory } from '../protocol/index.ts';
import { judge } from '../reward/index.ts';
import { makeTask, type TaskFamily } from '../task/index.ts';
import { reexecute, trajectoryHash } from '../trajectory/index.ts';
import type { View, World } from './world.ts';

/** Whether what was seen can be seen again: elsewhere a trajectory is known by its hash alone. */
export function isRepeatable({ start }: Trajectory, families: ReadonlyMap<string, TaskFamily>): boolean {
  return families.get(start.task.family)?.environment.repeatability === 'seeded';
}

/**
 * Plays a recorded trajectory's actions again and compares what is seen, step by step, then judges its evidence again.
 *
 * @returns what differs, in one sentence that names the step; nothing where all is as recorded
 */
export async function verifyTrajectory(
  trajectory: Trajectory,
  families: ReadonlyMap<string, TaskFamily>,
  world: World,
): Promise<string | undefined> {
  const { start, records, end } = trajectory;
  if (trajectoryHash([start, ...records], end.stop, end.reward) !== end.hash)
    return 'its records are not those that were hashed when it ended.';
  const family = families.get(start.task.family);
  if (!family) return `the configuration has no task family "${start.task.family}".`;
  if (!isRepeatable(trajectory, families)) return undefined;
  const task = makeTask(family, start.task.seed, start.task.difficulty);
  const abort = new AbortController();
  try {
    const session = await world.open(task, abort.signal);
    try {
      let view: View = session.first;
      const divergence = await reexecute(trajectory, {
        observe: async () => view.observation,
        affordances: async () => view.affordances,
        act: async (action) => {
          const result = await session.act(action as never);
          view = result.view;
          return result.feedback;
        },
        evidence: () => session.evidence(),
      });
      if (divergence) return `at step ${divergence.step}: ${divergence.differences.slice(0, 3).join('; ')}`;
    } finally {
      await session.close();
    }
    const verdict = records.find((record) => record.type === 'reward');
    const isQuarantined = tamperingIn(trajectory).length > 0;
    if (
      verdict?.evidence != null &&
      !isQuarantined &&
      (await judge(family, task, verdict.evidence)) !== end.reward
    ) {
      return 'its evidence earns another reward now.';
    }
    return task.hash === start.task.hash
      ? undefined
      : `its task is another one now (hash ${hashOf(task.params).slice(0, 8)}).`;
  } catch (error) {
    return `it could not be played again: ${messageOf(error)}`;
  }
}
