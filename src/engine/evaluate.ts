import type { LoadedConfiguration } from '../config/index.ts';
import { oracleActor, type Actor } from '../episode/index.ts';
import { difficultyAt, meanOf, outcomeOf } from '../evaluation/index.ts';
import { loadGenome } from '../genome/index.ts';
import { LamarckError, missingReasons, type MissingReason, type Trajectory } from '../protocol/index.ts';
import { measure } from '../reward/index.ts';
import { createRollout } from '../rollout/index.ts';
import { openRunRecord, startRun } from '../run/index.ts';
import { scoreOf, type Outcome, type Score } from '../statistics/index.ts';
import { makeTask, splitSeed, type TaskFamily } from '../task/index.ts';
import { actorMeant, seedGenomeFolder } from './agent-reference.ts';
import { refuseBroken } from './broken-families.ts';
import type { EpisodesEnded, Notice } from './events.ts';
import { openMachinery } from './machinery.ts';
import { assertReady } from './readiness.ts';

export interface EvaluateOptions {
  /** `random`, `oracle`, `scout`, a genome's folder, `RUN` (its champion) or `RUN/GENOME`. Default: the agent of the configuration. */
  readonly agent?: string;
  /** Which tasks are drawn. Default: the seed of the configuration. */
  readonly seed?: number;
  /** Tasks a family. Default: 12. */
  readonly tasks?: number;
  /** Stops it when the episodes in flight have ended; it then fails with `LAMARCK_DRAINED`. */
  readonly signal?: AbortSignal;
}

export type EvaluateEvent =
  | Notice
  | { readonly type: 'started'; readonly run: string; readonly folder: string; readonly episodes: number }
  | EpisodesEnded;

/** An agent's scores on dev tasks. The sealed split is not for looking at. */
export interface Evaluation {
  /** The name of the run that holds the episodes, and its folder. */
  readonly run: string;
  readonly folder: string;
  readonly agent: Actor['reference'];
  /** Tasks a family. */
  readonly tasks: number;
  readonly episodes: number;
  readonly all: Score;
  readonly suites: Readonly<Record<string, Score>>;
  readonly families: Readonly<Record<string, Score>>;
  readonly missingReasons: readonly MissingReason[];
  /** What families measure beside the reward, as `FAMILY: MEASURE`. */
  readonly measures: Readonly<Record<string, Score>>;
  /** Families that were not played, and why. */
  readonly leftOut: readonly { readonly family: string; readonly why: string }[];
}

/** Scores an agent on dev tasks of every family, with 95 % intervals. */
export async function evaluate(
  configuration: LoadedConfiguration,
  options: EvaluateOptions,
  tell: (event: EvaluateEvent) => void,
): Promise<Evaluation> {
  const { agent, seed = configuration.seed, tasks = 12, signal = new AbortController().signal } = options;
  assertReady(configuration.families.values());
  if (configuration.families.size === 0) refuseBroken(configuration.broken, configuration);
  for (const { name, why } of configuration.broken)
    tell({ type: 'notice', text: `${name} is left out: ${why.message}` });
  await using machinery = openMachinery(configuration, (text) => tell({ type: 'notice', text }));
  const { actor, genome } = await actorMeant(agent, configuration, machinery.guests);
  const { families, withoutOracle } = playable(configuration, actor);
  const jobs = families.flatMap((family) =>
    Array.from({ length: tasks }, (_, index) => ({
      actor,
      family,
      seed: splitSeed('dev', seed, index),
      difficulty: difficultyAt(family, index),
      repeat: 0,
    })),
  );
  const { folder, manifest } = await startRun(configuration, {
    kind: 'eval',
    seed,
    budget: { ...configuration.budget, episodes: jobs.length },
    search: configuration.search,
    agent: genome ?? (await loadGenome(seedGenomeFolder(configuration))),
  });
  await using record = await openRunRecord(folder);
  tell({ type: 'started', run: manifest.run, folder, episodes: jobs.length });
  let done = 0;
  const rollout = createRollout({
    world: machinery.world,
    memory: record.memory,
    workers: machinery.workers,
    drain: signal,
    onEpisode: () => tell({ type: 'episodes', done: ++done, of: jobs.length }),
  });
  const trajectories = await rollout.play(jobs);
  return {
    run: manifest.run,
    folder,
    agent: actor.reference,
    tasks,
    episodes: jobs.length,
    ...scoresOf(trajectories, configuration.suiteOf),
    missingReasons: missingReasons(trajectories.map(({ end }) => end)),
    measures: await measuresOf(trajectories, configuration.families),
    leftOut: [
      ...configuration.broken.map(({ name, why }) => ({ family: name, why: why.message })),
      ...withoutOracle.map((family) => ({ family, why: 'it has no reference solution, an oracle()' })),
    ],
  };
}

/**
 * Families that an actor can play: the oracle only those that have one.
 *
 * @throws LamarckError `LAMARCK_ORACLE_MISSING` where it can play none
 */
function playable(
  configuration: LoadedConfiguration,
  actor: Actor,
): { families: TaskFamily[]; withoutOracle: string[] } {
  const all = [...configuration.families.values()];
  const families = all.filter(({ oracle }) => actor !== oracleActor || oracle !== undefined);
  if (families.length === 0)
    throw new LamarckError({
      code: 'LAMARCK_ORACLE_MISSING',
      boundary: 'user',
      message: `No task family of ${configuration.file} has a reference solution.`,
      remedy: 'Write an oracle() for one, or choose another agent.',
    });
  return {
    families,
    withoutOracle: all.filter((family) => !families.includes(family)).map(({ name }) => name),
  };
}

/** What the families measure beside the reward: by family and measure. An agent that failed has 0 of each. */
async function measuresOf(
  trajectories: readonly Trajectory[],
  families: LoadedConfiguration['families'],
): Promise<Record<string, Score>> {
  const measured = new Map<string, Outcome[]>();
  for (const { start, records, end } of trajectories) {
    const family = families.get(start.task.family);
    if (!family) continue;
    const { seed, difficulty } = start.task;
    const evidence = records.find((record) => record.type === 'reward')?.evidence ?? null;
    const values =
      end.reward === null || evidence === null
        ? undefined
        : await measure(family, makeTask(family, seed, difficulty), evidence);
    for (const name of Object.keys(family.measures)) {
      const of = `${family.name}: ${name}`;
      const reward = end.reward === null ? null : (values?.[name] ?? 0);
      measured.set(of, [...(measured.get(of) ?? []), { reward, cluster: `${family.name}/${seed}` }]);
    }
  }
  return Object.fromEntries([...measured].map(([name, outcomes]) => [name, scoreOf(outcomes)]));
}

function scoresOf(
  trajectories: readonly Trajectory[],
  suiteOf: ReadonlyMap<string, string>,
): Pick<Evaluation, 'all' | 'suites' | 'families'> {
  const outcomes = trajectories.map(outcomeOf);
  const by = (keyOf: (family: string) => string): Record<string, Score> =>
    Object.fromEntries(
      [...Map.groupBy(outcomes, ({ family }) => keyOf(family))].map(([name, own]) => [name, meanOf(own)]),
    );
  return {
    all: meanOf(outcomes),
    suites: by((family) => suiteOf.get(family) ?? ''),
    families: by((family) => family),
  };
}
