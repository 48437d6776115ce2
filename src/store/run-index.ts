import { rm } from 'node:fs/promises';
import { DatabaseSync } from 'node:sqlite';
import { Kysely, sql } from 'kysely';
import { LamarckError } from '../protocol/index.ts';
import { readFrames, type DamagedPart, type Frame, type FrameLocation } from '../trajectory/index.ts';
import { indexFrames } from './index-frames.ts';
import { CREATE_TABLES, isAsEntered, TABLES_VERSION, type RunTables } from './run-tables.ts';
import { NodeSqliteDialect } from './sqlite-dialect.ts';

/** A database that says what the record says. */
export interface RunIndex {
  readonly db: Kysely<RunTables>;
  /** Parts of the record that cannot be read. */
  readonly damage: readonly DamagedPart[];
  /** Keys of episodes that the database had, and that the record no longer has. */
  readonly lost: readonly string[];
}

/** Frames entered in one transaction. */
const BATCH = 200;
/** SQLite's primary result codes for a database that another process is using. */
const IN_USE = new Set([5, 6]);

/**
 * Opens the database of a record, and enters what the record has that it has not. The record is scanned whole, so that the
 * database is never believed about frames that are damaged or gone by now. One that disagrees with the record, or in which
 * a value changed after it was entered, is built anew.
 *
 * Where the disk takes no database (it is full or read-only, or something else stands in its place) it is built in memory:
 * it is derived, and who only reads a record needs no room on the disk.
 *
 * @throws LamarckError where the record itself cannot be read, e.g. `LAMARCK_RECORD_TOO_NEW`.
 */
export async function openIndex(path: string, record: string): Promise<RunIndex> {
  const known = new Set<string>();
  try {
    return await openAt(path, record, known);
  } catch (error) {
    if (LamarckError.isInstance(error)) throw error;
    if (IN_USE.has(resultOf(error))) return openAt(':memory:', record, known);
  }
  try {
    for (const suffix of ['', '-wal', '-shm', '-journal']) await rm(path + suffix, { force: true });
    return await openAt(path, record, known);
  } catch (error) {
    if (LamarckError.isInstance(error)) throw error;
    return openAt(':memory:', record, known);
  }
}

/** @param known to which the keys are added of the episodes that the database has */
async function openAt(path: string, record: string, known: Set<string>): Promise<RunIndex> {
  const database = new DatabaseSync(path, { timeout: 10_000 });
  const db = new Kysely<RunTables>({ dialect: new NodeSqliteDialect(database) });
  try {
    // Derived data: what a loss of power takes is read from the record again.
    database.exec('pragma journal_mode = wal; pragma synchronous = normal');
    assertIntact(database);
    const isOurs = database.prepare('pragma user_version').get()?.['user_version'] === TABLES_VERSION;
    const indexed = isOurs ? await indexedFrames(db, known) : undefined;
    let damage = indexed && (await enterMissing(db, record, indexed));
    if (!damage) {
      database.exec(CREATE_TABLES);
      damage = (await enterMissing(db, record, [])) ?? [];
    }
    return { db, damage, lost: await absentFrom(db, known) };
  } catch (error) {
    await db.destroy();
    throw error;
  }
}

/** @throws Error where the file is no whole database. */
function assertIntact(database: DatabaseSync): void {
  const [found] = Object.values(database.prepare('pragma integrity_check(1)').get() ?? {});
  if (found !== 'ok') throw new Error(String(found));
}

/** The frames that are indexed, in the order of the record; undefined where the tables are not as they were written. */
async function indexedFrames(
  db: Kysely<RunTables>,
  known: Set<string>,
): Promise<readonly FrameLocation[] | undefined> {
  // One transaction, so that a frame that another process enters meanwhile is in all of these tables or in none.
  const { frames, episodes, others } = await db.transaction().execute(async (tables) => ({
    frames: await tables.selectFrom('frames').selectAll().orderBy('segment').orderBy('offset').execute(),
    episodes: await tables.selectFrom('episodes').selectAll().execute(),
    others: [
      ...(await tables.selectFrom('improvements').selectAll().execute()),
      ...(await tables.selectFrom('seals').selectAll().execute()),
      ...(await tables.selectFrom('events').selectAll().execute()),
    ],
  }));
  const isWhole = episodes.every(isAsEntered) && others.every(isAsEntered);
  for (const row of episodes) if (isAsEntered(row)) known.add(row.key);
  const places = new Set(frames.map(({ segment, offset }) => `${segment}/${offset}`));
  const isPlaced = episodes.every(({ segment, offset }) => places.has(`${segment}/${offset}`));
  // A record in which keys repeat has fewer rows than frames, as a database that lost rows has: both are built anew.
  return isWhole && isPlaced && frames.length === episodes.length + others.length ? frames : undefined;
}

/**
 * Enters the frames that are not indexed.
 *
 * @param indexed in the order of the record
 * @returns what is damaged; undefined where the indexed frames are not the record's first
 */
async function enterMissing(
  db: Kysely<RunTables>,
  record: string,
  indexed: readonly FrameLocation[],
): Promise<DamagedPart[] | undefined> {
  const damage: DamagedPart[] = [];
  const batch: Frame[] = [];
  let seen = 0;
  let agrees = true;
  const isKnown = (location: FrameLocation): boolean => {
    const expected = indexed[seen++];
    agrees &&= expected === undefined || isSame(expected, location);
    return expected !== undefined || !agrees;
  };
  for await (const frame of readFrames(record, { isKnown, onCorrupt: (part) => damage.push(part) })) {
    if (batch.push(frame) === BATCH) await indexFrames(db, batch.splice(0));
  }
  if (!agrees || seen < indexed.length) return undefined;
  await indexFrames(db, batch);
  return damage;
}

function isSame(left: FrameLocation, right: FrameLocation): boolean {
  return (
    left.segment === right.segment &&
    left.offset === right.offset &&
    left.length === right.length &&
    left.checksum === right.checksum
  );
}

async function absentFrom(db: Kysely<RunTables>, known: ReadonlySet<string>): Promise<string[]> {
  const rows = await db.selectFrom('episodes').select('key').execute();
  const present = new Set(rows.map(({ key }) => key));
  return [...known].filter((key) => !present.has(key));
}

/** Frames that repeat the key of an earlier frame; copies of a frame, byte by byte, do not count. */
export async function countDuplicates(db: Kysely<RunTables>): Promise<number> {
  const { rows } = await sql<{
    duplicates: number;
  }>`select (select count(*) from (select distinct length, checksum from frames)) - (select count(*) from episodes)
    - (select count(*) from improvements) - (select count(*) from seals)
    - (select count(*) from events) as duplicates`.execute(db);
  return Math.max(0, rows[0]?.duplicates ?? 0);
}

/** SQLite's primary result code; 0 where the error is not SQLite's. */
function resultOf(error: unknown): number {
  return error instanceof Error && 'errcode' in error ? Number(error.errcode) & 0xff : 0;
}
