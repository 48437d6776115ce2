/** What a study of the policy keeps of what was played, within bounds: groups to learn from again, wins to hand on. */
import type { EpisodeGroup, TrajectoryView } from 'lamarck/agent';
import { armName } from './curriculum.ts';

/** Tries at the same task, and the arm that it is of. */
export interface KeptGroup {
  readonly arm: string;
  readonly group: EpisodeGroup;
}

/** Groups that are learned from again, of an arm and of all: what is won seldom, or was long ago, is not forgotten. */
const KEPT_OF_ARM = 4;
const KEPT = 72;
/** Candidates of all groups that are kept: one takes about 1.6 kB, and an improver has 256 MB. */
const MOST_CANDIDATES = 60_000;
/** Wins of an arm that are handed on as demonstrations. */
const WINS_OF_ARM = 4;

/** The newest groups of each arm: fewer of each where there are many arms, and fewer in all where they are large. */
export function newestGroups(groups: readonly KeptGroup[]): KeptGroup[] {
  const arms = new Set(groups.map(({ arm }) => arm)).size;
  const most = Math.max(1, Math.min(KEPT_OF_ARM, Math.floor(KEPT / arms)));
  const newest = groups.filter(
    ({ arm }, at) => groups.slice(at + 1).filter((later) => later.arm === arm).length < most,
  );
  let room = MOST_CANDIDATES;
  let first = newest.length;
  while (first > 0 && (room -= candidatesIn(newest[first - 1]?.group ?? [])) >= 0) first--;
  return newest.slice(first);
}

function candidatesIn(group: EpisodeGroup): number {
  return group.reduce(
    (sum, { steps }) => sum + steps.reduce((total, { candidates }) => total + candidates.length, 0),
    0,
  );
}

/** The newest wins of each arm. */
export function newestWins(trajectories: readonly TrajectoryView[]): TrajectoryView[] {
  const won = trajectories.filter(({ reward }) => reward === 1);
  const byArm = Map.groupBy(won, armName);
  return [...byArm.values()].flatMap((wins) => wins.slice(-WINS_OF_ARM));
}
