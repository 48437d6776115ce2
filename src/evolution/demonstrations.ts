import { LamarckError, type Trajectory } from '../protocol/index.ts';
import { makeTask, SPLIT_SIZE, type TaskFamily } from '../task/index.ts';
import type { TrajectoryView } from '../agent/index.ts';
import type { RunContext } from './run-context.ts';
import { viewOf } from './trajectory-view.ts';

/**
 * Of trajectories, the games that people won and that can be learned from: of train tasks that are still what they were.
 *
 * @returns those, and sentences about the others that people played
 */
export function demonstrationsIn(
  trajectories: readonly Trajectory[],
  families: ReadonlyMap<string, TaskFamily>,
): { demonstrations: Trajectory[]; left: string[] } {
  const played = trajectories.filter(({ start }) => 'human' in start.actor);
  const problems = played.map((trajectory) => problemOf(trajectory, families));
  return {
    demonstrations: played.filter((_, at) => problems[at] === undefined),
    left: problems.filter((problem) => problem !== undefined),
  };
}

function problemOf(
  { start: { task, split }, end }: Trajectory,
  families: ReadonlyMap<string, TaskFamily>,
): string | undefined {
  const named = `The game of ${task.family}, seed ${task.seed},`;
  const family = families.get(task.family);
  if (!family) return `${named} is of a family that this run does not learn from.`;
  if (split !== 'train') return `${named} is of the ${split} split, which nothing is learned from.`;
  if (end.reward !== 1) return `${named} was not won.`;
  return makeTask(family, task.seed, task.difficulty).hash === task.hash
    ? undefined
    : `${named} is of a task that is not what it was.`;
}

/** What people showed, as improvers may see it. Its tasks have numbers that no improvement comes to. */
export function viewsOf(
  run: Pick<RunContext, 'families'>,
  trajectories: readonly Trajectory[],
): TrajectoryView[] {
  return trajectories.map((trajectory, at) => {
    const { family: name } = trajectory.start.task;
    const alias = run.families.find(({ family }) => family.name === name)?.alias ?? '';
    return viewOf(trajectory, alias, SPLIT_SIZE - 1 - at);
  });
}

/** @throws LamarckError `LAMARCK_RUN_BROKEN` where the record does not have what the run began with. */
export function assertDemonstrations(
  keys: readonly string[],
  found: readonly (Trajectory | undefined)[],
): asserts found is readonly Trajectory[] {
  const missing = keys.find((_, at) => found[at] === undefined);
  if (missing === undefined) return;
  throw new LamarckError({
    code: 'LAMARCK_RUN_BROKEN',
    boundary: 'store',
    message: `The run was to learn from the game ${missing.slice(0, 12)}, which its record does not have.`,
    remedy: 'Start a new run with --demonstrations.',
  });
}
