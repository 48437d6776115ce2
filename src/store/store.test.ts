import { cp, mkdir, mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSegmentWriter, readFrames, type Frame, type FrameRecords } from '../trajectory/index.ts';
import { createRandom } from '../protocol/index.ts';
import type { EpisodeRow } from './run-tables.ts';
import { openStore, type Store } from './store.ts';

const FIXTURE = join(import.meta.dirname, '../../tests/fixtures/record-v1/trajectories');

describe("a run's database", () => {
  let run: string;
  let frames: Frame[];
  beforeEach(async () => {
    run = await mkdtemp(join(tmpdir(), 'lamarck-store-'));
    await cp(FIXTURE, join(run, 'trajectories'), { recursive: true });
    frames = await Array.fromAsync(readFrames(FIXTURE));
  });
  afterEach(() => rm(run, { recursive: true }));
  const database = (): string => join(run, 'run.db');

  it('says what the record says', async () => {
    await using store = await openStore(run);
    expect(await store.allEpisodes()).toMatchObject([
      {
        family: 'web/sign-in',
        seed: 11,
        split: 'train',
        repeat: 0,
        stop: 'environment-done',
        reward: 1,
        steps: 5,
      },
      { actor: 'random', environment: 'program', stop: 'agent-done', reward: 0 },
      {
        family: 'web/sign-in',
        seed: 12,
        repeat: 1,
        stop: 'infrastructure-error',
        reward: null,
        wall_ms: 194,
      },
      { actor: 'oracle', family: 'counter/reach', difficulty: 2, split: 'sealed', segment: 2 },
    ]);
    const recorded = frames.flatMap(({ records }) => records);
    expect(await store.improvements()).toEqual(recorded.filter(({ type }) => type === 'improvement'));
    expect(await store.seals()).toEqual(recorded.filter(({ type }) => type === 'seal'));
    expect([store.duplicates, store.damage]).toEqual([0, []]);
  });

  it('finds episodes by key, and outcomes by actor, split and family', async () => {
    await using store = await openStore(run);
    const [first, second] = await store.allEpisodes();
    expect(await store.episodeByKey(first?.key ?? '')).toEqual(first);
    expect(await store.episodeByKey('none')).toBeUndefined();
    expect(await store.outcomes({ actor: 'random', split: 'dev' })).toEqual([second]);
    expect(await store.outcomes({ actor: 'random', split: 'train' })).toEqual([]);
    expect((await store.outcomes({ family: 'web/sign-in' })).map(({ seed }) => seed)).toEqual([11, 12]);
    expect((await store.outcomes()).map(({ family }) => family)).toEqual([
      'counter/reach',
      'programs/pairs',
      'web/sign-in',
      'web/sign-in',
    ]);
  });

  it('gives trajectories back from the record', async () => {
    await using store = await openStore(run);
    const [row] = await store.allEpisodes();
    const trajectory = await store.trajectory(row?.key ?? '');
    expect([trajectory?.start, ...(trajectory?.records ?? []), trajectory?.end]).toEqual(frames[0]?.records);
    expect(await store.trajectory('none')).toBeUndefined();
  });

  it('is the same whether it grew with the record or was built from it', async () => {
    await rm(join(run, 'trajectories'), { recursive: true });
    let grown: string;
    {
      await using store = await openStore(run);
      await using writer = await openSegmentWriter(join(run, 'trajectories'));
      for (const { records } of frames) await store.index(await writer.append(records), records);
      grown = await store.dump();
    }
    expect(grown.split('\n')).toHaveLength(2 * frames.length + 1);
    expect(await dump(run)).toBe(grown);
    await rm(database());
    expect(await dump(run)).toBe(grown);
  });

  it('takes up what was written while it was closed, also behind a gap', async () => {
    const before = await dump(run);
    const sqlite = new DatabaseSync(database());
    sqlite.exec(`delete from frames where segment = 1 and offset = 0;
      delete from episodes where segment = 1 and offset = 0; delete from seals;
      delete from frames where segment = 2;  delete from episodes where segment = 2`);
    sqlite.close();
    expect(await dump(run)).toBe(before);
  });

  it.each([
    [
      'is no database',
      (path: string) => writeFile(path, 'These are not the bytes of a database at all.'.repeat(200)),
    ],
    ['is empty', (path: string) => truncate(path, 0)],
    ['is cut short', (path: string) => truncate(path, 5000)],
    ['is of another version', (path: string) => sql(path, 'pragma user_version = 99')],
    ['is ahead of the record', (path: string) => sql(path, 'insert into frames values (1, 99999, 10, 1)')],
    [
      'is of another record',
      (path: string) => sql(path, 'update frames set checksum = 1; delete from episodes'),
    ],
  ])('is built anew where it %s', async (_, spoil) => {
    const before = await dump(run);
    await spoil(database());
    expect(await dump(run)).toBe(before);
  });

  it('is built anew wherever it is damaged', async () => {
    const before = await dump(run);
    const good = await readFile(database());
    const PAGE = 4096;
    for (let page = 1; page < good.length / PAGE; page++) {
      const bytes = Buffer.from(good).fill(0x5a, page * PAGE, (page + 1) * PAGE);
      await writeFile(database(), bytes);
      await using store = await openStore(run);
      expect(await store.outcomes({ actor: 'random' })).toHaveLength(1);
      expect(await store.dump()).toBe(before);
    }
  });

  it('counts a repeated key, and keeps the first', async () => {
    const repeated = frames[0]?.records.map((record) =>
      record.type === 'episode-end' ? { ...record, wallMilliseconds: 9 } : record,
    ) as FrameRecords;
    {
      await using writer = await openSegmentWriter(join(run, 'trajectories'));
      await writer.append(repeated);
    }
    for (const _ of ['when it is indexed', 'and when it is opened again']) {
      await using store = await openStore(run);
      expect([store.duplicates, (await store.allEpisodes()).length]).toEqual([1, 4]);
      expect((await store.allEpisodes())[0]?.wall_ms).toBe(120);
    }
  });

  it('names damage each time it is opened, and has the rest', async () => {
    const segment = join(run, 'trajectories', '000001.zst');
    const bytes = await readFile(segment);
    const { offset = 0, length = 0 } = frames[1]?.location ?? {};
    bytes[offset + 100] = (bytes[offset + 100] ?? 0) ^ 1;
    await writeFile(segment, bytes);
    for (const _ of ['first', 'again']) {
      await using store = await openStore(run);
      expect(store.damage).toMatchObject([{ segment: 1, offset, length }]);
      expect(await store.allEpisodes()).toHaveLength(3);
    }
  });

  it('is built anew wherever a bit of it has changed', async () => {
    const before = await dump(run);
    const good = await readFile(database());
    const random = createRandom('bits of a database');
    for (let flips = 0; flips < 150; flips++) {
      const bytes = Buffer.from(good);
      const at = random.int(0, bytes.length - 1);
      bytes[at] = (bytes[at] ?? 0) ^ (1 << random.int(0, 7));
      await writeFile(database(), bytes);
      expect([at, await dump(run)]).toEqual([at, before]);
    }
  });

  it.each([
    ['a reward', "update episodes set reward = 0.5 where actor = 'random'"],
    ['the text of an improvement', "update improvements set record = replace(record, 'a', 'b')"],
    ['a row that is gone', "delete from episodes where actor = 'random'"],
  ])('does not believe what was changed in it: %s', async (_, statement) => {
    const before = await dump(run);
    await sql(database(), statement);
    expect(await dump(run)).toBe(before);
  });

  it('does not believe the index about a frame that is damaged by now, and says what is lost', async () => {
    const [, second] = await rows(run);
    const segment = join(run, 'trajectories', '000001.zst');
    const bytes = await readFile(segment);
    const { offset = 0, length = 0 } = frames[1]?.location ?? {};
    bytes[offset + 100] = (bytes[offset + 100] ?? 0) ^ 1;
    await writeFile(segment, bytes);
    await using store = await openStore(run);
    expect(store.damage).toMatchObject([{ segment: 1, offset, length }]);
    expect(store.lost).toEqual([second?.key]);
    expect(await store.trajectory(second?.key ?? '')).toBeUndefined();
  });

  it('counts no copy of a segment as played twice', async () => {
    await cp(join(run, 'trajectories', '000001.zst'), join(run, 'trajectories', '000003.zst'));
    await using store = await openStore(run);
    expect([store.duplicates, (await store.allEpisodes()).length]).toEqual([0, 4]);
  });

  it('is built in memory where something else stands in its place', async () => {
    const before = await dump(run);
    await rm(database());
    await mkdir(database());
    expect(await dump(run)).toBe(before);
  });

  it('may be open in two places, and indexed from both', async () => {
    await rm(join(run, 'trajectories'), { recursive: true });
    await using one = await openStore(run);
    await using other = await openStore(run);
    await using writer = await openSegmentWriter(join(run, 'trajectories'));
    for (const { records } of frames) {
      const location = await writer.append(records);
      await one.index(location, records);
      await other.index(location, records);
    }
    expect(await one.dump()).toBe(await other.dump());
    expect([one.duplicates, other.duplicates, (await one.allEpisodes()).length]).toEqual([0, 0, 4]);
  });
});

async function dump(run: string): Promise<string> {
  await using store: Store = await openStore(run);
  return await store.dump();
}

async function rows(run: string): Promise<EpisodeRow[]> {
  await using store = await openStore(run);
  return await store.allEpisodes();
}

async function sql(path: string, statements: string): Promise<void> {
  const database = new DatabaseSync(path);
  database.exec(statements);
  database.close();
}
