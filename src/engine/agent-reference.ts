import { resolve } from 'node:path';
import { runsFolder, type LoadedConfiguration } from '../config/index.ts';
import { createGenomeActor, type Actor } from '../episode/index.ts';
import { loadGenome, type Genome } from '../genome/index.ts';
import { scoutFolder } from '../presets.ts';
import { actorNamed } from '../run/index.ts';
import type { GuestSandbox } from '../sandbox/index.ts';

/** The folder of the genome that runs begin with. */
export function seedGenomeFolder({ agent, folder }: Pick<LoadedConfiguration, 'agent' | 'folder'>): string {
  return agent === undefined || agent === 'scout' ? scoutFolder : resolve(folder, agent);
}

/** Who is meant by `--agent`; without it, the agent of the configuration. */
export async function actorMeant(
  name: string | undefined,
  configuration: LoadedConfiguration,
  guests: GuestSandbox,
): Promise<{ actor: Actor; genome?: Genome }> {
  if (name !== undefined)
    return actorNamed(name, { runs: runsFolder(configuration), scout: scoutFolder }, guests);
  const genome = await loadGenome(seedGenomeFolder(configuration));
  return { actor: createGenomeActor(genome, guests), genome };
}
