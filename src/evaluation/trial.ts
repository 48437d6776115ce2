import { createGenomeActor, type Actor, type EpisodeJob } from '../episode/index.ts';
import type { Genome } from '../genome/index.ts';
import type { Trajectory } from '../protocol/index.ts';
import type { Rollout } from '../rollout/index.ts';
import type { GuestSandbox } from '../sandbox/index.ts';
import { splitSeed, type TaskFamily } from '../task/index.ts';

/** What agents are tried with: the tasks are a function of `seed` and `families`, and `rollout` plays them. */
export interface Trial {
  readonly seed: number;
  readonly families: readonly { readonly family: TaskFamily }[];
  readonly rollout: Rollout;
  readonly guests: GuestSandbox;
}

/** An agent whose code is a genome. */
export function actorOf({ guests }: Pick<Trial, 'guests'>, genome: Genome): Actor {
  return createGenomeActor(genome, guests);
}

/** Episodes of an actor at numbered tasks of each family; the same numbers are the same tasks for every actor. */
export function jobsAt(
  { families, seed }: Pick<Trial, 'families' | 'seed'>,
  actor: Actor,
  split: 'dev' | 'sealed' | 'train',
  indices: readonly number[],
  options: { repeat?: number; slice?: number } = {},
): EpisodeJob[] {
  return indices.flatMap((index) =>
    families.map(({ family }) => ({
      actor,
      family,
      seed: splitSeed(split, seed, index, options.slice),
      difficulty: difficultyAt(family, index),
      repeat: options.repeat ?? 0,
    })),
  );
}

/** Difficulty of the `index`-th task of a family: round and round, easiest first. */
export function difficultyAt({ difficulties }: Pick<TaskFamily, 'difficulties'>, index: number): number {
  return 1 + (index % difficulties);
}

/** A name for a task that repeats and arms share: family, difficulty, seed. */
export function taskNameOf({ start: { task } }: Pick<Trajectory, 'start'>): string {
  return `${task.family}/${task.difficulty}/${task.seed}`;
}
