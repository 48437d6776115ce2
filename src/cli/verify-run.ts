import type { LoadedConfiguration } from '../config/index.ts';
import { isRepeatable, verifyTrajectory } from '../episode/index.ts';
import { readSummary } from '../evolution/index.ts';
import type { RunChange } from '../protocol/index.ts';
import { SELF_MENDING } from '../presets.ts';
import type { EpisodeRow, Store } from '../store/index.ts';
import { describeDamage } from '../trajectory/index.ts';
import { openMachinery } from './machinery.ts';
import { style, styled } from './styled-text.ts';
import { notice, outliveReaders, print, printJson } from './terminal.ts';

interface Verification {
  /** Trajectories that were played again, or whose hash was checked. */
  readonly checked: number;
  /** Of these, trajectories of worlds that no seed repeats: only their hash was checked. */
  readonly unrepeatable: number;
  readonly problems: readonly { episode: string; problem: string }[];
  /** Trajectories in which an agent mended itself, which are not played again. */
  readonly mending: number;
  /** Why less was verified than the run has, a sentence each. */
  readonly gaps?: readonly string[];
}

/**
 * `lamarck replay RUN --verify`: plays trajectories again and compares. The exit code is 1 where one differs, where nothing was
 * verified, and where the record has less than the run had.
 *
 * @param options.changes of the code since the run began, for the JSON
 * @param named key of the one episode to verify; all of the run without it
 */
export async function verifyRun(
  configuration: LoadedConfiguration,
  folder: string,
  store: Store,
  named: string | undefined,
  { json, changes }: { json?: boolean; changes: readonly RunChange[] },
): Promise<void> {
  const all = await store.allEpisodes();
  const rows = all.filter(({ key }) => named === undefined || key === named);
  const verification = await verify(configuration, store, rows);
  const { checked } = verification;
  const gaps = [
    ...(checked === 0 ? ['Nothing was verified: there is no episode that could be played again.'] : []),
    ...(named === undefined ? await gapsOf(folder, store, all) : []),
  ];
  if (json) printJson({ ...verification, changes, ...(gaps.length > 0 ? { gaps } : {}) });
  else printVerification({ ...verification, gaps });
  if (verification.problems.length > 0 || gaps.length > 0) process.exitCode = 1;
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

async function verify(
  configuration: LoadedConfiguration,
  store: Store,
  rows: readonly EpisodeRow[],
): Promise<Verification> {
  // Their tests are episodes of the run, which are verified themselves.
  const keys = rows.filter(({ family }) => family !== SELF_MENDING).map(({ key }) => key);
  await using machinery = openMachinery(configuration, notice);
  const problems: { episode: string; problem: string }[] = [];
  let checked = 0;
  let unrepeatable = 0;
  outliveReaders(() => `${checked} of ${keys.length} trajectories`);
  let told = performance.now();
  const queue = [...keys];
  const work = async (): Promise<void> => {
    for (let key = queue.shift(); key !== undefined; key = queue.shift()) {
      const trajectory = await store.trajectory(key);
      if (!trajectory) continue;
      const problem = await verifyTrajectory(trajectory, configuration.families, machinery.world);
      if (problem) problems.push({ episode: key, problem });
      else if (!isRepeatable(trajectory, configuration.families)) unrepeatable++;
      checked++;
      if (performance.now() - told > 2000) {
        told = performance.now();
        notice(style('dim', `${checked} of ${keys.length} trajectories`));
      }
    }
  };
  await Promise.all(Array.from({ length: machinery.workers }, work));
  return { checked, unrepeatable, problems, mending: rows.length - keys.length };
}

function printVerification({ checked, unrepeatable, problems, mending, gaps = [] }: Verification): void {
  if (mending > 0)
    print(
      style(
        'dim',
        `${mending} in which an agent mended itself are not played again here: resuming the run does so.`,
      ),
    );
  for (const { episode: key, problem } of problems)
    print(styled`${style('red', 'diverges')} ${key.slice(0, 12)} ${problem}`);
  const seen = checked - unrepeatable;
  if (problems.length > 0) print(`${problems.length} of ${checked} trajectories differ.`);
  else if (seen > 0)
    print(styled`${style('green', 'verified')} ${seen} trajectories: every step was seen again as recorded.`);
  if (unrepeatable > 0) print(`${unrepeatable} not repeatable by seed: only their hash was checked.`);
  for (const gap of gaps) print(styled`${style('red', 'incomplete')} ${gap}`);
}
