import { loadConfiguration, runsFolder, type LoadedConfiguration } from '../config/index.ts';
import type { RunEvent } from '../protocol/index.ts';
import type { AblateEvent, AblateOptions, AblationPlan, AblationResult } from './ablate.ts';
import type { NamedArchive } from './archive.ts';
import type { AdoptedSuite, SuiteSource } from './authoring/adopt.ts';
import type { Made } from './authoring/scaffold.ts';
import type { Check, CheckEvent, CheckOptions } from './check.ts';
import type { PlayedEpisode, PlayOptions } from './episode.ts';
import type { EvaluateEvent, EvaluateOptions, Evaluation } from './evaluate.ts';
import type { Notice } from './events.ts';
import type { Evolution, EvolutionPlan, EvolveEvent } from './evolve.ts';
import type { FamilyList } from './families.ts';
import type { GameOptions, GameOutcome } from './game.ts';
import { startOperation, type Operation } from './operation.ts';
import type { EvolveOptions } from './evolve-options.ts';
import type { RecordedRun } from './recorded-run.ts';
import type { ReplayEvent, ReplayOptions, Verification } from './replay.ts';
import type { RescoreOptions, Rescoring } from './rescore.ts';
import type { RunEntry } from './runs.ts';
import type { Served } from './serve.ts';
import type { WatchedRun, WatchOptions } from './watch.ts';

export interface ProjectOptions {
  /** File of the configuration. Default: `lamarck.config.ts` in the working directory. */
  readonly config?: string | undefined;
  /** A run, by its name or its folder: where no configuration is named, the one that it began with is taken. */
  readonly run?: string | undefined;
}

/**
 * A configuration, and what can be done with it. What gives an {@link Operation} is under way from then on: await it for its
 * result, or iterate over it for its events.
 */
export interface Project {
  readonly configuration: LoadedConfiguration;
  /** Where its runs are kept. */
  readonly runsFolder: string;
  /** Evolves the agent (explores, confirms, and scores once on the sealed split), or goes on with a run. */
  evolve(options?: EvolveOptions): Operation<EvolveEvent, Evolution>;
  /** What `evolve` would do, and how long it would take by earlier runs. Nothing is started. */
  planEvolution(options?: EvolveOptions): Promise<EvolutionPlan>;
  /** Scores an agent on dev tasks of every family, with 95 % intervals. */
  evaluate(options?: EvaluateOptions): Operation<EvaluateEvent, Evaluation>;
  /** Whether task families can be trusted. @param pattern families, e.g. `web/*`; all without it */
  check(pattern?: string, options?: CheckOptions): Operation<CheckEvent, Check>;
  /** Plays recorded trajectories again by their actions, and compares every step. @param run its name or folder */
  replay(run: string, options?: ReplayOptions): Operation<ReplayEvent, Verification>;
  /** Tells what a run has recorded, and then what another process adds to it, until that one ends. @param run its name or folder */
  watch(run: string, options?: WatchOptions): Operation<RunEvent, WatchedRun>;
  /** Rewards again from stored evidence: nothing is played, and nothing is written. */
  rescore(run: string, options?: RescoreOptions): Operation<ReplayEvent, Rescoring>;
  /** Which parts of a genome's change its score comes from, on fresh dev tasks. */
  ablate(run: string, options?: AblateOptions): Operation<AblateEvent, AblationResult>;
  /** What `ablate` would try, and what it would cost. */
  planAblation(run: string, options?: AblateOptions): Promise<AblationPlan>;
  /** Has an agent play one task. @param family its name */
  play(family: string, options?: PlayOptions): Operation<Notice, PlayedEpisode>;
  /** Lets a person play one task; a game that is won is kept, to learn from. */
  playGame(family: string, options: GameOptions): Promise<GameOutcome>;
  /** Lets agents elsewhere play. @param name an environment, or families by a pattern */
  serve(name: string, notice: (text: string) => void): Promise<Served>;
  /** What is in the folder of runs, newest last. */
  runs(): Promise<RunEntry[]>;
  /** The episodes of a run, for reading. */
  openRun(run: string): Promise<RecordedRun>;
  /** The genomes of a run. */
  archive(run: string): Promise<NamedArchive>;
  /** The task families, each with an example. */
  families(): Promise<FamilyList>;
  /** The tests of the project's tasks, whose runner prints. Gives the exit code. @param files default: `tasks/*.test.ts` */
  test(files?: readonly string[]): Promise<number>;
  /** Writes an example of a task family that works. @param name `web/NAME`, `programs/NAME` or `repairs/NAME` */
  newTask(name: string): Promise<Made>;
  /** Writes an example of an environment with a task in it. */
  newEnvironment(name: string): Promise<Made>;
  /** Makes a suite of tasks that are elsewhere. */
  adoptSuite(adapter: 'miniwob' | 'jsonl', source: SuiteSource): Promise<AdoptedSuite>;
}

