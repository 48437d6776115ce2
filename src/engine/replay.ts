import { runsFolder, type LoadedConfiguration } from '../config/index.ts';
import { isRepeatable, verifyTrajectory } from '../episode/index.ts';
import { createPermits, mapWithPermits } from '../host/index.ts';
import { SELF_MENDING } from '../presets.ts';
import type { RunChange } from '../protocol/index.ts';
import { findRunFolder, readSummary, runReference } from '../run/index.ts';
import { openStore, type EpisodeRow, type Store } from '../store/index.ts';
import { describeDamage } from '../trajectory/index.ts';
import type { EpisodesEnded, Notice } from './events.ts';
import { openMachinery } from './machinery.ts';
import { keyBeginning } from './recorded-run.ts';
import { changesOf } from './run-changes.ts';

export interface ReplayOptions {
  /** The beginning of one episode's key. Default: all of the run. */
  readonly episode?: string;
  /** Stops it after the trajectories under way. */
  readonly signal?: AbortSignal;
}

export type ReplayEvent =
  | Notice
  | { readonly type: 'damaged'; readonly damage: readonly string[]; readonly lost: readonly string[] }
  | EpisodesEnded;

/** What came of playing trajectories again. */
export interface Verification {
  /** Trajectories that were played again, or whose hash was checked. */
  readonly checked: number;
  /** How many of the checked trajectories are of worlds that no seed repeats: only their hash was checked. */
  readonly unrepeatable: number;
  /** Trajectories that came out otherwise, each with the first step that differs. */
  readonly problems: readonly { readonly episode: string; readonly problem: string }[];
  /** Trajectories in which an agent mended itself, which are not played again: resuming the run does so. */
  readonly mending: number;
  /** Why less was verified than the run has, a sentence each. */
  readonly gaps: readonly string[];
  /** What has changed of the code since the run began. */
  readonly changes: readonly RunChange[];
}

/** Plays recorded trajectories again by their actions, and compares every step. */
export async function replay(
  configuration: LoadedConfiguration,
  run: string,
  options: ReplayOptions,
  tell: (event: ReplayEvent) => void,
): Promise<Verification> {
  const { episode, signal } = options;
  const folder = findRunFolder(runsFolder(configuration), run);
  await using store = await openStore(folder);
  if (store.damage.length > 0 || store.lost.length > 0)
    tell({ type: 'damaged', damage: store.damage.map(describeDamage), lost: store.lost });
  const all = await store.allEpisodes();
  const key =
    episode === undefined
      ? undefined
      : await keyBeginning(store, episode, runReference(folder, configuration));
  const rows = all.filter((row) => key === undefined || row.key === key);
  const changes = await changesOf(folder, configuration, (text) => tell({ type: 'notice', text }));
  const played = await playAgain(configuration, store, rows, tell, signal);
  const gaps = [
    ...(played.checked === 0
      ? ['Nothing was verified: there is no episode that could be played again.']
      : []),
    ...(played.left > 0 ? [`It was stopped: ${played.left} trajectories were not played again.`] : []),
    ...(episode === undefined ? await gapsOf(folder, store, all) : []),
  ];
  const { checked, unrepeatable, problems, mending } = played;
  return { checked, unrepeatable, problems, mending, gaps, changes };
}

async function playAgain(
  configuration: LoadedConfiguration,
  store: Store,
  rows: readonly EpisodeRow[],
  tell: (event: ReplayEvent) => void,
  signal: AbortSignal | undefined,
): Promise<Omit<Verification, 'gaps' | 'changes'> & { left: number }> {
  // Episodes in which an agent mends itself are left out: their tests are episodes of the run, which are verified
  // themselves.
  const keys = rows.filter(({ family }) => family !== SELF_MENDING).map(({ key }) => key);
  await using machinery = openMachinery(configuration, (text) => tell({ type: 'notice', text }));
  const problems: { episode: string; problem: string }[] = [];
  let checked = 0;
  let unrepeatable = 0;
  let left = keys.length;
  await mapWithPermits(keys, createPermits(machinery.workers), async (key) => {
    if (signal?.aborted) return;
    left--;
    const trajectory = await store.trajectory(key);
    if (!trajectory) return;
    const problem = await verifyTrajectory(trajectory, configuration.families, machinery.world);
    if (problem) problems.push({ episode: key, problem });
    else if (!isRepeatable(trajectory, configuration.families)) unrepeatable++;
    tell({ type: 'episodes', done: ++checked, of: keys.length });
  });
  return { checked, unrepeatable, problems, mending: rows.length - keys.length, left };
}

/** What the run had, and its record has no more. */
async function gapsOf(folder: string, store: Store, all: readonly EpisodeRow[]): Promise<string[]> {
  const { summary, problem } = await readSummary(folder);
  // A summary counts the work of the run: what people did is older.
  const present = all.filter(({ actor }) => !actor.startsWith('human/')).length;
  const expected = summary?.episodes ?? 0;
  return [
    ...store.damage.map((part) => `The record is damaged: ${describeDamage(part)}.`),
    ...(store.lost.length > 0
      ? [`${store.lost.length} episodes that the database knew of are no longer in the record.`]
      : []),
    ...(present < expected
      ? [`summary.json counts ${expected} episodes, and the record has ${present}.`]
      : []),
    ...(problem === undefined ? [] : [`What the run had is not known: ${problem}.`]),
  ];
}
