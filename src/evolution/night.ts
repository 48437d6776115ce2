import type { TrajectoryView } from '../agent/index.ts';
import type { Json, Search, Trajectory } from '../protocol/index.ts';
import { createGenomeActor, type Actor, type EpisodeJob } from '../episode/index.ts';
import { drained, type Rollout, type Tally } from '../rollout/index.ts';
import type { GenomeFiles, Mind, MindSandbox } from '../sandbox/index.ts';
import { splitSeed, type TaskFamily } from '../task/index.ts';
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

/** Budgets of a run, in episodes and tasks. */
export interface Budget {
  readonly episodes: number;
  /** Train episodes of one improvement. */
  readonly improvement: number;
  /** Sealed tasks a family and arm. */
  readonly sealed: number;
  /** Sealed tasks a family and arm where the family was kept out of learning and selecting. */
  readonly unseen: number;
}

/** A genome's own code as a task: files, the one that is offered edits of, tasks that are its tests, and runs of them. */
export type SelfMending = (given: {
  files: GenomeFiles;
  module: string;
  tests: readonly (readonly Json[])[];
  hidden: readonly (readonly Json[])[];
  runs: number;
}) => TaskFamily;

/** What a run works with. Everything that decides is a function of `seed`, `budget`, the families and the seed genome. */
export interface Night {
  readonly seed: number;
  readonly budget: Budget;
  readonly search: Search;
  /** Families that are learned from and selected on. */
  readonly families: readonly NightFamily[];
  /** Families that nothing is learned from and nothing is selected on: scored once, at the end. */
  readonly unseen: readonly NightFamily[];
  /** Games that people won, which every improver learns from beside its own episodes. */
  readonly shown: readonly TrajectoryView[];
  readonly seedGenome: Genome;
  readonly rollout: Rollout;
  readonly minds: MindSandbox;
  /** Makes the task in which a genome mends its own code. */
  readonly selfMending: SelfMending;
  readonly archive: Archive;
  readonly log: RunLog;
  readonly drain: AbortSignal;
  /** Stops everything under way, because something failed for good: the first error is what the run ends with. */
  halt(error: unknown): void;
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

/** The same night, which also tells `tally` of every episode that is asked for. */
export function tallied(night: Night, tally: Tally): Night {
  return { ...night, rollout: night.rollout.tallied(tally) };
}

export function actorOf(night: Pick<Night, 'minds'>, genome: Genome): Actor {
  return createGenomeActor(genome, night.minds);
}

/** @throws the reason of the night's end where that comes first. */
export async function leaseMind({ minds, drain }: Pick<Night, 'minds' | 'drain'>): Promise<Mind> {
  try {
    return await minds.lease(drain);
  } catch (error) {
    throw drain.aborted ? drained() : error;
  }
}

/** A name for a task that repeats and arms share. */
export function taskNameOf({ start: { task } }: Trajectory): string {
  return `${task.family}/${task.difficulty}/${task.seed}`;
}
