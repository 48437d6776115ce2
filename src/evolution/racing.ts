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

/** Rounds of a race; each is one dev task a family, for parent and child alike. */
const ROUNDS = 6;
/** First dev task of the confirmation: far from those that races are run on. */
const CONFIRMATION_START = 4096;

export interface RaceResult {
  readonly verdict: Verdict;
  /** Child minus parent on the same tasks. */
  readonly difference: Interval;
  readonly child: readonly DevOutcome[];
}

/**
 * Parent and child meet on the same dev tasks and seeds, one task of each family a round, until the sequential test
 * knows or the rounds are over. Where the arms miss different numbers of episodes, the race is undecided.
 */
export async function race(night: Night, parent: Genome, child: Genome): Promise<RaceResult> {
  const differences: number[] = [];
  const outcomes: DevOutcome[] = [];
  const missing = { parent: 0, child: 0 };
  let verdict: Verdict = 'undecided';
  for (let round = 0; round < ROUNDS && verdict === 'undecided'; round++) {
    const jobs = [parent, child].flatMap((genome) => jobsAt(night, actorOf(night, genome), 'dev', [round]));
    const trajectories = await night.rollout.play(jobs);
    const half = jobs.length / 2;
    for (let place = 0; place < half; place++) {
      const ofParent = trajectories[place]?.end.reward ?? null;
      const ofChild = trajectories[half + place]?.end.reward ?? null;
      missing.parent += Number(ofParent === null);
      missing.child += Number(ofChild === null);
      if (ofParent !== null && ofChild !== null) differences.push(ofChild - ofParent);
    }
    outcomes.push(...outcomesOf(trajectories.slice(half)));
    verdict = missing.parent === missing.child ? raceVerdict(differences) : 'undecided';
  }
  return { verdict, difference: interval(differences, [-1, 1]), child: outcomes };
}

/** The seed agent's start: the dev tasks of a whole race, twice, with other randomness the second time (an A/A trial). */
export async function calibrate(night: Night): Promise<{ outcomes: DevOutcome[]; noise: Interval }> {
  const rounds = Array.from({ length: ROUNDS }, (_, round) => round);
  const actor = actorOf(night, night.seedGenome);
  const [first, second] = [
    await night.rollout.play(jobsAt(night, actor, 'dev', rounds)),
    await night.rollout.play(jobsAt(night, actor, 'dev', rounds, { repeat: 1 })),
  ];
  const differences = first.flatMap(({ end }, place) => {
    const other = second[place]?.end.reward ?? null;
    return end.reward === null || other === null ? [] : [other - end.reward];
  });
  return { outcomes: outcomesOf(first), noise: interval(differences, [-1, 1]) };
}

/** A candidate on dev tasks that no race has touched. */
export async function retest(night: Night, genome: Genome): Promise<Interval> {
  const indices = Array.from({ length: ROUNDS }, (_, round) => CONFIRMATION_START + round);
  return devInterval(
    outcomesOf(await night.rollout.play(jobsAt(night, actorOf(night, genome), 'dev', indices))),
  );
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
