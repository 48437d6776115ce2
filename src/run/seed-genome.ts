import { LamarckError } from '../protocol/index.ts';
import { genomeOf, type Archive, type Genome } from '../genome/index.ts';
import type { RunManifest } from './folder.ts';
import type { RunRecord } from './record.ts';

/**
 * The genome that a run began with: from its blobs, else from its archive, else from where it was taken from, if it still
 * is the same there. What was damaged is written anew.
 *
 * @param origin loads the genome of the configuration
 * @throws LamarckError `LAMARCK_SEED_LOST`
 */
export async function seedGenomeOf(
  { agent: { genome: id, files } }: Pick<RunManifest, 'agent'>,
  record: Pick<RunRecord, 'readFiles' | 'keepFiles'>,
  archive: Archive,
  origin: () => Promise<Genome>,
): Promise<Genome> {
  const failures: unknown[] = [];
  const sources = [async () => genomeOf(await record.readFiles(files)), () => archive.read(id), origin];
  for (const read of sources) {
    const genome = await read().catch((error: unknown) => void failures.push(error));
    if (genome?.id !== id) continue;
    await record.keepFiles(genome.files);
    return genome;
  }
  const [cause] = failures;
  throw new LamarckError({
    code: 'LAMARCK_SEED_LOST',
    boundary: 'store',
    message: `The agent that the run began with cannot be read${LamarckError.isInstance(cause) ? `: ${cause.message}` : '.'} The archive does not have it either, and the agent of the configuration is another one.`,
    remedy: {
      text: "Restore that file from a copy of the run, or the agent's folder as it was when the run began; or start a new run.",
      command: 'evolve',
    },
    cause,
  });
}
