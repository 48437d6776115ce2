import { existsSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { LoadedConfiguration } from '../config/index.ts';
import { createGenomeActor, oracleActor, randomActor, type Actor } from '../episode/index.ts';
import { findRunFolder, loadGenome, openArchive, type Genome } from '../evolution/index.ts';
import { LamarckError } from '../protocol/index.ts';
import type { MindSandbox } from '../sandbox/index.ts';
import { scoutFolder } from '../presets.ts';
import { runsFolder } from './start-run.ts';

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
  const genome = await genomeNamed(name, configuration);
  return { actor: createGenomeActor(genome, minds), genome };
}

async function genomeNamed(name: string | undefined, configuration: LoadedConfiguration): Promise<Genome> {
  if (name === undefined) return loadGenome(seedGenomeFolder(configuration));
  if (name === 'scout') return loadGenome(scoutFolder);
  const path = resolve(name);
  if (existsSync(join(path, 'agent.ts')) && statSync(path).isDirectory()) return loadGenome(path);
  const [run = '', prefix] = name.split('/');
  const archive = await openArchive(join(findRunFolder(runsFolder(configuration), run), 'archive.git'));
  const ids = (await archive.list()).map(({ id }) => id);
  const found = prefix === undefined ? [await archive.champion()] : ids.filter((id) => id.startsWith(prefix));
  const [id] = found;
  if (id !== undefined && found.length === 1) return archive.read(id);
  throw new LamarckError({
    code: 'LAMARCK_AGENT_UNKNOWN',
    boundary: 'user',
    message:
      found.length > 1
        ? `"${prefix}" begins more than one genome of ${run}.`
        : `There is no agent "${name}".`,
    remedy:
      'Name random, oracle, scout, a folder with an agent.ts, RUN, or RUN/GENOME (see `lamarck agents list RUN`).',
  });
}
