import type { LoadedConfiguration } from '../config/index.ts';
import type { Page } from 'playwright';
import {
  createRecordedActor,
  openEpisode,
  openTask,
  runEpisode,
  type SteppedEpisode,
  type World,
} from '../episode/index.ts';
import { actionExamples, typedAction, usageOf } from '../environment/index.ts';
import { hashOf } from '../host/index.ts';
import { createSandboxes } from '../presets.ts';
import { LamarckError, type Json, type Trajectory } from '../protocol/index.ts';
import { judge } from '../reward/index.ts';
import type { Sandboxes } from '../sandbox/index.ts';
import { makeTask, type Recording, type Task, type TaskFamily } from '../task/index.ts';
import { keepEpisode } from './episode.ts';
import { familyAt } from './families-named.ts';
import { openMachinery } from './machinery.ts';
import { assertReady } from './readiness.ts';

/** Tries at doing again what a person did, where a world is not repeatable by its seed. */
const REPEATS = 3;

/** What a person did, in the notation of the environment, and what it earned; no reward where they gave up. */
export interface Game {
  readonly actions: readonly Json[];
  readonly reward: number | null;
  readonly stop: string;
}

/** A game's task, and how it can be played: step by step, or at the page in a browser that a person sees. */
export interface Table {
  readonly family: TaskFamily;
  readonly task: Task;
  /** Reads a line that a person typed as an action; where it is none, a sentence says why. */
  read(line: string, affordances: readonly Json[]): { action: Json } | { error: string };
  /** How each action is typed: `fill REF TEXT`. */
  readonly usages: readonly string[];
  /** How each action is typed, with an example: of what is possible right now, where `affordances` has such an action. */
  examples(affordances: readonly Json[]): { usage: string; example: Json }[];
  /** Opens the task, from its start. */
  open(): Promise<SteppedEpisode>;
  /**
   * Opens the page of the task in a window.
   *
   * @param person acts at it, and gives their answer, `''` for none, or undefined where they give up
   */
  openPage(person: (instruction: string, page: Page) => Promise<string | undefined>): Promise<Game>;
}

export interface GameOptions {
  readonly seed: number;
  readonly difficulty: number;
  readonly signal: AbortSignal;
  readonly notice: (text: string) => void;
  /** Shows the task to a person, and returns what they did. */
  readonly player: (table: Table) => Promise<Game>;
}

/** What came of a game; `run` and `trajectory` where it was won and kept. */
export interface GameOutcome {
  readonly game: Game;
  readonly kept?: { readonly run: string; readonly trajectory: Trajectory; readonly recording: Recording };
}

/**
 * Lets a person play. A game that is won is played again by its actions, and kept as a trajectory where that wins too.
 *
 * @throws LamarckError `LAMARCK_GAME_NOT_REPEATED`
 */
export async function playGame(
  configuration: LoadedConfiguration,
  name: string,
  options: GameOptions,
): Promise<GameOutcome> {
  const { seed, difficulty, signal, notice, player } = options;
  const { chromium } = configuration;
  const family = familyAt(configuration, name, difficulty);
  assertReady([family]);
  const task = makeTask(family, seed, difficulty);
  await using machinery = openMachinery(configuration, notice);
  const { world } = machinery;
  const game = await player({
    family,
    task,
    read: (line, affordances) => typedAction(line, affordances, family.environment),
    usages: Object.keys(family.environment.actions).map(usageOf(family.environment)),
    examples: (affordances) => actionExamples(family.environment, affordances),
    open: () => openEpisode(family, task, world, signal),
    async openPage(person) {
      await using sandboxes = createSandboxes({
        pages: 1,
        visible: true,
        ...(chromium === undefined ? {} : { chromium }),
      });
      return await playAtPage(family, task, sandboxes, signal, person);
    },
  });
  if (game.reward !== 1) return { game };
  const trajectory = await repeated(family, task, game.actions, world, signal);
  const { run } = await keepEpisode(configuration, 'play', trajectory, seed);
  return { game, kept: { run, trajectory, recording: recordingOf(task, game.actions) } };
}

async function playAtPage(
  family: TaskFamily,
  task: Task,
  sandboxes: Partial<Sandboxes>,
  signal: AbortSignal,
  person: Parameters<Table['openPage']>[0],
): Promise<Game> {
  const session = await openTask(family, task, { sandboxes, signal });
  try {
    const instruction = (await session.instruction()) ?? task.instruction;
    let isGivenUp = false;
    const actions = await session.demonstrate(async (stage) => {
      const answer = await person(instruction, (stage as { page: Page }).page);
      isGivenUp = answer === undefined;
      return answer === '' ? undefined : answer;
    });
    if (isGivenUp) return { actions, reward: null, stop: 'given up' };
    const evidence: Json = await session.evidence();
    return { actions, reward: await judge(family, task, evidence), stop: 'agent-done' };
  } finally {
    await session.close();
  }
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
    remedy:
      'Play again without what a recording leaves out: do not type addresses, act inside frames, or open or switch tabs by hand.',
  });
}

function recordingOf({ family, instruction, params }: Task, actions: readonly Json[]): Recording {
  return { version: 1, family, instruction, params: params as Json, actions: [...actions] };
}
