import { loadConfiguration, runsFolder, type LoadedConfiguration } from '../config/index.ts';
import { assertAffordable, plannedEpisodes, type PlannedEpisodes } from '../evolution/index.ts';
import { loadGenome } from '../genome/index.ts';
import { LamarckError, type RunChange } from '../protocol/index.ts';
import {
  configurationOf,
  findRunFolder,
  readManifest,
  startRun,
  type RunFamilies,
  type RunManifest,
  type RunPlan,
} from '../run/index.ts';
import { seedGenomeFolder } from './agent-reference.ts';
import { refuseBroken } from './broken-families.ts';
import { trustIn, type Trust } from './check-families.ts';
import { demonstrationsNamed } from './demonstrations.ts';
import { assertOptions, type EvolveOptions } from './evolve-options.ts';
import { familiesOf } from './planned-families.ts';
import { changesSince, otherAgent, refuseChanges } from './run-changes.ts';

/** An evolution that is about to begin, or to go on. */
export interface Prepared extends RunFamilies {
  readonly configuration: LoadedConfiguration;
  readonly plan: RunPlan & { resumed?: RunManifest };
  readonly planned: readonly PlannedEpisodes[];
  readonly trust: Trust;
  /** What has changed since the run began, and is accepted. */
  readonly changes: readonly RunChange[];
  /** What a person should know, in sentences. */
  readonly notes: readonly string[];
  /** Makes the run's folder, or finds it. */
  begin(): Promise<{ folder: string; manifest: RunManifest }>;
}

/**
 * Looks at all that an evolution needs, before anything is spent.
 *
 * @throws LamarckError whatever keeps it from beginning
 */
export async function prepare(configuration: LoadedConfiguration, options: EvolveOptions): Promise<Prepared> {
  assertOptions(options);
  const drafted = await (options.resume === undefined
    ? draftNew(configuration, options)
    : draftResumed(configuration, options, options.resume));
  const { plan, changes } = drafted;
  // A run without one of its families would be another run, and nobody might look before its end.
  refuseBroken(configuration.broken, configuration);
  const { families, unseen } = familiesOf(configuration, plan);
  const spent = { families, unseen, budget: plan.budget };
  assertAffordable(spent);
  const isTrusted = options.unchecked === true || (plan.resumed !== undefined && changes.length === 0);
  const trust = isTrusted
    ? { toCheck: [], onTrust: [] }
    : await trustIn(
        [...families, ...unseen].map(({ family }) => family),
        configuration,
      );
  return { ...drafted, configuration, families, unseen, planned: plannedEpisodes(spent), trust };
}

type Draft = Pick<Prepared, 'plan' | 'changes' | 'notes' | 'begin'>;

async function draftNew(configuration: LoadedConfiguration, options: EvolveOptions): Promise<Draft> {
  const { seed = configuration.seed, budget, parents, demonstrations = [] } = options;
  const notes: string[] = [];
  const plan: RunPlan = {
    kind: 'evolve',
    seed,
    budget: { ...configuration.budget, ...(budget === undefined ? {} : { episodes: budget }) },
    search: { ...configuration.search, ...(parents === undefined ? {} : { parents }) },
    agent: await loadGenome(seedGenomeFolder(configuration)),
    demonstrations: await demonstrationsNamed(demonstrations, configuration, seed, (note) =>
      notes.push(note),
    ),
  };
  return { plan, changes: [], notes, begin: () => startRun(configuration, plan) };
}

async function draftResumed(
  configuration: LoadedConfiguration,
  options: EvolveOptions,
  name: string,
): Promise<Draft> {
  const folder = findRunFolder(runsFolder(configuration), name);
  const manifest = await readManifest(folder);
  assertEvolution(manifest);
  refuseBroken(configuration.broken, configuration);
  const { changes, lesser, fingerprint } = changesSince(manifest, configuration);
  const notes = [lesser, await otherAgent(manifest, configuration)].filter((note) => note !== undefined);
  if (!options.acceptChanges) refuseChanges(manifest, changes);
  const budget = {
    ...manifest.budget,
    ...(options.budget === undefined ? {} : { episodes: options.budget }),
  };
  const continued: RunManifest = {
    ...manifest,
    budget,
    ...(changes.length > 0 && {
      fingerprint,
      continuations: [...manifest.continuations, { at: new Date().toISOString(), changes: [...changes] }],
    }),
  };
  return {
    plan: {
      kind: 'evolve',
      seed: manifest.seed,
      budget,
      search: manifest.search,
      agent: { id: manifest.agent.genome, files: {} },
      resumed: manifest,
    },
    changes,
    notes,
    begin: () => Promise.resolve({ folder, manifest: continued }),
  };
}

/**
 * The configuration that a run began with, where none is named.
 *
 * @param config a configuration's file
 */
export async function configurationOfRun(name: string, config?: string): Promise<LoadedConfiguration> {
  if (config !== undefined) return loadConfiguration(config);
  const folder = await locateRun(name);
  const manifest = await readManifest(folder);
  assertEvolution(manifest);
  return loadConfiguration(configurationOf(folder, manifest));
}

/** A run named by its name needs the configuration's runs folder; one named by its path does not. */
async function locateRun(name: string): Promise<string> {
  try {
    return findRunFolder(runsFolder(await loadConfiguration()), name);
  } catch (error) {
    if (LamarckError.isInstance(error) && error.code === 'LAMARCK_CONFIG_MISSING')
      return findRunFolder('runs', name);
    throw error;
  }
}

function assertEvolution({ run, kind }: RunManifest): void {
  if (kind === 'evolve') return;
  throw new LamarckError({
    code: 'LAMARCK_RUN_KIND',
    boundary: 'user',
    message: `The run "${run}" is of kind ${kind}: only an evolution can be resumed.`,
    remedy: { text: 'List the runs and their kinds.', command: 'runs' },
  });
}
