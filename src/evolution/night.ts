import { hashOf, type Trajectory } from '../protocol/index.ts';
import { createGenomeActor, type Actor, type EpisodeJob } from '../episode/index.ts';
import type { Rollout } from '../rollout/index.ts';
import type { MindSandbox } from '../sandbox/index.ts';
import { makeTask, splitSeed, type TaskFamily } from '../task/index.ts';
import type { Archive } from './archive.ts';
import type { RunEvent } from './events.ts';
import type { Genome } from './genome.ts';
import type { RunLog } from './run-log.ts';

/** A family as a run knows it. Improvers know it by its alias only. */
export interface NightFamily {
  readonly family: TaskFamily;
  readonly suite: string;
  readonly alias: string;
}

/** What a run works with. Everything that decides is a function of `seed`, `budget`, the families and the seed genome. */
export interface Night {
  readonly seed: number;
  readonly budget: { readonly episodes: number; readonly improvement: number; readonly sealed: number };
  readonly families: readonly NightFamily[];
  readonly seedGenome: Genome;
  readonly rollout: Rollout;
  readonly minds: MindSandbox;
  readonly archive: Archive;
  readonly log: RunLog;
  readonly drain: AbortSignal;
  tell(event: RunEvent): void;
}

/** Difficulty of the `index`-th task of a family: round and round, easiest first. */
function difficultyAt(family: TaskFamily, index: number): number {
  return 1 + (index % family.difficulties);
}

/** Jobs for an actor at one numbered task of each family; the same numbers are the same tasks for every actor. */
export function jobsAt(
  night: Pick<Night, 'families' | 'seed'>,
  actor: Actor,
  split: 'dev' | 'sealed' | 'train',
  indices: readonly number[],
  options: { repeat?: number; slice?: number } = {},
): EpisodeJob[] {
  return indices.flatMap((index) =>
    night.families.map(({ family }) => ({
      actor,
      family,
      seed: splitSeed(split, night.seed, index, options.slice),
      difficulty: difficultyAt(family, index),
      repeat: options.repeat ?? 0,
    })),
  );
}

export function actorOf(night: Pick<Night, 'minds'>, genome: Genome): Actor {
  return createGenomeActor(genome, night.minds);
}

/** A name for a task that repeats and arms share. */
export function taskNameOf({ start: { task } }: Trajectory): string {
  return `${task.family}/${task.difficulty}/${task.seed}`;
}

/** Content hash of a family's first train task: tells whether the code of a family changed since a run began. */
export function fingerprintOf(families: readonly NightFamily[]): string {
  return hashOf(families.map(({ family, suite }) => [suite, makeTask(family, 0, 1).hash]));
}
