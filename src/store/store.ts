import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Kysely, sql } from 'kysely';
import {
  canonicalJson,
  type ImprovementRecord,
  type SealRecord,
  type Split,
  type Trajectory,
} from '../protocol/index.ts';
import {
  hasFrame,
  readFrame,
  readFrames,
  storeError,
  toTrajectory,
  type DamagedPart,
  type Frame,
  type FrameLocation,
  type FrameRecords,
} from '../trajectory/index.ts';
import { indexFrames } from './index-frames.ts';
import { CREATE_TABLES, TABLES_VERSION, type EpisodeRow, type RunTables } from './run-tables.ts';
import { NodeSqliteDialect } from './sqlite-dialect.ts';

/** Which episodes are asked for; what is left out is not asked about. */
export interface OutcomeQuery {
  /** A genome's id, or `random` or `oracle`. */
  readonly actor?: string;
  readonly split?: Split;
  readonly family?: string;
}

/** A run's database: what its record says, for asking. It can be deleted at any time, and is built anew. */
export interface Store {
  /** Enters a frame that was just written. */
  index(location: FrameLocation, records: FrameRecords): Promise<void>;
  episodeByKey(key: string): Promise<EpisodeRow | undefined>;
  /** Episodes in the order of family, seed, difficulty, repeat and actor: independent of who finished first. */
  outcomes(query?: OutcomeQuery): Promise<EpisodeRow[]>;
  /** Episodes in the order of the record. */
  allEpisodes(): Promise<EpisodeRow[]>;
  improvements(): Promise<ImprovementRecord[]>;
  seals(): Promise<SealRecord[]>;
  /**
   * An episode's trajectory, from the record.
   *
   * @throws LamarckError `LAMARCK_FRAME_CORRUPT`.
   */
  trajectory(key: string): Promise<Trajectory | undefined>;
  /** All tables as text: equal records give equal text. */
  dump(): Promise<string>;
  /** Frames that repeated the key of an earlier one, which counts. None, or something played an episode twice. */
  readonly duplicates: number;
  /** Parts of the record that could not be read when the store was opened. */
  readonly damage: readonly DamagedPart[];
  [Symbol.asyncDispose](): Promise<void>;
}

/** Frames entered in one transaction. */
const BATCH = 200;
/** SQLite's codes for a file that is damaged, or no database. */
const UNUSABLE = new Set([11, 26]);

/**
 * Opens the database of a run and enters whatever the record has that it has not. A database that is missing, damaged,
 * of another version, or not of this record is built anew.
 *
 * @throws LamarckError `LAMARCK_STORE_FULL`, `LAMARCK_STORE_READ_ONLY`, `LAMARCK_STORE_FAILED`, `LAMARCK_RECORD_TOO_NEW`.
 */
export async function openStore(runFolder: string): Promise<Store> {
  const path = join(runFolder, 'run.db');
  try {
    return await openDatabase(path, join(runFolder, 'trajectories'));
  } catch (error) {
    if (!isUnusable(error)) throw error;
    for (const suffix of ['', '-wal', '-shm']) await rm(path + suffix, { force: true });
    return openDatabase(path, join(runFolder, 'trajectories'));
  }
}

async function openDatabase(path: string, record: string): Promise<Store> {
  const database = openSqlite(path);
  const db = new Kysely<RunTables>({ dialect: new NodeSqliteDialect(database) });
  try {
    if (!(await fits(db, record))) database.exec(CREATE_TABLES);
    const damage: DamagedPart[] = [];
    const batch: Frame[] = [];
    const from = await indexedEnds(db);
    for await (const frame of readFrames(record, { from, onCorrupt: (part) => damage.push(part) })) {
      if (batch.push(frame) === BATCH) await indexFrames(db, batch.splice(0));
    }
    await indexFrames(db, batch);
    return new OpenStore(db, record, damage, await countDuplicates(db));
  } catch (error) {
    await db.destroy();
    throw isSqlite(error) && !isUnusable(error) ? storeError(error, `index ${record}`) : error;
  }
}

function openSqlite(path: string): DatabaseSync {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(path, { timeout: 10_000 });
    // Derived data: what a loss of power takes is read from the record again.
    database.exec('pragma journal_mode = wal; pragma synchronous = normal');
    const check = Object.values(database.prepare('pragma quick_check(1)').get() ?? {})[0];
    if (check !== 'ok') throw Object.assign(new Error(String(check)), { errcode: 11 });
    return database;
  } catch (error) {
    database?.close();
    throw isUnusable(error) ? error : storeError(error, `open ${path}`);
  }
}

