import {
  clusteredInterval,
  interval,
  raceVerdict,
  type Interval,
  type Verdict,
} from '../evaluation/index.ts';
import type { Trajectory } from '../protocol/index.ts';
import { actorOf, jobsAt, taskNameOf, type Night } from './night.ts';
import type { Genome } from './genome.ts';
import type { DevOutcome } from './population.ts';
import { ROUNDS } from './spending.ts';

/** First dev task of the confirmation: far from those that races are run on. */
const CONFIRMATION_START = 4096;

export interface RaceResult {
  readonly verdict: Verdict;
  /** Child minus parent on the same tasks. */
  readonly difference: Interval;
  readonly child: readonly DevOutcome[];
}

/**
 * Parent and child meet on the same dev tasks and seeds. The test looks after every pair and may know early, but all
 * rounds are played: scores of members are compared later, and only scores on the same tasks can be. Where the arms miss
 * different numbers of episodes, the race is undecided.
 */
export async function race(night: Night, parent: Genome, child: Genome): Promise<RaceResult> {
  const ofParent = await night.rollout.play(jobsAt(night, actorOf(night, parent), 'dev', rounds()));
  const ofChild = await night.rollout.play(jobsAt(night, actorOf(night, child), 'dev', rounds()));
  const differences = pairedDifferences(ofParent, ofChild);
  return {
    verdict: missingIn(ofParent) === missingIn(ofChild) ? raceVerdict(differences) : 'undecided',
    difference: interval(differences, [-1, 1]),
    child: outcomesOf(ofChild),
  };
}

/** The seed agent's start: the dev tasks of a race, twice, with other randomness the second time (an A/A trial). */
export async function calibrate(night: Night): Promise<{ outcomes: DevOutcome[]; noise: Interval }> {
  const actor = actorOf(night, night.seedGenome);
  const first = await night.rollout.play(jobsAt(night, actor, 'dev', rounds()));
  const second = await night.rollout.play(jobsAt(night, actor, 'dev', rounds(), { repeat: 1 }));
  return { outcomes: outcomesOf(first), noise: interval(pairedDifferences(first, second), [-1, 1]) };
}

/** A candidate on dev tasks that no race has touched. */
export async function retest(night: Night, genome: Genome): Promise<Interval> {
  const jobs = jobsAt(night, actorOf(night, genome), 'dev', rounds(CONFIRMATION_START));
  return devInterval(outcomesOf(await night.rollout.play(jobs)));
}

function rounds(from = 0): number[] {
  return Array.from({ length: ROUNDS }, (_, round) => from + round);
}

/** Second minus first, where both have a conclusion. */
function pairedDifferences(first: readonly Trajectory[], second: readonly Trajectory[]): number[] {
  return first.flatMap(({ end }, place) => {
    const other = second[place]?.end.reward ?? null;
    return end.reward === null || other === null ? [] : [other - end.reward];
  });
}

function missingIn(trajectories: readonly Trajectory[]): number {
  return trajectories.filter(({ end }) => end.reward === null).length;
}

export function devInterval(outcomes: readonly DevOutcome[]): Interval {
  return clusteredInterval(outcomes.map(({ reward, task }) => ({ value: reward, cluster: task })));
}

function outcomesOf(trajectories: readonly Trajectory[]): DevOutcome[] {
  return trajectories.flatMap((trajectory) =>
    trajectory.end.reward === null
      ? []
      : [
          {
            task: taskNameOf(trajectory),
            family: trajectory.start.task.family,
            reward: trajectory.end.reward,
          },
        ],
  );
}
