import type { Genome } from '../genome/index.ts';
import type { Score } from '../statistics/index.ts';
import { meanOf, outcomeOf, pairsOf, type Pair, type TaskOutcome } from './paired.ts';
import { actorOf, jobsAt, type Trial } from './trial.ts';

/** One dev task of each family, in the run's order of families: the same for every genome. */
export type Round = readonly TaskOutcome[];

/** Plays several dev rounds, one after the other. */
export async function playRounds(
  trial: Trial,
  genome: Genome,
  from: number,
  count: number,
  repeat = 0,
): Promise<Round[]> {
  const rounds: Round[] = [];
  for (let round = from; round < from + count; round++) {
    const jobs = jobsAt(trial, actorOf(trial, genome), 'dev', [round], { repeat });
    rounds.push((await trial.rollout.play(jobs)).map(outcomeOf));
  }
  return rounds;
}

/** The rounds that two genomes have both played. */
export function pairedRounds(incumbent: readonly Round[], challenger: readonly Round[]): Pair[][] {
  const common = Math.min(incumbent.length, challenger.length);
  return challenger.slice(0, common).map((round, at) => pairsOf(incumbent[at] ?? [], round));
}

/** A genome's score over the rounds that it has played. */
export function devScore(rounds: readonly Round[]): Score {
  return meanOf(rounds.flat());
}
