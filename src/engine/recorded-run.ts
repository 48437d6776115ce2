import { runsFolder, type LoadedConfiguration } from '../config/index.ts';
import { LamarckError, missingReasons, type MissingReason, type Trajectory } from '../protocol/index.ts';
import { findRunFolder, runReference } from '../run/index.ts';
import { endingOf, openStore, type EpisodeRow, type Store } from '../store/index.ts';
import { describeDamage } from '../trajectory/index.ts';

/** A run's episodes, for reading. */
export interface RecordedRun extends AsyncDisposable {
  /** Parts of the record that cannot be read, a sentence each. */
  readonly damage: readonly string[];
  /** Keys of episodes that the database knew of, and that the record no longer has. */
  readonly lost: readonly string[];
  readonly folder: string;
  /** What a person calls it by in a command. */
  readonly reference: string;
  /** Every episode, in the order of the record. */
  episodes(): Promise<readonly EpisodeRow[]>;
  /** Why rewards are missing, counted by error code. */
  missingReasons(): Promise<readonly MissingReason[]>;
  /** The trajectory of the one episode whose key begins with `prefix`. Fails with `LAMARCK_EPISODE_UNKNOWN`, also where no episode is named. */
  trajectory(prefix: string | undefined): Promise<Trajectory>;
  /** The same as one self-contained page of HTML. */
  page(prefix: string): Promise<string>;
}

/** @throws LamarckError `LAMARCK_RUN_NOT_FOUND` */
export async function openRecordedRun(configuration: LoadedConfiguration, run: string): Promise<RecordedRun> {
  const folder = findRunFolder(runsFolder(configuration), run);
  const reference = runReference(folder, configuration);
  const store = await openStore(folder);
  const trajectory = async (prefix: string | undefined): Promise<Trajectory> => {
    if (prefix === undefined) throw unknown('A page shows one episode, and none is named.', reference);
    const found = await store.trajectory(await keyBeginning(store, prefix, reference));
    if (found) return found;
    throw unknown(`The run has no episode "${prefix}".`, reference);
  };
  return {
    folder,
    reference,
    damage: store.damage.map(describeDamage),
    lost: store.lost,
    episodes: () => store.allEpisodes(),
    missingReasons: async () => missingReasons((await store.allEpisodes()).map(endingOf)),
    trajectory,
    page: async (prefix) => (await import('../report/index.ts')).replayPage(await trajectory(prefix)),
    [Symbol.asyncDispose]: () => store[Symbol.asyncDispose](),
  };
}

/**
 * The key of the one episode whose key begins with `prefix`.
 *
 * @param reference what a person calls the run by
 * @throws LamarckError `LAMARCK_EPISODE_UNKNOWN`
 */
export async function keyBeginning(store: Store, prefix: string, reference: string): Promise<string> {
  const found = (await store.allEpisodes()).filter(({ key }) => key.startsWith(prefix));
  const [row] = found;
  if (row && found.length === 1) return row.key;
  throw unknown(
    found.length > 1 ? `"${prefix}" begins more than one episode.` : `The run has no episode "${prefix}".`,
    reference,
  );
}

function unknown(message: string, reference: string): LamarckError {
  return new LamarckError({
    code: 'LAMARCK_EPISODE_UNKNOWN',
    boundary: 'user',
    message,
    remedy: { text: 'Name one of those that are listed.', command: `replay ${reference}` },
  });
}
