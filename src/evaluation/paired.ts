import type { Trajectory } from '../protocol/index.ts';
import { gainEvidence, gainOf, scoreOf, type Pairing, type Score } from '../statistics/index.ts';
import { taskNameOf } from './trial.ts';

/** A task that an agent was tried at, and what it earned; null where the reward is missing. */
export interface TaskOutcome {
  readonly task: string;
  readonly family: string;
  readonly reward: number | null;
}

/** A task that two agents were tried at. */
export interface Pair extends Pairing {
  readonly task: string;
  readonly family: string;
}

/** A mean difference on the same tasks, and how telling it is. */
export interface Difference extends Score {
  /** e-value against "no better": 20 is as telling as p = 0.05 for a single comparison. */
  readonly evidence: number;
}

export function outcomeOf(trajectory: Trajectory): TaskOutcome {
  const { start, end } = trajectory;
  return { task: taskNameOf(trajectory), family: start.task.family, reward: end.reward };
}

/**
 * Two agents on the same tasks, in the order of the challenger's. A task that the incumbent was not tried at has no reward of it.
 */
export function pairsOf(incumbent: readonly TaskOutcome[], challenger: readonly TaskOutcome[]): Pair[] {
  const earned = new Map(incumbent.map(({ task, reward }) => [task, reward]));
  return challenger.map(({ task, family, reward }) => ({
    incumbent: earned.get(task) ?? null,
    challenger: reward,
    task,
    family,
  }));
}

/** Families that an interval needs to have them as its clusters: fewer say nothing of their spread. */
const FEWEST_CLUSTERS = 4;

/**
 * Challenger minus incumbent with its 95 % interval.
 *
 * @param clusters what counts as one observation: tasks; families; or families where there are four of them, else tasks
 */
export function differenceOf(
  pairs: readonly Pair[],
  clusters: 'task' | 'family' | 'family-if-enough' = 'task',
): Score {
  const isEnough = new Set(pairs.map(({ family }) => family)).size >= FEWEST_CLUSTERS;
  const byFamily = clusters === 'family' || (clusters === 'family-if-enough' && isEnough);
  return gainOf(pairs.map((pair) => ({ ...pair, cluster: byFamily ? pair.family : pair.task })));
}

/** The same, with its e-value. */
export function weighedDifferenceOf(pairs: readonly Pair[]): Difference {
  return { ...differenceOf(pairs), evidence: gainEvidence(pairs) };
}

/** The mean reward with its 95 % interval; tasks are the clusters. */
export function meanOf(outcomes: readonly TaskOutcome[]): Score {
  return scoreOf(outcomes.map(({ reward, task }) => ({ reward, cluster: task })));
}
