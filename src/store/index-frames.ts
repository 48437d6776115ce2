import type { Kysely } from 'kysely';
import {
  canonicalJson,
  isRunEvent,
  tamperingIn,
  type ActorReference,
  type ImprovementRecord,
  type RunEventRecord,
  type SealRecord,
  type Trajectory,
} from '../protocol/index.ts';
import { toTrajectory, type Frame, type FrameLocation } from '../trajectory/index.ts';
import { sha256 } from '../host/index.ts';
import {
  checked,
  type EpisodeRow,
  type EventRow,
  type ImprovementRow,
  type RunTables,
  type SealRow,
} from './run-tables.ts';

/** An actor in a word: the genome's id, `random` or `oracle`, or `script/` or `human/` and a hash. */
function actorName(actor: ActorReference): string {
  if ('human' in actor) return `human/${actor.human}`;
  if ('script' in actor) return `script/${actor.script}`;
  return 'genome' in actor ? actor.genome : actor.reference;
}

/**
 * Enters frames into the tables, in one transaction. Frames that are there already change nothing, so two processes
 * may index the same record.
 *
 * @returns how many of them repeat a key of an earlier frame: the first one counts.
 */
export async function indexFrames(db: Kysely<RunTables>, frames: readonly Frame[]): Promise<number> {
  if (frames.length === 0) return 0;
  return db.transaction().execute(async (transaction) => {
    const fresh = await transaction
      .insertInto('frames')
      .values(frames.map(({ location }) => location))
      .onConflict((conflict) => conflict.doNothing())
      .returning(['segment', 'offset'])
      .execute();
    const isFresh = new Set(fresh.map(({ segment, offset }) => `${segment}/${offset}`));
    const episodes: EpisodeRow[] = [];
    const improvements: ImprovementRow[] = [];
    const seals: SealRow[] = [];
    const events: EventRow[] = [];
    for (const { location, records } of frames) {
      if (!isFresh.has(`${location.segment}/${location.offset}`)) continue;
      const [first] = records;
      if (first?.type === 'improvement') improvements.push(improvementRow(first));
      else if (first?.type === 'seal') seals.push(sealRow(first));
      else if (first && isRunEvent(first)) events.push(eventRow(first, location));
      else episodes.push(episodeRow(toTrajectory(records), location));
    }
    const entered =
      (await enter(transaction, 'episodes', episodes.map(checked))) +
      (await enter(transaction, 'improvements', improvements.map(checked))) +
      (await enter(transaction, 'seals', seals.map(checked))) +
      (await enter(transaction, 'events', events.map(checked)));
    return fresh.length - entered;
  });
}

/** Enters rows whose key is new; returns how many were. */
async function enter<Table extends Exclude<keyof RunTables, 'frames'>>(
  db: Kysely<RunTables>,
  table: Table,
  rows: readonly RunTables[Table][],
): Promise<number> {
  if (rows.length === 0) return 0;
  const insertion = db.insertInto<Exclude<keyof RunTables, 'frames'>>(table).values([...rows]);
  const { numInsertedOrUpdatedRows = 0n } = await insertion
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirstOrThrow();
  return Number(numInsertedOrUpdatedRows);
}

function episodeRow(trajectory: Trajectory, { segment, offset, length }: FrameLocation): EpisodeRow {
  const { start, end } = trajectory;
  const { family, seed, difficulty } = start.task;
  return {
    key: start.episode,
    actor: actorName(start.actor),
    family,
    seed,
    difficulty,
    split: start.split,
    repeat: start.repeat,
    environment: start.environment,
    stop: end.stop,
    reward: end.reward,
    error_code: end.error?.code ?? null,
    error_message: end.error?.message ?? null,
    steps: end.steps,
    tampering: tamperingIn(trajectory).join(', '),
    hash: end.hash,
    wall_ms: end.wallMilliseconds,
    ended_at: end.endedAt,
    segment,
    offset,
    length,
  };
}

function improvementRow(record: ImprovementRecord): ImprovementRow {
  const { arm = 'archive', index, parent, child, kind, rationale, refusal = null, episodes } = record;
  return { arm, index, parent, child, kind, rationale, refusal, episodes, record: JSON.stringify(record) };
}

function sealRow(record: SealRecord): SealRow {
  return { slice: record.slice, champion: record.champion, record: JSON.stringify(record) };
}

function eventRow(record: RunEventRecord, { segment, offset }: FrameLocation): EventRow {
  return { key: sha256(canonicalJson(record)), segment, offset, record: JSON.stringify(record) };
}
