import { EVENT_VERSION, missingReasons, nothingPlayed, type Trajectory } from '../protocol/index.ts';
import {
  actorOf,
  devScore,
  differenceOf,
  jobsAt,
  pairedRounds,
  playRounds,
  type Round,
} from '../evaluation/index.ts';
import type { Genome } from '../genome/index.ts';
import type { Score } from '../statistics/index.ts';
import { admit } from './birth.ts';
import { recordEvent, type RunContext } from './run-context.ts';
import type { Member } from './population.ts';
import { FIRST_ROUNDS } from './spending.ts';

/**
 * The seed on the first rounds of every race, and once more with other randomness: how large noise is.
 *
 * @throws LamarckError `LAMARCK_NOTHING_PLAYED` where none of these episodes has a reward: the run would compare nothing
 */
export async function calibrate(run: RunContext): Promise<Member> {
  run.tell({ type: 'activity', text: 'the seed agent against itself' });
  const genome = run.seedGenome;
  const rounds = await playRounds(run, genome, 0, FIRST_ROUNDS);
  if (rounds.flat().every(({ reward }) => reward === null))
    throw nothingPlayed(missingReasons(await endingsOf(run, rounds.length)));
  const seed: Member = {
    genome,
    parent: null,
    kind: 'seed',
    rationale: 'The genome that the run began with.',
    rounds,
  };
  await admit(run, seed, 0);
  await recordEvent(run, {
    type: 'calibration',
    version: EVENT_VERSION,
    genome: genome.id,
    rounds: rounds.length,
    dev: devScore(rounds),
    noise: await noiseOf(run, genome, rounds),
  });
  return seed;
}

/** How the seed's episodes ended: they are in the record by now, and are not played again. */
async function endingsOf(run: RunContext, rounds: number): Promise<Trajectory['end'][]> {
  const indices = Array.from({ length: rounds }, (_, round) => round);
  const jobs = jobsAt(run, actorOf(run, run.seedGenome), 'dev', indices);
  return (await run.rollout.play(jobs)).map(({ end }) => end);
}

/** An A/A trial: the same rounds again with other randomness, minus the first time. */
async function noiseOf(run: RunContext, genome: Genome, rounds: readonly Round[]): Promise<Score> {
  const again = await playRounds(run, genome, 0, rounds.length, 1);
  return differenceOf(pairedRounds(rounds, again).flat(), 'family-if-enough');
}
