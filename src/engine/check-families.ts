import { join } from 'node:path';
import type { LoadedConfiguration } from '../config/index.ts';
import { hashOf } from '../host/index.ts';
import { LamarckError, type Trajectory } from '../protocol/index.ts';
import { isShipped } from '../presets.ts';
import { createRollout } from '../rollout/index.ts';
import { checkFamily, openLedger, type FamilyReport, type Ledger } from '../soundness/index.ts';
import type { TaskFamily } from '../task/index.ts';
import { codeOfFamilies } from '../run/index.ts';
import type { EpisodesEnded } from './events.ts';
import type { Machinery } from './machinery.ts';

/** How thorough a check is; see `lamarck tasks check`. */
export interface Thoroughness {
  readonly seeds: number;
  readonly floorTasks: number;
  readonly floor: number;
  /** Whether solutions are repeated in a process of its own on another day too, which takes seconds to start. */
  readonly isElsewhere: boolean;
}

/** What a run asks for before it spends anything. */
const BEFORE_A_RUN: Thoroughness = { seeds: 3, floorTasks: 4, floor: 0.25, isElsewhere: false };

/**
 * Checks families one after the other, and remembers what came of it beside the configuration.
 *
 * @param tell told of each episode
 * @throws LamarckError `LAMARCK_DRAINED` when asked to stop
 */
export async function* checkFamilies(
  families: readonly TaskFamily[],
  configuration: LoadedConfiguration,
  {
    machinery,
    drain,
    tell,
    isElsewhere,
    ...how
  }: Thoroughness & {
    machinery: Machinery;
    drain: AbortSignal;
    tell: (event: EpisodesEnded) => void;
  },
): AsyncGenerator<FamilyReport> {
  const ledger = ledgerOf(configuration);
  for (const [place, family] of families.entries()) {
    const played = new Map<string, Trajectory>();
    let done = 0;
    const about = `${family.name} (${place + 1} of ${families.length})`;
    const atLeast = leastEpisodes(family, how);
    const rollout = createRollout({
      world: machinery.world,
      memory: {
        find: (key) => Promise.resolve(played.get(key)),
        keep: (trajectory) => Promise.resolve(void played.set(trajectory.start.episode, trajectory)),
      },
      workers: machinery.workers,
      drain,
      onEpisode: () => tell({ type: 'episodes', done: ++done, atLeast, about }),
    });
    const { world, elsewhere } = machinery;
    const places = { world, ...(isElsewhere && { elsewhere }) };
    const report = await checkFamily(family, { ...how, ...places, rollout });
    await ledger.keep(family, report.verdict);
    yield report;
  }
}

/** What is known of families before a run. */
export interface Trust {
  /** Of the user's own, and never checked as they are now. */
  readonly toCheck: readonly TaskFamily[];
  /** Checked, as far as can be without a reference solution. */
  readonly onTrust: readonly string[];
}

export async function trustIn(
  families: readonly TaskFamily[],
  configuration: LoadedConfiguration,
): Promise<Trust> {
  const ledger = ledgerOf(configuration);
  const toCheck: TaskFamily[] = [];
  const onTrust: string[] = [];
  for (const family of families) {
    const verdict = (await isShipped(family)) ? 'sound' : await ledger.find(family);
    if (verdict === 'unchecked') onTrust.push(family.name);
    else if (verdict !== 'sound') toCheck.push(family);
  }
  return { toCheck, onTrust };
}

/**
 * Checks what was never checked, before anything is spent on it.
 *
 * @returns the names of families that are taken on trust
 * @throws LamarckError `LAMARCK_FAMILY_UNSOUND` with what is wrong and what to change
 */
export async function assertSound(
  { toCheck, onTrust }: Trust,
  configuration: LoadedConfiguration,
  using: { machinery: Machinery; drain: AbortSignal; tell: (event: EpisodesEnded) => void },
): Promise<readonly string[]> {
  const taken = [...onTrust];
  for await (const report of checkFamilies(toCheck, configuration, { ...BEFORE_A_RUN, ...using })) {
    if (report.verdict === 'unchecked') taken.push(report.family);
    if (report.verdict !== 'unsound') continue;
    const faults = report.findings.filter(({ verdict }) => verdict === 'unsound');
    throw new LamarckError({
      code: 'LAMARCK_FAMILY_UNSOUND',
      boundary: 'task',
      message: `The task family "${report.family}" cannot be trusted: ${faults.map(({ check, says }) => `${check}: ${says}`).join(' ')}`,
      remedy: {
        text: `${faults.flatMap(({ remedy }) => (remedy ? remedy.text : [])).join(' ')} Take it on trust, or check it again.`,
        command: `tasks check ${report.family}`,
        option: 'unchecked',
      },
    });
  }
  return taken;
}

function ledgerOf(configuration: LoadedConfiguration): Ledger {
  return openLedger(
    join(configuration.folder, '.lamarck', 'soundness.json'),
    hashOf(codeOfFamilies(configuration)),
  );
}

/** Episodes of a check; solutions that are changed and repeated come to more, and nobody knows yet to how many. */
function leastEpisodes(
  { difficulties, oracle }: TaskFamily,
  { seeds, floorTasks }: Pick<Thoroughness, 'seeds' | 'floorTasks'>,
): number {
  return difficulties * ((oracle ? seeds : 0) + 2 * floorTasks);
}
