import { loadConfiguration, type LoadedConfiguration } from '../config/index.ts';
import { scoreOf, type Outcome, type Score } from '../evaluation/index.ts';
import { oracleActor, type Actor } from '../episode/index.ts';
import { loadGenome, openRunRecord } from '../evolution/index.ts';
import { LamarckError, missingReasons, type Trajectory } from '../protocol/index.ts';
import { measure } from '../reward/index.ts';
import { createRollout } from '../rollout/index.ts';
import { makeTask, splitSeed, type TaskFamily } from '../task/index.ts';
import { actorNamed, seedGenomeFolder } from './agent-reference.ts';
import { refuseBroken, tellBroken } from './broken-families.ts';
import { drainOnInterrupt } from './interruption.ts';
import { openMachinery } from './machinery.ts';
import { failWhereNothingPlayed, missingLines } from './missing-lines.ts';
import { assertReady } from './readiness.ts';
import { startRun } from './start-run.ts';
import { estimate } from './figures.ts';
import { style, styled } from './styled-text.ts';
import { table } from './table.ts';
import { notice, outliveReaders, print, printJson } from './terminal.ts';

/** `lamarck eval`: an agent's score on dev tasks, by family and by suite. The sealed split is not for looking at. */
export async function evalCommand(options: {
  config?: string;
  agent?: string;
  seed?: number;
  tasks: number;
  json?: boolean;
}): Promise<void> {
  const configuration = await loadConfiguration(options.config);
  assertReady(configuration.families.values());
  const seed = options.seed ?? configuration.seed;
  if (configuration.families.size === 0) refuseBroken(configuration.broken, configuration);
  tellBroken(configuration, notice);
  await using machinery = openMachinery(configuration, notice);
  const { actor, genome } = await actorNamed(options.agent, configuration, machinery.minds);
  const { families, withoutOracle } = playable(configuration, actor);
  const jobs = families.flatMap((family) =>
    Array.from({ length: options.tasks }, (_, index) => ({
      actor,
      family,
      seed: splitSeed('dev', seed, index),
      difficulty: 1 + (index % family.difficulties),
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
  const drain = drainOnInterrupt(() => notice('Stopping: episodes in flight end first.'));
  let done = 0;
  outliveReaders(() => `${done} of ${jobs.length} episodes, kept in ${folder}`);
  let told = performance.now();
  const rollout = createRollout({
    world: machinery.world,
    memory: record.memory,
    workers: machinery.workers,
    drain: drain.signal,
    onEpisode: () => {
      done++;
      if (performance.now() - told < 2000) return;
      told = performance.now();
      notice(style('dim', `${done} of ${jobs.length} episodes`));
    },
  });
  try {
    const trajectories = await rollout.play(jobs);
    const scores = scoresOf(trajectories, configuration.suiteOf);
    const reasons = missingReasons(trajectories.map(({ end }) => end));
    const measures = await measuresOf(trajectories, configuration.families);
    if (options.json) {
      const leftOut = [
        ...configuration.broken.map(({ name, why }) => ({ family: name, why: why.message })),
        ...withoutOracle.map((family) => ({ family, why: WITHOUT_ORACLE })),
      ];
      const { run } = manifest;
      printJson({
        run,
        agent: actor.reference,
        tasks: options.tasks,
        ...scores,
        missing: scores.all.missing,
        missingReasons: reasons,
        measures,
        leftOut,
      });
    } else {
      print(
        table([
          ['', 'score', 'tasks'],
          ...Object.entries({ ...scores.families, ...scores.suites, all: scores.all }).map(
            ([name, score]) => [name, estimate(score), String(score.n)],
          ),
        ]),
      );
      if (Object.keys(measures).length > 0)
        print(
          styled`\n${table([
            ['measured beside', '', 'tasks'],
            ...Object.entries(measures).map(([name, share]) => [name, estimate(share), String(share.n)]),
          ])}`,
        );
      for (const family of withoutOracle) print(`${family} is left out: ${WITHOUT_ORACLE}.`);
      for (const line of missingLines(reasons, trajectories.length)) print(line);
      print(
        style('dim', styled`\nKept in ${folder}; npx lamarck replay ${manifest.run} lists its episodes.`),
      );
    }
    failWhereNothingPlayed(reasons, trajectories.length);
  } finally {
    drain.release();
  }
}

const WITHOUT_ORACLE = 'it has no reference solution, an oracle()';

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
): { all: Score; suites: Record<string, Score>; families: Record<string, Score> } {
  const outcomes = trajectories.map(({ start: { task }, end: { reward } }) => ({
    family: task.family,
    suite: suiteOf.get(task.family) ?? '',
    reward,
    cluster: `${task.family}/${task.seed}`,
  }));
  const by = (key: 'family' | 'suite'): Record<string, Score> =>
    Object.fromEntries(
      [...Map.groupBy(outcomes, (each) => each[key])].map(([name, own]) => [name, scoreOf(own)]),
    );
  return { all: scoreOf(outcomes), suites: by('suite'), families: by('family') };
}
