import { takeTurn } from '../environment/index.ts';
import type { World, WorldSession } from '../episode/index.ts';
import { hashOf } from '../host/index.ts';
import type { Json } from '../protocol/index.ts';
import { judge } from '../reward/index.ts';
import { makeTask, type Task, type TaskFamily } from '../task/index.ts';

/** A task that is to be searched for a first win. */
export interface ExploreJob {
  readonly family: TaskFamily;
  readonly seed: number;
  readonly difficulty: number;
  /** Playouts from the start of its world. */
  readonly tries: number;
}

/** Searches that faults of ours may spoil. */
const ATTEMPTS = 3;
/** Wall time that each playout may take in ms, beside what an episode may: a backstop. */
const PLAYOUT_MILLISECONDS = 1_000;

/**
 * Lets a task's world explore itself, and judges what it found as an episode would be.
 *
 * @returns the actions of the shortest playout that the verifier gives 1: a claim, until they are played. Undefined where no
 * playout wins, the world cannot be explored, or faults of ours spoiled three searches.
 */
export async function findWin(
  job: ExploreJob,
  world: World,
  signal: AbortSignal,
): Promise<readonly Json[] | undefined> {
  const { family, seed, difficulty, tries } = job;
  const task = makeTask(family, seed, difficulty);
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const endTurn = await takeTurn(family.environment, signal);
    const limit = AbortSignal.any([
      signal,
      AbortSignal.timeout(family.timeLimit + tries * PLAYOUT_MILLISECONDS),
    ]);
    let session: WorldSession | undefined;
    try {
      session = await world.open(task, limit);
      const steps = family.maxSteps;
      const playouts = await session.explore?.({ tries, steps, seed: hashOf({ task: task.hash, tries }) });
      return playouts && (await shortestWin(family, task, playouts));
    } catch {
      signal.throwIfAborted();
    } finally {
      await session?.close().catch(() => undefined);
      endTurn();
    }
  }
  return undefined;
}

type Playouts = Awaited<ReturnType<NonNullable<WorldSession['explore']>>> & object;

async function shortestWin(
  family: TaskFamily,
  task: Task,
  playouts: Playouts,
): Promise<readonly Json[] | undefined> {
  const nearestFirst = playouts.toSorted((one, other) => one.actions.length - other.actions.length);
  for (const { actions, evidence } of nearestFirst) {
    if ((await judge(family, task, evidence)) === 1) return actions;
  }
  return undefined;
}
