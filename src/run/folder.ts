import { existsSync } from 'node:fs';
import { mkdir, readdir } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { z } from 'zod';
import { LamarckError, messageOf, RunChangeSchema, SearchSchema, shellWord } from '../protocol/index.ts';
import { RunFingerprintSchema } from './fingerprint.ts';
import { storeError } from '../trajectory/index.ts';
import { readManifestText, restoreManifestText, writeManifestText } from './manifest-files.ts';

/** `run.json`: what a run was started with. Written once; a resumed run goes by it. */
const RunManifestSchema = z.object({
  version: z.literal(1),
  /** The name that the run began under; what it is known by is its folder's name. */
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

/** Any of these makes a folder a run, whatever else is damaged or gone. */
const PARTS = ['run.json', 'run.json.copy', 'trajectories', 'archive.git', 'run.db'];

export function isRun(folder: string): boolean {
  return PARTS.some((part) => existsSync(join(folder, part)));
}

/**
 * The folder of a run that is named by its name in `runs` (which is the folder's name) or by its path.
 *
 * @throws LamarckError `LAMARCK_RUN_NOT_FOUND`.
 */
export function findRunFolder(runs: string, name: string): string {
  const found = [join(runs, name), resolve(name)].find(isRun);
  if (found) return resolve(found);
  throw new LamarckError({
    code: 'LAMARCK_RUN_NOT_FOUND',
    boundary: 'user',
    message: `There is no run "${name}" in ${runs}.`,
    remedy: { text: 'List the runs.', command: 'runs' },
  });
}

/** Writes what a run is started with, in a way that damage to it can be found and undone. */
export async function writeManifest(folder: string, manifest: RunManifest): Promise<void> {
  await writeManifestText(folder, `${JSON.stringify(manifest, null, 2)}\n`);
}

/**
 * What a run was started with, under the name that its folder has now. A damaged `run.json` is read from its copy.
 *
 * @throws LamarckError `LAMARCK_RUN_BROKEN` where neither can be read.
 */
export async function readManifest(folder: string): Promise<RunManifest> {
  return (await inspectManifest(folder)).manifest;
}

/**
 * The same, and a damaged `run.json` is written anew from its copy. Only for the holder of the run's lock.
 *
 * @returns what was wrong with it, in half a sentence
 */
export async function restoreManifest(folder: string): Promise<string | undefined> {
  return restoreManifestText(folder).then(
    ({ problem }) => problem,
    (error: unknown) => {
      throw LamarckError.isInstance(error) ? error : brokenManifest(folder, error);
    },
  );
}

interface InspectedManifest {
  readonly manifest: RunManifest;
  /** The name that the run had when it began. */
  readonly firstName: string;
  /** What is wrong with `run.json`, where it was read from its copy. */
  readonly problem?: string;
}

async function inspectManifest(folder: string): Promise<InspectedManifest> {
  try {
    const { text, problem } = await readManifestText(folder);
    const manifest = RunManifestSchema.parse(JSON.parse(text));
    return {
      manifest: { ...manifest, run: basename(folder) },
      firstName: manifest.run,
      ...(problem === undefined ? {} : { problem }),
    };
  } catch (error) {
    throw brokenManifest(folder, error);
  }
}

/** The configuration of a run: where it lies from the run's folder, or else where it was when the run began; undefined where it is gone. */
export function configurationOf(folder: string, { config, configFromRun }: RunManifest): string | undefined {
  const places = [...(configFromRun === undefined ? [] : [resolve(folder, configFromRun)]), config];
  return places.find((file) => existsSync(file));
}

function brokenManifest(folder: string, error: unknown): LamarckError {
  return new LamarckError({
    code: 'LAMARCK_RUN_BROKEN',
    boundary: 'store',
    message: `${join(folder, 'run.json')} cannot be read as a run: ${error instanceof z.ZodError ? z.prettifyError(error) : messageOf(error)}`,
    remedy: {
      text: 'Restore run.json from a copy of the run, or start a new one. The episodes that it has can still be listed.',
      command: `replay ${shellWord(basename(folder))}`,
    },
    cause: error,
  });
}

/** A run as it stands in the folder of the runs. */
export interface ListedRun {
  /** The name of the run's folder, by which every command knows it. */
  readonly run: string;
  readonly folder: string;
  /** Absent where `run.json` and its copy are damaged. */
  readonly manifest?: RunManifest;
  /** What is damaged. */
  readonly problem?: string;
  /** The run that this folder is a copy of. */
  readonly copyOf?: string;
  /** The name that the run began under, where no run has it any more. */
  readonly formerly?: string;
}

/** The runs in a folder, newest last; damaged ones come with what is damaged. */
export async function listRuns(runs: string): Promise<ListedRun[]> {
  const names = await readdir(runs).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw storeError(error, `list the runs in ${runs}`);
  });
  const folders = names.map((name) => join(runs, name)).filter(isRun);
  const inspected = await Promise.all(
    folders.map(async (folder) => ({
      folder,
      run: basename(folder),
      ...(await inspectManifest(folder).catch((error: unknown) => ({ problem: messageOf(error) }))),
    })),
  );
  const begun = new Map(
    inspected.map((each) => [each.run, 'manifest' in each ? each.manifest.createdAt : undefined]),
  );
  const listed = inspected.map(({ run, folder, ...rest }): ListedRun => {
    if (!('manifest' in rest)) return { run, folder, ...rest };
    const { firstName, ...known } = rest;
    if (firstName === run) return { run, folder, ...known };
    const isCopy = begun.get(firstName) === known.manifest.createdAt;
    return { run, folder, ...known, ...(isCopy ? { copyOf: firstName } : { formerly: firstName }) };
  });
  const age = ({ manifest }: ListedRun): string => manifest?.createdAt ?? '';
  return listed.sort((left, right) => age(left).localeCompare(age(right)));
}
