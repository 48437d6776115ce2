import type { LoadedConfiguration } from '../config/index.ts';
import { runEpisode } from '../episode/index.ts';
import { loadGenome, type Genome } from '../genome/index.ts';
import type { Trajectory } from '../protocol/index.ts';
import { openRunRecord, startRun } from '../run/index.ts';
import { boundedFamily } from '../soundness/index.ts';
import { actorMeant, seedGenomeFolder } from './agent-reference.ts';
import type { Notice } from './events.ts';
import { familyAt } from './families-named.ts';
import { openMachinery } from './machinery.ts';
import { assertReady } from './readiness.ts';

export interface PlayOptions {
  /** As of {@link EvaluateOptions}. */
  readonly agent?: string;
  /** Seed of the task. Default: 0. */
  readonly seed?: number;
  /** Difficulty of the task, from 1. Default: 1. */
  readonly difficulty?: number;
  /** Ends the episode as `cancelled`. */
  readonly signal?: AbortSignal;
}

/** One episode, and the run that it is kept in. */
export interface PlayedEpisode {
  readonly run: string;
  readonly folder: string;
  readonly trajectory: Trajectory;
}

/** Has an agent play one task. */
export async function play(
  configuration: LoadedConfiguration,
  name: string,
  options: PlayOptions,
  tell: (event: Notice) => void,
): Promise<PlayedEpisode> {
  const { agent, seed = 0, difficulty = 1, signal = new AbortController().signal } = options;
  // By one episode authors try what they wrote, and it may loop.
  const family = boundedFamily(familyAt(configuration, name, difficulty));
  assertReady([family]);
  await using machinery = openMachinery(configuration, (text) => tell({ type: 'notice', text }));
  const { actor, genome } = await actorMeant(agent, configuration, machinery.guests);
  const job = { actor, family, seed, difficulty, repeat: 0 };
  const trajectory = await runEpisode(job, machinery.world, signal);
  return { ...(await keepEpisode(configuration, 'run', trajectory, seed, genome)), trajectory };
}

/** Keeps an episode in a run of its own. @param genome default: the agent of the configuration */
export async function keepEpisode(
  configuration: LoadedConfiguration,
  kind: 'run' | 'play',
  trajectory: Trajectory,
  seed: number,
  genome?: Genome,
): Promise<{ run: string; folder: string }> {
  const { folder, manifest } = await startRun(configuration, {
    kind,
    seed,
    budget: { ...configuration.budget, episodes: 1 },
    search: configuration.search,
    agent: genome ?? (await loadGenome(seedGenomeFolder(configuration))),
  });
  await using record = await openRunRecord(folder);
  await record.memory.keep(trajectory);
  return { run: manifest.run, folder };
}
