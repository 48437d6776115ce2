import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { LamarckError, messageOf, RunChangeSchema, SearchSchema } from '../protocol/index.ts';
import { RunFingerprintSchema } from './run-fingerprint.ts';
import { storeError } from '../trajectory/index.ts';

/** `run.json`: what a run was started with. Written once; a resumed run goes by it. */
const RunManifestSchema = z.object({
  version: z.literal(1),
  run: z.string(),
  kind: z.enum(['evolve', 'eval', 'run', 'play']),
  seed: z.number().int().nonnegative(),
  /** Absolute path of the configuration. */
  config: z.string(),
  budget: z.object({
    episodes: z.number().int(),
    improvement: z.number().int(),
    sealed: z.number().int(),
    unseen: z.number().int(),
  }),
  /** Of how many parts of each suite one is kept out of learning. */
  folds: z.number().int(),
  /** How the archive is searched. */
  search: SearchSchema,
  /** Families by suite, in order. */
  suites: z.record(z.string(), z.array(z.string())),
  /** The configuration relative to the run's folder, so that both can be moved together. */
  configFromRun: z.string().optional(),
  /** What the run depends on; of runs that were recorded before files were compared, a hash of the first task of each family. */
  fingerprint: z.union([RunFingerprintSchema, z.string()]),
  /** What had changed when the run was continued all the same, at each time. */
  continuations: z.array(z.object({ at: z.string(), changes: z.array(RunChangeSchema) })).default([]),
  /** The genome that the run began with: its tree hash, and its files' hashes in the run's blobs. */
  agent: z.object({ genome: z.string(), files: z.record(z.string(), z.string()) }),
  /** Keys of the games that people won, which improvers learn from; kept in the record. */
  demonstrations: z.array(z.string()).default([]),
  versions: z.object({ lamarck: z.string(), node: z.string() }),
  host: z.object({ platform: z.string(), arch: z.string(), cores: z.number().int() }),
  createdAt: z.string(),
});
export type RunManifest = z.infer<typeof RunManifestSchema>;

/** Makes the folder of a new run, named by its day, its kind and seed, and a number where that is taken. */
export async function createRunFolder(
  runs: string,
  kind: RunManifest['kind'],
  seed: number,
  today: Date,
): Promise<string> {
  const stem = `${today.toISOString().slice(0, 10)}-${kind}-${seed}`;
  try {
    await mkdir(runs, { recursive: true });
    for (let number = 1; ; number++) {
      const folder = join(runs, number === 1 ? stem : `${stem}-${number}`);
      try {
        await mkdir(folder);
        return folder;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      }
    }
  } catch (error) {
    throw storeError(error, `make a run in ${runs}`);
  }
}

/**
 * The folder of a run that is named by its name in `runs` or by its path.
 *
 * @throws LamarckError `LAMARCK_RUN_NOT_FOUND`.
 */
export function findRunFolder(runs: string, name: string): string {
  const candidates = [join(runs, name), resolve(name)];
  const found = candidates.find((folder) => existsSync(join(folder, 'run.json')));
  if (found) return found;
  throw new LamarckError({
    code: 'LAMARCK_RUN_NOT_FOUND',
    boundary: 'user',
    message: `There is no run "${name}" in ${runs}.`,
    remedy: 'List the runs with `npx lamarck runs`.',
  });
}

/** @throws LamarckError `LAMARCK_RUN_BROKEN` where `run.json` is no manifest. */
export async function readManifest(folder: string): Promise<RunManifest> {
  try {
    return RunManifestSchema.parse(JSON.parse(await readFile(join(folder, 'run.json'), 'utf8')));
  } catch (error) {
    throw new LamarckError({
      code: 'LAMARCK_RUN_BROKEN',
      boundary: 'store',
      message: `${join(folder, 'run.json')} cannot be read as a run: ${error instanceof z.ZodError ? z.prettifyError(error) : messageOf(error)}`,
      remedy: 'Its trajectories are still whole; restore run.json from a copy, or start a new run.',
      cause: error,
    });
  }
}

/** The configuration of a run: where it lies from the run's folder, or else where it was when the run began; undefined where it is gone. */
export function configurationOf(folder: string, { config, configFromRun }: RunManifest): string | undefined {
  const places = [...(configFromRun === undefined ? [] : [resolve(folder, configFromRun)]), config];
  return places.find((file) => existsSync(file));
}

/** Folders of runs, newest last; those without a readable manifest come with the reason. */
export async function listRuns(
  runs: string,
): Promise<{ folder: string; manifest?: RunManifest; problem?: string }[]> {
  const names = await readdir(runs).catch(() => [] as string[]);
  const folders = names
    .map((name) => join(runs, name))
    .filter((folder) => existsSync(join(folder, 'run.json')));
  const listed = await Promise.all(
    folders.map(async (folder) => {
      try {
        return { folder, manifest: await readManifest(folder) };
      } catch (error) {
        return { folder, problem: messageOf(error) };
      }
    }),
  );
  const age = ({ manifest }: { manifest?: RunManifest }): string => manifest?.createdAt ?? '';
  return listed.sort((left, right) => age(left).localeCompare(age(right)));
}
