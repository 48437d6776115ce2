import { createGenomeActor, oracleActor, randomActor, type Actor } from '../episode/index.ts';
import { loadGenome, type Genome } from '../genome/index.ts';
import type { GuestSandbox } from '../sandbox/index.ts';
import { genomeNamed } from './genome-named.ts';

/**
 * Who is meant by `random`, `oracle`, `scout`, a folder with a genome, `RUN` (its champion) or `RUN/GENOME` (the beginning of an
 * id).
 *
 * @param places the folder of the runs, and that of the genome which is called scout
 * @throws LamarckError `LAMARCK_AGENT_UNKNOWN`, `LAMARCK_RUN_NOT_FOUND`
 */
export async function actorNamed(
  name: string,
  places: { readonly runs: string; readonly scout: string },
  guests: GuestSandbox,
): Promise<{ actor: Actor; genome?: Genome }> {
  if (name === 'random') return { actor: randomActor };
  if (name === 'oracle') return { actor: oracleActor };
  const genome = await (name === 'scout' ? loadGenome(places.scout) : genomeNamed(name, places.runs));
  return { actor: createGenomeActor(genome, guests), genome };
}
