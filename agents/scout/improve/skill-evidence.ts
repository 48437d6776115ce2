/** What episodes say for and against a skill. */
import {
  isPage,
  rewardSpan,
  type CounterEvidence,
  type Demonstration,
  type StepView,
  type TrajectoryView,
} from 'lamarck/agent';
import { armName, type Arm } from './curriculum.ts';

/** Pages of other families, and lost episodes, that a skill is held against. */
const MOST_FOREIGN = 60;
const MOST_LOST = 12;

/** Of a family: what was won, as demonstrations. One that was cut off does not show how the task ends. */
export function winsOf(family: string, seen: readonly TrajectoryView[]): Demonstration[] {
  return seen
    .filter((one) => one.family === family && one.reward === 1 && one.stop.endsWith('-done'))
    .map(demonstrationOf);
}

/** What speaks against skills of a family: pages of others, where they must not be recalled, and its lost episodes. */
export function counterEvidence(family: string, seen: readonly TrajectoryView[]): CounterEvidence {
  const pages = seen
    .filter((one) => one.family !== family)
    .flatMap(({ instruction, steps }) =>
      steps.flatMap(({ observation }) => (isPage(observation) ? [{ instruction, page: observation }] : [])),
    );
  const stride = Math.max(1, Math.ceil(pages.length / MOST_FOREIGN));
  return {
    foreign: pages.filter((_, at) => at % stride === 0),
    lost: seen
      .filter((one) => one.family === family && one.reward === 0)
      .slice(-MOST_LOST)
      .map(demonstrationOf),
  };
}

function demonstrationOf({ instruction, steps }: TrajectoryView): Demonstration {
  return {
    instruction,
    steps: steps.flatMap(({ observation, action }) =>
      isPage(observation) ? [{ page: observation, action }] : [],
    ),
  };
}

/** Whether a skill of this name was followed at any step. */
export function isBySkill({ steps }: TrajectoryView, name: string): boolean {
  return steps.some(({ note }: StepView) => {
    return typeof note === 'object' && note !== null && 'skill' in note && note.skill === name;
  });
}

/** Wins and episodes by arm. What has to be exceeded is counted here, so a missing reward is a win. */
export type Tally = ReadonlyMap<string, { readonly won: number; readonly played: number }>;

export function tallyOf(trajectories: readonly TrajectoryView[]): Tally {
  const tally = new Map<string, { won: number; played: number }>();
  for (const trajectory of trajectories) {
    const { won, played } = tally.get(armName(trajectory)) ?? { won: 0, played: 0 };
    tally.set(armName(trajectory), {
      won: won + Number(rewardSpan(trajectory.reward).most === 1),
      played: played + 1,
    });
  }
  return tally;
}

/** Success at an arm, drawn towards one half where little is known. */
export function rateAt(tally: Tally, arm: Arm): number {
  const { won, played } = tally.get(armName(arm)) ?? { won: 0, played: 0 };
  return (won + 0.5) / (played + 1);
}

/** Actions of an episode, on the average. */
export function meanLength(trajectories: readonly TrajectoryView[]): number {
  return trajectories.reduce((sum, { steps }) => sum + steps.length, 0) / Math.max(1, trajectories.length);
}
