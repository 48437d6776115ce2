import { resolve } from 'node:path';
import { runsFolder, type LoadedConfiguration } from '../config/index.ts';
import { createGenomeActor, oracleActor, randomActor, type Actor } from '../episode/index.ts';
import { genomeNamed } from '../run/index.ts';
import { loadGenome, type Genome } from '../genome/index.ts';
import type { MindSandbox } from '../sandbox/index.ts';
import { scoutFolder } from '../presets.ts';

/** The folder of the genome that runs begin with. */
export function seedGenomeFolder({ agent, folder }: Pick<LoadedConfiguration, 'agent' | 'folder'>): string {
  return agent === undefined || agent === 'scout' ? scoutFolder : resolve(folder, agent);
}

/**
 * Who is meant by `--agent`: `random`, `oracle`, `scout`, a folder with a genome, `RUN` (its champion) or
 * `RUN/GENOME` (the beginning of an id).
 */
export async function actorNamed(
  name: string | undefined,
  configuration: LoadedConfiguration,
  minds: MindSandbox,
): Promise<{ actor: Actor; genome?: Genome }> {
  if (name === 'random') return { actor: randomActor };
  if (name === 'oracle') return { actor: oracleActor };
  const genome = await genomeMeant(name, configuration);
  return { actor: createGenomeActor(genome, minds), genome };
}

function genomeMeant(name: string | undefined, configuration: LoadedConfiguration): Promise<Genome> {
  if (name === undefined) return loadGenome(seedGenomeFolder(configuration));
  return name === 'scout' ? loadGenome(scoutFolder) : genomeNamed(name, runsFolder(configuration));
}
