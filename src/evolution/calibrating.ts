import { admit } from './birth.ts';
import type { Night } from './night.ts';
import { devInterval, type Member } from './population.ts';
import { noiseOf, playRounds } from './racing.ts';
import { FIRST_ROUNDS } from './spending.ts';

/** The seed on the first rounds of every race, and once more with other randomness: how large noise is. */
export async function calibrate(night: Night): Promise<Member> {
  night.tell({ type: 'activity', text: 'the seed agent against itself' });
  const genome = night.seedGenome;
  const rounds = await playRounds(night, genome, 0, FIRST_ROUNDS);
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
    seedAgent: devInterval(rounds),
  });
  return seed;
}
