import { basename, join, relative, resolve, sep } from 'node:path';
import { availableParallelism } from 'node:os';
import type { LoadedConfiguration } from '../config/index.ts';
import { createRunFolder, type Genome, type RunManifest } from '../evolution/index.ts';
import type { Trajectory } from '../protocol/index.ts';
import { packageVersion } from '../package-root.ts';
import { openBlobs, writeDurably } from '../trajectory/index.ts';
import { fingerprintOf } from './configuration-fingerprint.ts';

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
  await writeDurably(join(folder, 'run.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  return { folder, manifest };
}

export function runsFolder(configuration: Pick<LoadedConfiguration, 'folder' | 'runs'>): string {
  return resolve(configuration.folder, configuration.runs);
}
