import { join } from 'node:path';
import type { Kysely } from 'kysely';
import {
  canonicalJson,
  parseRunEvent,
  type ImprovementRecord,
  type RunEventRecord,
  type SealRecord,
  type Split,
  type Trajectory,
} from '../protocol/index.ts';
import {
  readFrame,
  storeError,
  toTrajectory,
  type DamagedPart,
  type FrameLocation,
  type FrameRecords,
} from '../trajectory/index.ts';
import { indexFrames } from './index-frames.ts';
import { countDuplicates, openIndex, type RunIndex } from './run-index.ts';
import { EPISODE_COLUMNS, type EpisodeRow, type RunTables } from './run-tables.ts';

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
  /** Everything else that the run recorded of itself, in the order of the record. */
  events(): Promise<RunEventRecord[]>;
  /**
   * An episode's trajectory, from the record.
   *
   * @throws LamarckError `LAMARCK_FRAME_CORRUPT`.
   */
  trajectory(key: string): Promise<Trajectory | undefined>;
  /** All tables as text: equal records give equal text. */
  dump(): Promise<string>;
  /**
   * Frames that repeated the key of an earlier one, which counts. None, or something played an episode twice; copies of a
   * frame, byte by byte, are not among them.
   */
  readonly duplicates: number;
  /** Parts of the record that could not be read when the store was opened. */
  readonly damage: readonly DamagedPart[];
  /** Keys of episodes that the database knew of, and that the record no longer had when the store was opened. */
  readonly lost: readonly string[];
  [Symbol.asyncDispose](): Promise<void>;
}

/**
 * Opens the database of a run and enters whatever the record has that it has not. A database that is missing, damaged, of
 * another version, or not what the record says is built anew.
 *
 * @throws LamarckError where the record itself cannot be read, e.g. `LAMARCK_RECORD_TOO_NEW`.
 */
export async function openStore(runFolder: string): Promise<Store> {
  const record = join(runFolder, 'trajectories');
  const index = await openIndex(join(runFolder, 'run.db'), record);
  return new OpenStore(index, record, await countDuplicates(index.db));
}

class OpenStore implements Store {
  readonly damage: readonly DamagedPart[];
  readonly lost: readonly string[];
  readonly #db: Kysely<RunTables>;
  readonly #record: string;
  #duplicates: number;

  constructor({ db, damage, lost }: RunIndex, record: string, duplicates: number) {
    this.#db = db;
    this.#record = record;
    this.damage = damage;
    this.lost = lost;
    this.#duplicates = duplicates;
  }

  get duplicates(): number {
    return this.#duplicates;
  }

  async index(location: FrameLocation, records: FrameRecords): Promise<void> {
    try {
      const repeated = await indexFrames(this.#db, [{ location, records }]);
      if (repeated > 0) this.#duplicates = await countDuplicates(this.#db);
    } catch (error) {
      throw isSqlite(error) ? storeError(error, 'write to run.db') : error;
    }
  }

  async episodeByKey(key: string): Promise<EpisodeRow | undefined> {
    return this.#db.selectFrom('episodes').select(EPISODE_COLUMNS).where('key', '=', key).executeTakeFirst();
  }

  async outcomes({ actor, split, family }: OutcomeQuery = {}): Promise<EpisodeRow[]> {
    return this.#db
      .selectFrom('episodes')
      .select(EPISODE_COLUMNS)
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
    return this.#db
      .selectFrom('episodes')
      .select(EPISODE_COLUMNS)
      .orderBy('segment')
      .orderBy('offset')
      .execute();
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

  async events(): Promise<RunEventRecord[]> {
    const rows = await this.#db
      .selectFrom('events')
      .select('record')
      .orderBy('segment')
      .orderBy('offset')
      .execute();
    return rows.map(({ record }) => parseRunEvent(JSON.parse(record)));
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
      events: await this.#db.selectFrom('events').selectAll().orderBy('segment').orderBy('offset').execute(),
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
