import type { RunFamilies, RunLog } from '../run/index.ts';
import type { TrajectoryView } from '../agent/index.ts';
import type { Trial } from '../evaluation/index.ts';
import type { Json, RunEvent, RunEventRecord, Search } from '../protocol/index.ts';
import type { Tally } from '../rollout/index.ts';
import type { GenomeFiles } from '../sandbox/index.ts';
import type { TaskFamily } from '../task/index.ts';
import type { Archive, Genome } from '../genome/index.ts';

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
export interface RunContext extends Trial, RunFamilies {
  /** Learned from and selected on. */
  readonly families: RunFamilies['families'];
  readonly budget: Budget;
  readonly search: Search;
  /** Games that people won, which every improver learns from beside its own episodes. */
  readonly demonstrations: readonly TrajectoryView[];
  readonly seedGenome: Genome;
  /** Makes the task in which a genome mends its own code. */
  readonly selfMending: SelfMending;
  readonly archive: Archive;
  readonly log: Pick<RunLog, 'record'>;
  /** Opens the slice of the sealed split that this budget is scored on. @param champion id of the genome */
  openSlice(champion: string): Promise<number>;
  readonly drain: AbortSignal;
  /** Stops everything under way, because something failed for good: the first error is what the run ends with. */
  halt(error: unknown): void;
  tell(event: RunEvent): void;
}

/** Enters an event into the record, and tells of it. */
export async function recordEvent(
  { log, tell }: Pick<RunContext, 'log' | 'tell'>,
  event: RunEventRecord,
): Promise<void> {
  await log.record(event);
  tell(event);
}

/** The same run, which also tells `tally` of every episode that is asked for. */
export function tallied(run: RunContext, tally: Tally): RunContext {
  return { ...run, rollout: run.rollout.tallied(tally) };
}
