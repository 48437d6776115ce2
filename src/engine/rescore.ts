import { runsFolder, type LoadedConfiguration } from '../config/index.ts';
import { LamarckError, messageOf, tamperingIn, type Json, type RunChange } from '../protocol/index.ts';
import { findRunFolder } from '../run/index.ts';
import { openStore, type Store } from '../store/index.ts';
import { describeDamage } from '../trajectory/index.ts';
import { makeTask, type Task, type TaskFamily } from '../task/index.ts';
import type { EpisodesEnded } from './events.ts';
import type { ReplayEvent } from './replay.ts';
import { changesOf } from './run-changes.ts';
import { verifierNamed, type GroupVerifier } from './verifier-named.ts';

export interface RescoreOptions {
  /**
   * `majority`, or a file whose default export is a verify function, or that exports `answer()`. Default: the verifiers of the
   * families as they are now.
   */
  readonly verifier?: string;
}

/** An episode that was judged again. */
export interface Rescored {
  readonly episode: string;
  readonly family: string;
  readonly seed: number;
  readonly difficulty: number;
  readonly before: number | null;
  /** Null where the verifier comes to no verdict. */
  readonly after: number | null;
}

export interface Rescoring {
  readonly episodes: readonly Rescored[];
  /** Episodes that cannot be judged again, counted by the reason. */
  readonly skipped: Readonly<Record<string, number>>;
  /** Verifiers that failed. */
  readonly failures: readonly { readonly family: string; readonly message: string }[];
  /** Undecided because their task was tried less often than the verifier needs, and how often that is. */
  readonly lone: { readonly episodes: number; readonly leastTries: number };
  /** What has changed of the code since the run began. */
  readonly changes: readonly RunChange[];
}

/** Tries of one actor at one task, with what each left behind. */
interface Group {
  readonly family: TaskFamily;
  readonly task: Task;
  readonly episodes: { key: string; reward: number | null; evidence: Json }[];
}

interface Gathered {
  readonly groups: readonly Group[];
  readonly skipped: ReadonlyMap<string, number>;
}

/** Rewards again from stored evidence: nothing is played, and nothing is written. */
export async function rescore(
  configuration: LoadedConfiguration,
  run: string,
  { verifier: name }: RescoreOptions,
  tell: (event: ReplayEvent) => void,
): Promise<Rescoring> {
  const verifier = await verifierNamed(name);
  const folder = findRunFolder(runsFolder(configuration), run);
  const changes = await changesOf(folder, configuration, (text) => tell({ type: 'notice', text }));
  await using store = await openStore(folder);
  if (store.damage.length > 0 || store.lost.length > 0)
    tell({ type: 'damaged', damage: store.damage.map(describeDamage), lost: store.lost });
  const { groups, skipped } = await gather(store, configuration, tell);
  const { rescored, failures } = await judgeAgain(groups, verifier);
  return {
    episodes: rescored,
    skipped: Object.fromEntries(skipped),
    failures,
    lone: { episodes: lone(groups, verifier), leastTries: verifier.leastTries ?? 1 },
    changes,
  };
}

/** Episodes of tasks that were tried too seldom for the verifier. */
function lone(groups: readonly Group[], { leastTries = 1 }: GroupVerifier): number {
  const small = groups.filter(({ episodes }) => episodes.length < leastTries);
  return small.reduce((sum, { episodes }) => sum + episodes.length, 0);
}

/** Reads what can be judged again, by actor and task, in the order of the record. */
async function gather(
  store: Store,
  { families }: LoadedConfiguration,
  tell: (event: EpisodesEnded) => void,
): Promise<Gathered> {
  const groups = new Map<string, Group>();
  const skipped = new Map<string, number>();
  const rows = await store.allEpisodes();
  for (const [read, { key, actor, family: name, seed, difficulty, reward }] of rows.entries()) {
    tell({ type: 'episodes', done: read, of: rows.length });
    const skip = (reason: string): void => void skipped.set(reason, (skipped.get(reason) ?? 0) + 1);
    const family = families.get(name);
    if (!family) {
      skip(`the configuration has no task family "${name}"`);
      continue;
    }
    const trajectory = await store.trajectory(key);
    const verdict = trajectory?.records.find((record) => record.type === 'reward');
    if (!trajectory || verdict?.evidence == null) {
      const { code } = trajectory?.end.error ?? {};
      skip(`they left no evidence${code === undefined ? '' : ` (${code})`}`);
      continue;
    }
    const place = `${actor} ${trajectory.start.task.hash}`;
    const group = groups.get(place) ?? { family, task: makeTask(family, seed, difficulty), episodes: [] };
    if (group.task.hash !== trajectory.start.task.hash) {
      skip(`tasks of "${name}" are others now`);
      continue;
    }
    if (tamperingIn(trajectory).length > 0) {
      skip('they are quarantined for tampering');
      continue;
    }
    group.episodes.push({ key, reward, evidence: verdict.evidence });
    groups.set(place, group);
  }
  return { groups: [...groups.values()], skipped };
}

/** A verifier that fails fails for its family's episode, not for the others. */
async function judgeAgain(
  groups: readonly Group[],
  verifier: GroupVerifier,
): Promise<{ rescored: Rescored[]; failures: { family: string; message: string }[] }> {
  const rescored: Rescored[] = [];
  const failures = new Map<string, { family: string; message: string }>();
  for (const { family, task, episodes } of groups) {
    const { name } = family;
    try {
      const rewards = await verifier(
        family,
        task,
        episodes.map(({ evidence }) => evidence),
      );
      for (const [at, { key, reward }] of episodes.entries())
        rescored.push({
          episode: key,
          family: name,
          seed: task.seed,
          difficulty: task.difficulty,
          before: reward,
          after: rewards[at] ?? null,
        });
    } catch (error) {
      const message = LamarckError.isInstance(error) ? error.message : messageOf(error);
      failures.set(`${name} ${message}`, { family: name, message });
    }
  }
  return { rescored, failures: [...failures.values()] };
}
