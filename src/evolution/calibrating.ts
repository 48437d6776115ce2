import { missingReasons, nothingPlayed, type Trajectory } from '../protocol/index.ts';
import { admit } from './birth.ts';
import { actorOf, jobsAt, type Night } from './night.ts';
import { devScore, type Member } from './population.ts';
import { noiseOf, playRounds } from './racing.ts';
import { FIRST_ROUNDS } from './spending.ts';

/**
 * The seed on the first rounds of every race, and once more with other randomness: how large noise is.
 *
 * @throws LamarckError `LAMARCK_NOTHING_PLAYED` where none of these episodes has a reward: the run would compare nothing
 */
export async function calibrate(night: Night): Promise<Member> {
  night.tell({ type: 'activity', text: 'the seed agent against itself' });
  const genome = night.seedGenome;
  const rounds = await playRounds(night, genome, 0, FIRST_ROUNDS);
  if (rounds.flat().every(({ reward }) => reward === null))
    throw nothingPlayed(missingReasons(await endingsOf(night, rounds.length)));
  const seed: Member = {
    genome,
    parent: null,
    kind: 'seed',
    rationale: 'The genome that the run began with.',
    rounds,
  };
  await admit(night, seed, 0);
  night.tell({
    type: 'calibrated',
    noise: await noiseOf(night, genome, rounds),
    seedAgent: devScore(rounds),
  });
  return seed;
}

/** How the seed's episodes ended: they are in the record by now, and are not played again. */
async function endingsOf(night: Night, rounds: number): Promise<Trajectory['end'][]> {
  const indices = Array.from({ length: rounds }, (_, round) => round);
  const jobs = jobsAt(night, actorOf(night, night.seedGenome), 'dev', indices);
  return (await night.rollout.play(jobs)).map(({ end }) => end);
}
