import type { Score } from '../evaluation/index.ts';
import type { Trajectory } from '../protocol/index.ts';
import { actorOf, jobsAt, taskNameOf, type Night } from './night.ts';
import type { Genome } from './genome.ts';
import { differenceOf, pairedRounds, type Round } from './population.ts';

/** Plays one dev round: a task of each family. Equal rounds are equal tasks for every genome. */
async function playRound(night: Night, genome: Genome, round: number, repeat = 0): Promise<Round> {
  const jobs = jobsAt(night, actorOf(night, genome), 'dev', [round], { repeat });
  return (await night.rollout.play(jobs)).map(outcomeOf);
}

/** Plays several rounds, one after the other. */
export async function playRounds(
  night: Night,
  genome: Genome,
  from: number,
  count: number,
  repeat = 0,
): Promise<Round[]> {
  const rounds: Round[] = [];
  for (let round = from; round < from + count; round++)
    rounds.push(await playRound(night, genome, round, repeat));
  return rounds;
}

/** An A/A trial: the same rounds again with other randomness, minus the first time. */
export async function noiseOf(night: Night, genome: Genome, rounds: readonly Round[]): Promise<Score> {
  const again = await playRounds(night, genome, 0, rounds.length, 1);
  return differenceOf(pairedRounds(rounds, again).flat());
}

function outcomeOf(trajectory: Trajectory): Round[number] {
  return {
    task: taskNameOf(trajectory),
    family: trajectory.start.task.family,
    reward: trajectory.end.reward,
  };
}
