import type { LoadedConfiguration } from '../config/index.ts';
import { LamarckError } from '../protocol/index.ts';
import type { FamilyReport } from '../soundness/index.ts';
import { checkFamilies } from './check-families.ts';
import type { EpisodesEnded, Notice } from './events.ts';
import { failedReport } from './failed-report.ts';
import { familiesNamed } from './families-named.ts';
import { openMachinery } from './machinery.ts';
import { assertReady } from './readiness.ts';

export interface CheckOptions {
  /** Tasks that the oracle has to solve at each difficulty, and up to 12 that others must not. Default: 50. */
  readonly seeds?: number;
  /** Share of the tasks that actors without knowledge may solve. Default: 0.2. */
  readonly floor?: number;
  /** Stops it when the episodes in flight have ended: the reports that there are by then are the result. */
  readonly signal?: AbortSignal;
}

export type CheckEvent =
  | Notice
  | { readonly type: 'started'; readonly families: number }
  | EpisodesEnded
  | { readonly type: 'checked'; readonly report: FamilyReport };

/** What is found of families. */
export interface Check {
  readonly seeds: number;
  readonly floor: number;
  /** In the order of the configuration; broken families first. */
  readonly families: readonly FamilyReport[];
  /** Families that were to be checked: more than there are reports where it was stopped. */
  readonly of: number;
}

/** Tasks at each difficulty that actors without knowledge try: as many as solutions are played for, within these bounds. */
const FLOOR_TASKS = { least: 4, most: 12 };

/**
 * Whether families can be trusted: repeatable, solvable, and won by nothing else. No agent is needed.
 *
 * @param pattern families, e.g. `web/sign-in` or `web/*`; all without it
 */
export async function check(
  configuration: LoadedConfiguration,
  pattern: string | undefined,
  options: CheckOptions,
  tell: (event: CheckEvent) => void,
): Promise<Check> {
  const { seeds = 50, floor = 0.2, signal = new AbortController().signal } = options;
  const { families, broken } = familiesNamed(pattern, configuration);
  const of = families.length + broken.length;
  assertReady(families);
  await using machinery = openMachinery(configuration, (text) => tell({ type: 'notice', text }));
  tell({ type: 'started', families: of });
  const reports: FamilyReport[] = [];
  const keep = (report: FamilyReport): void => {
    reports.push(report);
    tell({ type: 'checked', report });
  };
  for (const { name, why } of broken) keep(failedReport(name, why.message, why.remedy));
  try {
    const how = {
      seeds,
      floor,
      floorTasks: Math.max(FLOOR_TASKS.least, Math.min(FLOOR_TASKS.most, seeds)),
      isElsewhere: true,
      machinery,
      drain: signal,
      tell,
    };
    for await (const report of checkFamilies(families, configuration, how)) keep(report);
  } catch (error) {
    const isStopped = LamarckError.isInstance(error) && error.code === 'LAMARCK_DRAINED';
    if (!isStopped) throw error;
  }
  return { seeds, floor, families: reports, of };
}
