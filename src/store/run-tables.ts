import { crc32 } from 'node:zlib';
import { canonicalJson, type Ending, type Split, type StopReason } from '../protocol/index.ts';
import type { FrameLocation } from '../trajectory/index.ts';

/** An episode's outcome, and where its frame stands. */
export interface EpisodeRow {
  /** Content key of the episode. */
  readonly key: string;
  /** The genome's id, or `random` or `oracle`. */
  readonly actor: string;
  readonly family: string;
  readonly seed: number;
  readonly difficulty: number;
  readonly split: Split;
  readonly repeat: number;
  readonly environment: string;
  readonly stop: StopReason;
  readonly reward: number | null;
  /** What went wrong, for the stops that are errors. */
  readonly error_code: string | null;
  readonly error_message: string | null;
  readonly steps: number;
  /** What was attempted, where the episode is quarantined for it; else empty. */
  readonly tampering: string;
  readonly hash: string;
  readonly wall_ms: number;
  /** Unix ms. */
  readonly ended_at: number;
  readonly segment: number;
  readonly offset: number;
  readonly length: number;
}

/** How the episode ended, as its last record says. */
export function endingOf({ reward, stop, error_code: code, error_message: message }: EpisodeRow): Ending {
  return { reward, stop, ...(code === null || message === null ? {} : { error: { code, message } }) };
}

/** An improver's work. */
export interface ImprovementRow {
  readonly arm: string;
  readonly index: number;
  readonly parent: string;
  readonly child: string | null;
  readonly kind: string;
  readonly rationale: string;
  readonly refusal: string | null;
  readonly episodes: number;
  /** The record itself, as JSON. */
  readonly record: string;
}

/** A sealed slice that was opened. */
export interface SealRow {
  readonly slice: number;
  readonly champion: string;
  /** The record itself, as JSON. */
  readonly record: string;
}
/** What a run records of itself beside its episodes, improvements and seals. */
export interface EventRow {
  /** SHA-256 over the record's canonical JSON: an event is entered once. */
  readonly key: string;
  readonly segment: number;
  readonly offset: number;
  /** The record itself, as JSON. */
  readonly record: string;
}

/** SQLite checks the structure of a file, not what stands in it: with this, a changed value is found too. */
interface Checked {
  /** CRC-32 over the canonical JSON of the row without this column. */
  readonly check: number;
}

/** The tables of `run.db`; `frames` says how far the record is indexed. */
export interface RunTables {
  episodes: EpisodeRow & Checked;
  improvements: ImprovementRow & Checked;
  seals: SealRow & Checked;
  events: EventRow & Checked;
  frames: FrameLocation;
}

export function checked<Row extends object>(row: Row): Row & Checked {
  return { ...row, check: crc32(canonicalJson(row)) };
}

/** Whether a row is as it was entered. */
export function isAsEntered({ check, ...row }: Checked): boolean {
  return check === crc32(canonicalJson(row));
}

/** The columns of an episode, for readers. */
export const EPISODE_COLUMNS = [
  'key',
  'actor',
  'family',
  'seed',
  'difficulty',
  'split',
  'repeat',
  'environment',
  'stop',
  'reward',
  'error_code',
  'error_message',
  'steps',
  'tampering',
  'hash',
  'wall_ms',
  'ended_at',
  'segment',
  'offset',
  'length',
] as const satisfies readonly (keyof EpisodeRow)[];

/** Kept as SQLite's `user_version`: raise it with every change here, and databases of old runs are built anew. */
export const TABLES_VERSION = 6;

/** Makes the tables, empty, in place of whatever is there: all or nothing. */
export const CREATE_TABLES = `
begin immediate;
drop table if exists episodes;
drop table if exists improvements;
drop table if exists seals;
drop table if exists events;
drop table if exists frames;
create table episodes (
  key text primary key, actor text not null, family text not null, seed integer not null, difficulty integer not null,
  split text not null, repeat integer not null, environment text not null, stop text not null, reward real,
  error_code text, error_message text,
  steps integer not null, tampering text not null, hash text not null, wall_ms real not null, ended_at integer not null,
  segment integer not null, offset integer not null, length integer not null, "check" integer not null
) strict;
create index episodes_by_actor on episodes (actor, split, family);
create table improvements (
  arm text not null, "index" integer not null, parent text not null, child text, kind text not null,
  rationale text not null, refusal text, episodes integer not null, record text not null,
  "check" integer not null, primary key (arm, "index")
) strict;
create table seals (
  slice integer primary key, champion text not null, record text not null, "check" integer not null
) strict;
create table events (
  key text primary key, segment integer not null, offset integer not null, record text not null,
  "check" integer not null
) strict;
create table frames (
  segment integer not null, offset integer not null, length integer not null, checksum integer not null,
  primary key (segment, offset)
) strict;
pragma user_version = ${TABLES_VERSION};
commit;
`;
