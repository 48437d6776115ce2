import type { RunEventRecord } from './run-event-records.ts';

/** What a watcher of a run is told, in order: what the run records of itself, its episodes in short, and what it is about. */
export type RunEvent = RunEventRecord | EpisodeEvent | ActivityEvent;

/** An episode of the run is known: it was played, or it is in the record already. */
interface EpisodeEvent {
  readonly type: 'episode';
  readonly reward: number | null;
  readonly environment: string;
  readonly family: string;
  /** Of its own wall time, among others that were played at once. */
  readonly seconds: number;
  /** Different episodes so far, and those of them that this sitting has played. */
  readonly spent: number;
  readonly played: number;
}

/** What is under way, in words for a person: the only event that is not recorded. */
interface ActivityEvent {
  readonly type: 'activity';
  readonly arm?: 'learner';
  readonly text: string;
}