/** True where the tables are ours, and each segment's last frame is where they say. */
async function fits(db: Kysely<RunTables>, record: string): Promise<boolean> {
  const { rows } = await sql<{ user_version: number }>`pragma user_version`.execute(db);
  if (rows[0]?.user_version !== TABLES_VERSION) return false;
  const last = await sql<FrameLocation>`
    select segment, max(offset) as offset, length, checksum from frames group by segment`.execute(db);
  for (const location of last.rows) {
    if (!(await hasFrame(record, location))) return false;
  }
  return true;
}

/** Where reading begins in each segment: behind the frames that are indexed without a gap. */
async function indexedEnds(db: Kysely<RunTables>): Promise<Map<number, number>> {
  const ends = new Map<number, number>();
  const frames = await db.selectFrom('frames').selectAll().orderBy('segment').orderBy('offset').execute();
  for (const { segment, offset, length } of frames) {
    if (offset === (ends.get(segment) ?? 0)) ends.set(segment, offset + length);
  }
  return ends;
}

async function countDuplicates(db: Kysely<RunTables>): Promise<number> {
  const { rows } = await sql<{
    duplicates: number;
  }>`select (select count(*) from frames) - (select count(*) from episodes)
    - (select count(*) from improvements) - (select count(*) from seals) as duplicates`.execute(db);
  return rows[0]?.duplicates ?? 0;
}

class OpenStore implements Store {
  readonly damage: readonly DamagedPart[];
  readonly #db: Kysely<RunTables>;
  readonly #record: string;
  #duplicates: number;

  constructor(db: Kysely<RunTables>, record: string, damage: readonly DamagedPart[], duplicates: number) {
    this.#db = db;
    this.#record = record;
    this.damage = damage;
    this.#duplicates = duplicates;
  }

  get duplicates(): number {
    return this.#duplicates;
  }

  async index(location: FrameLocation, records: FrameRecords): Promise<void> {
    try {
      this.#duplicates += await indexFrames(this.#db, [{ location, records }]);
    } catch (error) {
      throw isSqlite(error) ? storeError(error, 'write to run.db') : error;
    }
  }

  async episodeByKey(key: string): Promise<EpisodeRow | undefined> {
    return this.#db.selectFrom('episodes').selectAll().where('key', '=', key).executeTakeFirst();
  }

  async outcomes({ actor, split, family }: OutcomeQuery = {}): Promise<EpisodeRow[]> {
    return this.#db
      .selectFrom('episodes')
      .selectAll()
      .$if(actor !== undefined, (query) => query.where('actor', '=', actor as string))
      .$if(split !== undefined, (query) => query.where('split', '=', split as Split))
      .$if(family !== undefined, (query) => query.where('family', '=', family as string))
      .orderBy('family')
      .orderBy('seed')
      .orderBy('difficulty')
      .orderBy('repeat')
      .orderBy('actor')
      .execute();
  }

  async allEpisodes(): Promise<EpisodeRow[]> {
    return this.#db.selectFrom('episodes').selectAll().orderBy('segment').orderBy('offset').execute();
  }

  async improvements(): Promise<ImprovementRecord[]> {
    const rows = await this.#db
      .selectFrom('improvements')
      .select('record')
      .orderBy('arm')
      .orderBy('index')
      .execute();
    return rows.map(({ record }) => JSON.parse(record) as ImprovementRecord);
  }

  async seals(): Promise<SealRecord[]> {
    const rows = await this.#db.selectFrom('seals').select('record').orderBy('slice').execute();
    return rows.map(({ record }) => JSON.parse(record) as SealRecord);
  }

  async trajectory(key: string): Promise<Trajectory | undefined> {
    const location = await this.#db
      .selectFrom('episodes')
      .innerJoin('frames', (join) =>
        join.onRef('frames.segment', '=', 'episodes.segment').onRef('frames.offset', '=', 'episodes.offset'),
      )
      .selectAll('frames')
      .where('key', '=', key)
      .executeTakeFirst();
    return location && toTrajectory(await readFrame(this.#record, location));
  }

  async dump(): Promise<string> {
    const tables = {
      episodes: await this.#db.selectFrom('episodes').selectAll().orderBy('key').execute(),
      improvements: await this.#db
        .selectFrom('improvements')
        .selectAll()
        .orderBy('arm')
        .orderBy('index')
        .execute(),
      seals: await this.#db.selectFrom('seals').selectAll().orderBy('slice').execute(),
      frames: await this.#db.selectFrom('frames').selectAll().orderBy('segment').orderBy('offset').execute(),
    };
    return Object.entries(tables)
      .flatMap(([table, rows]) => rows.map((row) => `${table} ${canonicalJson(row)}\n`))
      .join('');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#db.destroy();
  }
}

function isSqlite(error: unknown): error is Error & { errcode: number } {
  return error instanceof Error && 'errcode' in error;
}

function isUnusable(error: unknown): boolean {
  return isSqlite(error) && UNUSABLE.has(error.errcode);
}
