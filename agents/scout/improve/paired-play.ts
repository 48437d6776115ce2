/**
 * Drafts of the child against the genome as it is, on the same tasks: equal tasks have equal randomness, so what differs
 * between two episodes comes from what differs between the two genomes.
 */
import {
  chanceOfWins,
  gainSpan,
  rewardSpan,
  type ImproverInput,
  type PlayRequest,
  type Random,
  type TrajectoryView,
} from 'lamarck/agent';
import { armName, groupByTask } from './curriculum.ts';

export type Tasks = PlayRequest['tasks'];

/** What an arm is worth beside its chance to tell two genomes apart: something that is always lost may be one mend away. */
const WORTH_OF_LOST = 0.3;
const WORTH_OF_WON = 0.03;
/** Rate of an arm of which nothing is known. */
const UNKNOWN = 0.5;

/** Tasks from `first` on, of the families and difficulties at which the genome sometimes fails. */
export function tellingTasks(
  { families, trajectories }: Pick<ImproverInput, 'families' | 'trajectories'>,
  count: number,
  first: number,
  random: Random,
): Tasks {
  const arms = families.flatMap(({ family, difficulties }) =>
    Array.from({ length: difficulties }, (_, index) => {
      const arm = { family, difficulty: index + 1 };
      const rate = rateOf(trajectories.filter((one) => armName(one) === armName(arm))) ?? UNKNOWN;
      return { arm, worth: rate * (1 - rate) + WORTH_OF_LOST * (1 - rate) + WORTH_OF_WON };
    }),
  );
  if (arms.length === 0) return [];
  return Array.from({ length: count }, (_, index) => ({
    ...arms[
      drawInProportion(
        arms.map(({ worth }) => worth),
        random,
      )
    ]!.arm,
    task: first + index,
  }));
}

/** An index, drawn with a probability in proportion to its weight. */
export function drawInProportion(weights: readonly number[], random: Random): number {
  let left = random.real() * weights.reduce((sum, weight) => sum + weight, 0);
  const found = weights.findIndex((weight) => (left -= weight) < 0);
  return found < 0 ? weights.length - 1 : found;
}

/** Draft minus genome, for each task that both have played; where a reward is missing, in the worst case for the draft. */
export function pairedDifferences(
  genome: readonly TrajectoryView[],
  draft: readonly TrajectoryView[],
): number[] {
  const own = new Map(groupByTask(genome).map(([first]) => [taskName(first as TrajectoryView), first]));
  return draft.flatMap((trajectory) => {
    const before = own.get(taskName(trajectory));
    return before === undefined ? [] : [gainSpan(before.reward, trajectory.reward).least];
  });
}

/** Whether a draft did nothing that the genome had not done. */
export function isSilent(genome: readonly TrajectoryView[], draft: readonly TrajectoryView[]): boolean {
  const acts = (trajectories: readonly TrajectoryView[]) =>
    JSON.stringify(trajectories.map(({ steps }) => steps.map(({ action }) => action)));
  return acts(genome) === acts(draft);
}

/** Likelier by chance than this is no reason to change anything. */
const CLEAR = 0.1;

/** Whether a draft is better by a clear margin. */
export function isClearlyBetter(differences: readonly number[]): boolean {
  const count = (sign: number): number => differences.filter((each) => Math.sign(each) === sign).length;
  return mean(differences) > 0 && chanceOfWins(count(1), count(-1)) <= CLEAR;
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}

/** `4 won and 1 lost of 24` */
export function tally(differences: readonly number[]): string {
  const wins = differences.filter((difference) => difference > 0).length;
  const losses = differences.filter((difference) => difference < 0).length;
  return `${wins} won and ${losses} lost of ${differences.length}`;
}

function rateOf(trajectories: readonly TrajectoryView[]): number | undefined {
  const rewards = trajectories.map(({ reward }) => rewardSpan(reward).counted);
  return rewards.length === 0 ? undefined : mean(rewards);
}

function taskName(trajectory: TrajectoryView): string {
  return `${armName(trajectory)}/${trajectory.task}`;
}
