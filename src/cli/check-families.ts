import { join } from 'node:path';
import { placeInStack, type LoadedConfiguration } from '../config/index.ts';
import { LamarckError, messageOf, type Trajectory } from '../protocol/index.ts';
import { shippedFamilies } from '../presets.ts';
import { createRollout } from '../rollout/index.ts';
import { checkFamily, openLedger, type FamilyReport, type Ledger } from '../soundness/index.ts';
import type { TaskFamily } from '../task/index.ts';
import { failedReport } from './failed-report.ts';
import type { Machinery } from './machinery.ts';
import { style } from './terminal.ts';

/** Time between two lines of progress, in ms. */
const LINE_EVERY = 2000;

/** How thorough a check is; see `lamarck tasks check`. */
export interface Thoroughness {
  readonly seeds: number;
  readonly floorTasks: number;
  readonly floor: number;
}

/** What a run asks for before it spends anything. */
const BEFORE_A_RUN: Thoroughness = { seeds: 3, floorTasks: 4, floor: 0.25 };

/**
 * Checks families one after the other, and remembers what came of it beside the configuration.
 *
 * @param notice told how far it is, and asked nothing
 * @throws LamarckError `LAMARCK_DRAINED` when asked to stop
 */
export async function* checkFamilies(
  families: readonly TaskFamily[],
  configuration: LoadedConfiguration,
  {
    machinery,
    drain,
    notice,
    ...how
  }: Thoroughness & {
    machinery: Machinery;
    drain: AbortSignal;
    notice: (text: string) => void;
  },
): AsyncGenerator<FamilyReport> {
  const ledger = ledgerOf(configuration);
  for (const [place, family] of families.entries()) {
    const played = new Map<string, Trajectory>();
    const rollout = createRollout({
      world: machinery.world,
      memory: {
        find: (key) => Promise.resolve(played.get(key)),
        keep: (trajectory) => Promise.resolve(void played.set(trajectory.start.episode, trajectory)),
      },
      workers: machinery.workers,
      drain,
      onEpisode: progressOf(`${family.name} (${place + 1} of ${families.length})`, notice),
    });
    const report = await checkFamily(family, { ...how, rollout, world: machinery.world }).catch(
      (error: unknown) => {
        if (LamarckError.isInstance(error)) throw error;
        return unforeseen(family, error);
      },
    );
    await ledger.keep(family, report.sound);
    yield report;
  }
}

/** A family's own code runs in its schemas too; whatever it throws there says nothing of the other families. */
function unforeseen({ name, environment }: TaskFamily, error: unknown): FamilyReport {
  const place = placeInStack(error);
  return failedReport(
    name,
    `It cannot be checked: ${place === undefined ? '' : `${place}: `}${messageOf(error)}`,
    `Look at its hooks, and at the schemas of its environment "${environment.name}": they must not throw, and not be asynchronous.`,
  );
}

/** The families that a run has no reason to trust yet: of the user's own, and not found sound as they are now. */
export async function uncheckedFamilies(
  families: readonly TaskFamily[],
  configuration: LoadedConfiguration,
): Promise<TaskFamily[]> {
  const ledger = ledgerOf(configuration);
  const verdicts = await Promise.all(
    families.map(async (family) => shippedFamilies.has(family) || (await ledger.find(family)) === true),
  );
  return families.filter((_, at) => !verdicts[at]);
}

/**
 * Checks what was never checked, before anything is spent on it.
 *
 * @throws LamarckError `LAMARCK_FAMILY_UNSOUND` with what is wrong and what to change
 */
export async function assertSound(
  families: readonly TaskFamily[],
  configuration: LoadedConfiguration,
  using: { machinery: Machinery; drain: AbortSignal; notice: (text: string) => void },
): Promise<void> {
  for await (const report of checkFamilies(families, configuration, { ...BEFORE_A_RUN, ...using })) {
    if (report.sound) continue;
    const faults = report.findings.filter(({ verdict }) => verdict === 'unsound');
    throw new LamarckError({
      code: 'LAMARCK_FAMILY_UNSOUND',
      boundary: 'task',
      message: `The task family "${report.family}" cannot be trusted: ${faults.map(({ check, says }) => `${check}: ${says}`).join(' ')}`,
      remedy: `${faults.map(({ remedy }) => remedy).join(' ')} Then: npx lamarck tasks check ${report.family}. To run all the same: --unchecked.`,
    });
  }
}

function ledgerOf({ folder }: LoadedConfiguration): Ledger {
  return openLedger(join(folder, '.lamarck', 'soundness.json'));
}

function progressOf(what: string, notice: (text: string) => void): () => void {
  let episodes = 0;
  let told = performance.now();
  return () => {
    episodes++;
    if (performance.now() - told < LINE_EVERY) return;
    told = performance.now();
    notice(style('dim', `${what}: ${episodes} episodes`, process.stderr));
  };
}
