import { rm } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { basename, join, relative, resolve, sep } from 'node:path';
import { runsFolder, type LoadedConfiguration } from '../config/index.ts';
import type { Genome } from '../genome/index.ts';
import { shellWord, type Trajectory } from '../protocol/index.ts';
import { packageVersion } from '../package-root.ts';
import { openBlobs } from '../trajectory/index.ts';
import { fingerprintOf } from './configuration-fingerprint.ts';
import { createRunFolder, writeManifest, type RunManifest } from './folder.ts';

/** What a new run is to be, before it has a folder. */
export interface RunPlan {
  kind: RunManifest['kind'];
  seed: number;
  budget: RunManifest['budget'];
  search: RunManifest['search'];
  agent: Genome;
  /** Games that people won, to be learned from. */
  demonstrations?: readonly Trajectory[];
}

/** Makes a run's folder with its manifest and the seed genome's files in its blobs. */
export async function startRun(
  configuration: LoadedConfiguration,
  plan: RunPlan,
): Promise<{ folder: string; manifest: RunManifest }> {
  const fingerprint = fingerprintOf(configuration);
  const folder = await createRunFolder(runsFolder(configuration), plan.kind, plan.seed, new Date());
  try {
    return { folder, manifest: await describeRun(folder, configuration, plan, fingerprint) };
  } catch (error) {
    // Without its manifest it is no run yet, and could not be resumed.
    await rm(folder, { recursive: true, force: true }).catch(() => {});
    throw error;
  }
}

/** Writes what a run is started with into its folder. */
async function describeRun(
  folder: string,
  configuration: LoadedConfiguration,
  plan: RunPlan,
  fingerprint: RunManifest['fingerprint'],
): Promise<RunManifest> {
  const blobs = openBlobs(join(folder, 'blobs'));
  const files: Record<string, string> = {};
  for (const [path, text] of Object.entries(plan.agent.files)) files[path] = await blobs.put(text);
  const suites = Object.fromEntries(
    Object.entries(configuration.suites).map(([suite, families]) => [
      suite,
      families.map(({ name }) => name),
    ]),
  );
  const { folds } = configuration;
  const named = { suites, seed: plan.seed, config: configuration.file, folds };
  const manifest: RunManifest = {
    version: 1,
    run: basename(folder),
    kind: plan.kind,
    ...named,
    budget: plan.budget,
    search: plan.search,
    configFromRun: relative(folder, configuration.file).split(sep).join('/'),
    fingerprint,
    continuations: [],
    agent: { genome: plan.agent.id, files },
    demonstrations: (plan.demonstrations ?? []).map(({ start }) => start.episode),
    versions: { lamarck: packageVersion, node: process.versions.node },
    host: { platform: process.platform, arch: process.arch, cores: availableParallelism() },
    createdAt: new Date().toISOString(),
  };
  await writeManifest(folder, manifest);
  return manifest;
}

/** What a person calls a run by in a command that is run here: its name where it is in the folder of the runs, else its path. */
export function runReference(
  folder: string,
  configuration: Pick<LoadedConfiguration, 'folder' | 'runs'>,
): string {
  const name = basename(folder);
  const isThere = join(runsFolder(configuration), name) === resolve(folder);
  return shellWord(isThere ? name : relative(process.cwd(), folder));
}
