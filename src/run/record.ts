import { join } from 'node:path';
import {
  canonicalJson,
  LamarckError,
  missingReasons,
  RECORD_VERSION,
  type EpisodeRecord,
  type ImprovementRecord,
  type MissingReason,
  type RunEventRecord,
  type SealRecord,
  type Trajectory,
} from '../protocol/index.ts';
import type { EpisodeMemory } from '../rollout/index.ts';
import { endingOf, lockRun, openStore, type EpisodeRow, type Store } from '../store/index.ts';
import { sliceOf } from '../task/index.ts';
import {
  openBlobs,
  openSegmentWriter,
  recoverSegments,
  removeUnnamed,
  setDamageAside,
  type DamagedPart,
  type FrameRecords,
  type TornTail,
} from '../trajectory/index.ts';
import type { RunLog } from './log.ts';
import { openSealCopies } from './seal-copies.ts';

/** What was wrong with a record when it was opened; what is lost of it is played again when it is asked for. */
export interface Recovery {
  /** Parts that could not be read, which were moved out of their segments. */
  readonly damage: readonly DamagedPart[];
  readonly torn: readonly TornTail[];
  /** Keys of episodes that the database knew of, and that the record no longer has. */
  readonly lost: readonly string[];
}

/** A run's record, open for writing by this process alone. */
export interface RunRecord extends AsyncDisposable {
  readonly recovery: Recovery;
  readonly memory: EpisodeMemory;
  readonly log: RunLog;
  readonly store: Store;
  /** Keeps the files of the genome that the run began with; returns their hashes by path. */
  keepFiles(files: Readonly<Record<string, string>>): Promise<Record<string, string>>;
  readFiles(hashes: Readonly<Record<string, string>>): Promise<Record<string, string>>;
  /** Of everything in the record by now. */
  totals(): Promise<RunTotals>;
}

export interface RunTotals {
  episodes: number;
  missing: number;
  missingReasons: MissingReason[];
  tampering: number;
  /** Active wall time over all sittings. */
  wallSeconds: number;
}

/**
 * Locks a run, cuts the torn tail that a kill may have left, moves damaged parts out of the record, brings its database up
 * to date, and begins a segment.
 *
 * @throws LamarckError `LAMARCK_RUN_LOCKED`, and what the store throws.
 */
export async function openRunRecord(folder: string): Promise<RunRecord> {
  await using open = new AsyncDisposableStack();
  open.use(await lockRun(folder));
  const trajectories = join(folder, 'trajectories');
  await removeUnnamed(trajectories);
  const torn = await recoverSegments(trajectories);
  const damage = await setDamageAside(trajectories);
  const store = open.use(await openStore(folder));
  const writer = open.use(await openSegmentWriter(trajectories));
  const blobs = openBlobs(join(folder, 'blobs'));
  const sealCopies = openSealCopies(folder);
  const improvements = new Map((await store.improvements()).map((record) => [nameOf(record), record]));
  const events = new Set((await store.events()).map(contentOf));

  const append = async (records: FrameRecords): Promise<void> => {
    await store.index(await writer.append(records), records);
  };
  const log: RunLog = {
    async record(event) {
      const known = event.type === 'improvement' ? improvements.get(nameOf(event)) : undefined;
      if (known && event.type === 'improvement' && contentOf(known) !== contentOf(event))
        throw diverged(known, event);
      if (known || events.has(contentOf(event))) return;
      await append([event]);
      if (event.type === 'improvement') improvements.set(nameOf(event), event);
      else events.add(contentOf(event));
    },
    async seal(budget, champion) {
      const seals = await store.seals();
      const known = seals.find((record) => record.budget === budget);
      if (known) return known;
      const slice = await freshSlice(store, seals);
      const record: SealRecord = { type: 'seal', version: RECORD_VERSION, slice, budget, champion };
      await sealCopies.keep(record);
      await append([record]);
      return record;
    },
  };
  const known = await store.seals();
  for (const seal of known) await sealCopies.keep(seal);
  for (const seal of await sealCopies.list())
    if (!known.some(({ slice }) => slice === seal.slice)) await append([seal]);
  const resources = open.move();
  return {
    recovery: { damage: [...damage, ...store.damage], torn, lost: store.lost },
    store,
    log,
    memory: {
      find: (key) => store.trajectory(key).catch(absentIfDamaged),
      keep: ({ start, records, end }: Trajectory) => append([start, ...records, end] as EpisodeRecord[]),
    },
    async keepFiles(files) {
      const hashes: Record<string, string> = {};
      for (const [path, text] of Object.entries(files)) hashes[path] = await blobs.put(text);
      return hashes;
    },
    async readFiles(hashes) {
      const files: Record<string, string> = {};
      for (const [path, hash] of Object.entries(hashes))
        files[path] = (await blobs.get(hash)).toString('utf8');
      return files;
    },
    async totals() {
      // What people did is older than the run, and none of its work.
      const rows = (await store.allEpisodes()).filter(({ actor }) => !actor.startsWith('human/'));
      return {
        episodes: rows.length,
        tampering: rows.filter(({ tampering }) => tampering !== '').length,
        missing: rows.filter(({ reward }) => reward === null).length,
        missingReasons: missingReasons(rows.map(endingOf)),
        wallSeconds: activeSeconds(rows),
      };
    },
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  };
}

/** Wall time from the first to the last episode of each sitting (a segment is one), added up: sleep between sittings does not count. */
function activeSeconds(rows: readonly EpisodeRow[]): number {
  const sittings = new Map<number, { from: number; to: number }>();
  for (const { segment, ended_at: end, wall_ms: wall } of rows) {
    const sitting = sittings.get(segment);
    sittings.set(segment, {
      from: Math.min(sitting?.from ?? Infinity, end - wall),
      to: Math.max(sitting?.to ?? 0, end),
    });
  }
  return [...sittings.values()].reduce((sum, { from, to }) => sum + (to - from) / 1000, 0);
}

/** A sealed slice of which nothing was opened and no episode was played. */
async function freshSlice(store: Store, seals: readonly SealRecord[]): Promise<number> {
  const played = (await store.outcomes({ split: 'sealed' })).map(({ seed }) => sliceOf(seed));
  return Math.max(-1, ...seals.map(({ slice }) => slice), ...new Set(played)) + 1;
}

/** What cannot be read counts as not there, and is played again. */
function absentIfDamaged(error: unknown): undefined {
  if (LamarckError.isInstance(error) && error.code === 'LAMARCK_FRAME_CORRUPT') return undefined;
  throw error;
}

/** What an event says: JSON has null for a mean of nothing, and only old improvements list files. */
function contentOf(event: RunEventRecord): string {
  const files = event.type === 'improvement' ? { files: undefined } : {};
  return canonicalJson(JSON.parse(JSON.stringify({ ...event, ...files })));
}

function nameOf({ arm, index }: ImprovementRecord): string {
  return `${arm ?? 'archive'}/${index}`;
}

function diverged(known: ImprovementRecord, now: ImprovementRecord): LamarckError {
  return new LamarckError({
    code: 'LAMARCK_RUN_DIVERGED',
    boundary: 'store',
    message: `Improvement ${nameOf(now)} made ${now.child ?? 'no child'} where the record has ${known.child ?? 'no child'}: the code of Lamarck or of the tasks is not what it was, or an episode that the record had lost ended otherwise when it was played again.`,
    remedy: 'Go on with the version that the run began with (see versions in run.json), or start a new run.',
  });
}
