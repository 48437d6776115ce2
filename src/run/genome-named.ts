import { existsSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { LamarckError, shellWord } from '../protocol/index.ts';
import { loadGenome, openRunArchive, type Genome } from '../genome/index.ts';
import { findRunFolder, isRun } from './folder.ts';

/**
 * The genome that is meant by a folder, `RUN` (its champion) or `RUN/GENOME` (the beginning of an id).
 *
 * @param runs the folder of the runs
 * @throws LamarckError `LAMARCK_AGENT_UNKNOWN`, `LAMARCK_RUN_NOT_FOUND`
 */
export async function genomeNamed(name: string, runs: string): Promise<Genome> {
  const path = resolve(name);
  if (existsSync(join(path, 'agent.ts')) && statSync(path).isDirectory()) return loadGenome(path);
  const [run = '', prefix] = isRun(path) ? [path] : name.split('/');
  const archive = await openRunArchive(findRunFolder(runs, run));
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
    remedy: {
      text: 'Name random, oracle, scout, a folder with an agent.ts, RUN, or RUN/GENOME, which are listed.',
      command: `agents list ${shellWord(run)}`,
    },
  });
}