/**
 * Loads a configuration.
 *
 * @throws LamarckError `LAMARCK_CONFIG_MISSING`, `LAMARCK_CONFIG_BROKEN`, and others that name the file and what to do
 * @example
 * const project = await openProject({ config: 'lamarck.config.ts' });
 * const { all } = await project.evaluate({ agent: 'random', tasks: 4 });
 */
export async function openProject({ config, run }: ProjectOptions = {}): Promise<Project> {
  const configuration =
    run === undefined
      ? await loadConfiguration(config)
      : await (await import('./prepare.ts')).configurationOfRun(run, config);
  // Each loads what it needs when it is called: most commands need little of the engine.
  return {
    configuration,
    runsFolder: runsFolder(configuration),
    evolve: (options = {}) =>
      startOperation(async (tell) => (await import('./evolve.ts')).evolve(configuration, options, tell)),
    planEvolution: async (options = {}) =>
      (await import('./evolve.ts')).planEvolution(configuration, options),
    evaluate: (options = {}) =>
      startOperation(async (tell) => (await import('./evaluate.ts')).evaluate(configuration, options, tell)),
    check: (pattern, options = {}) =>
      startOperation(async (tell) =>
        (await import('./check.ts')).check(configuration, pattern, options, tell),
      ),
    replay: (name, options = {}) =>
      startOperation(async (tell) =>
        (await import('./replay.ts')).replay(configuration, name, options, tell),
      ),
    watch: (name, options = {}) =>
      startOperation(async (tell) => (await import('./watch.ts')).watch(configuration, name, options, tell)),
    rescore: (name, options = {}) =>
      startOperation(async (tell) =>
        (await import('./rescore.ts')).rescore(configuration, name, options, tell),
      ),
    ablate: (name, options = {}) =>
      startOperation(async (tell) =>
        (await import('./ablate.ts')).ablate(configuration, name, options, tell),
      ),
    planAblation: async (name, options = {}) =>
      (await import('./ablate.ts')).planAblation(configuration, name, options),
    play: (family, options = {}) =>
      startOperation(async (tell) =>
        (await import('./episode.ts')).play(configuration, family, options, tell),
      ),
    playGame: async (family, options) => (await import('./game.ts')).playGame(configuration, family, options),
    serve: async (name, notice) => (await import('./serve.ts')).serve(configuration, name, notice),
    runs: async () => (await import('./runs.ts')).runs(configuration),
    openRun: async (name) => (await import('./recorded-run.ts')).openRecordedRun(configuration, name),
    archive: async (name) => (await import('./archive.ts')).openNamedArchive(configuration, name),
    families: async () => (await import('./families.ts')).listFamilies(configuration),
    test: async (files = []) => (await import('./run-tests.ts')).runTests(configuration, files),
    newTask: async (name) => (await import('./authoring/scaffold.ts')).newTask(configuration, name),
    newEnvironment: async (name) =>
      (await import('./authoring/scaffold.ts')).newEnvironment(configuration, name),
    adoptSuite: async (adapter, source) =>
      (await import('./authoring/adopt.ts')).adoptSuite(configuration, adapter, source),
  };
}
