import { loadConfiguration, type LoadedConfiguration } from '../config/index.ts';
import { createRecordedActor, runEpisode, type World } from '../episode/index.ts';
import { loadGenome, openRunRecord } from '../evolution/index.ts';
import { createSandboxes } from '../presets.ts';
import { hashOf, LamarckError, type Json, type Trajectory } from '../protocol/index.ts';
import { makeTask, type Recording, type Task, type TaskFamily } from '../task/index.ts';
import { seedGenomeFolder } from './agent-reference.ts';
import { familyAt } from './family-at.ts';
import { drainOnInterrupt } from './interruption.ts';
import { openMachinery } from './machinery.ts';
import { playByHand } from './play-by-hand.ts';
import { playInTerminal, type Game } from './play-in-terminal.ts';
import { assertReady } from './readiness.ts';
import { startRun } from './start-run.ts';
import { style, styled, type Text } from './styled-text.ts';
import { notice, outliveReaders, printJson, standardError, standardOutput, type Output } from './terminal.ts';
import { watchProject } from './watch-project.ts';
import { writeOutput } from './write-output.ts';

export interface PlayOptions {
  config?: string;
  seed: number;
  difficulty: number;
  /** In a browser that is seen. */
  show?: boolean;
  /** Where a won game is written to, for an oracle. */
  save?: string;
  watch?: boolean;
  json?: boolean;
}

/** Tries at doing again what a person did, where a world is not repeatable by its seed. */
const REPEATS = 3;

/**
 * `lamarck tasks play FAMILY`: a person plays. A game that is won is played again by its actions, and kept as a trajectory
 * where that wins too.
 */
export async function tasksPlayCommand(name: string, options: PlayOptions): Promise<void> {
  const configuration = await loadConfiguration(options.config);
  if (options.watch) return watchProject(configuration.folder);
  const family = familyAt(configuration, name, options.difficulty);
  assertReady([family]);
  const task = makeTask(family, options.seed, options.difficulty);
  const output = options.json ? standardError : standardOutput;
  const say = (text: Text): void => output.line(text);
  outliveReaders(() => 'the game is not over');
  await using machinery = openMachinery(configuration, notice);
  const interruption = drainOnInterrupt((by) => {
    // With --watch a game is ended from outside, by who then begins another.
    if (by === 'SIGINT') say(styled`\nGiven up.`);
  });
  try {
    const game = await play(configuration, family, task, machinery.world, {
      ...options,
      output,
      signal: interruption.signal,
    });
    if (game.reward !== 1) {
      process.exitCode = 1;
      say(
        styled`${style('red', game.reward === null ? 'no reward' : `reward ${game.reward}`)} (${game.stop}): nothing is kept.`,
      );
      if (options.json) printJson({ ...game, run: null });
      return;
    }
    const trajectory = await repeated(family, task, game.actions, machinery.world, interruption.signal);
    if (options.save !== undefined) await save(options.save, task, game.actions);
    const run = await keep(configuration, options.seed, trajectory);
    if (options.json) printJson({ ...game, run, saved: options.save ?? null });
    say(
      styled`${style('green', 'won')} in ${trajectory.end.steps} steps; done again by its actions, and kept.`,
    );
    say(style('dim', `To learn from it: npx lamarck evolve --demonstrations ${run}`));
    say(style('dim', `To look at it:    npx lamarck replay ${run} ${trajectory.start.episode.slice(0, 12)}`));
  } catch (error) {
    if (!interruption.signal.aborted) throw error;
    process.exitCode = 130;
  } finally {
    interruption.release();
  }
}

async function play(
  { chromium }: LoadedConfiguration,
  family: TaskFamily,
  task: Task,
  world: World,
  { show, ...options }: PlayOptions & { output: Output; signal: AbortSignal },
): Promise<Game> {
  if (!show) return playInTerminal(family, task, world, options);
  await using sandboxes = createSandboxes({
    pages: 1,
    visible: true,
    ...(chromium === undefined ? {} : { chromium }),
  });
  return await playByHand(family, task, sandboxes, options);
}

/** The same game by its actions alone: what is kept was done by an agent's means. */
async function repeated(
  family: TaskFamily,
  task: Task,
  actions: readonly Json[],
  world: World,
  signal: AbortSignal,
): Promise<Trajectory> {
  const actor = createRecordedActor({ human: hashOf(actions) }, actions);
  const { seed, difficulty } = task;
  let trajectory: Trajectory | undefined;
  for (let repeat = 0; repeat < REPEATS && trajectory?.end.reward !== 1; repeat++)
    trajectory = await runEpisode({ actor, family, seed, difficulty, repeat }, world, signal);
  if (trajectory?.end.reward === 1) return trajectory;
  const { stop, error } = trajectory?.end ?? {};
  throw new LamarckError({
    code: 'LAMARCK_GAME_NOT_REPEATED',
    boundary: 'task',
    message: `The game was won, but its actions did not win again (${error?.message ?? stop ?? ''}), so it is not kept.`,
    remedy: 'Play without what agents cannot do: typed addresses, frames, other tabs by hand.',
  });
}

async function save(
  file: string,
  { family, instruction, params }: Task,
  actions: readonly Json[],
): Promise<void> {
  const recording: Recording = {
    version: 1,
    family,
    instruction,
    params: params as Json,
    actions: [...actions],
  };
  await writeOutput(file, `${JSON.stringify(recording, null, 2)}\n`, '--save');
}

/** @returns the name of the run that it is kept in. */
async function keep(
  configuration: LoadedConfiguration,
  seed: number,
  trajectory: Trajectory,
): Promise<string> {
  const { folder, manifest } = await startRun(configuration, {
    kind: 'play',
    seed,
    budget: { ...configuration.budget, episodes: 1 },
    search: configuration.search,
    agent: await loadGenome(seedGenomeFolder(configuration)),
  });
  await using record = await openRunRecord(folder);
  await record.memory.keep(trajectory);
  return manifest.run;
}
