import { matchesGlob } from 'node:path';
import { loadConfiguration, type LoadedConfiguration } from '../config/index.ts';
import { LamarckError } from '../protocol/index.ts';
import type { FamilyReport, FamilyVerdict } from '../soundness/index.ts';
import type { TaskFamily } from '../task/index.ts';
import { brokenNamed } from './broken-families.ts';
import { checkFamilies } from './check-families.ts';
import { failedReport } from './failed-report.ts';
import { drainOnInterrupt } from './interruption.ts';
import { openMachinery } from './machinery.ts';
import { assertReady } from './readiness.ts';
import { paragraph, style, styled } from './styled-text.ts';
import { table } from './table.ts';
import { notice, outliveReaders, print, printJson } from './terminal.ts';

/** Tasks at each difficulty that actors without knowledge try: as many as solutions are played for, within these bounds. */
const FLOOR_TASKS = { least: 4, most: 12 };

/** `lamarck tasks check`: whether the families of a configuration can be trusted, without any agent. */
export async function tasksCheckCommand(
  pattern: string | undefined,
  options: { config?: string; seeds: number; floor: number; json?: boolean },
): Promise<void> {
  const configuration = await loadConfiguration(options.config);
  const families = familiesNamed(pattern, configuration);
  const broken = pattern === undefined ? configuration.broken : brokenNamed(pattern, configuration);
  assertReady(families);
  await using machinery = openMachinery(configuration, notice);
  const drain = drainOnInterrupt(() => notice('Stopping: episodes in flight end first.'));
  const total = broken.length + families.length;
  const reports: FamilyReport[] = broken.map(({ name, why }) =>
    failedReport(name, why.message, why.remedy ?? ''),
  );
  outliveReaders(() => `${reports.length} of ${total} families checked`);
  if (!options.json) reports.forEach(printFaults);
  try {
    const how = {
      ...options,
      floorTasks: Math.max(FLOOR_TASKS.least, Math.min(FLOOR_TASKS.most, options.seeds)),
      isElsewhere: true,
      machinery,
      drain: drain.signal,
      notice,
    };
    for await (const report of checkFamilies(families, configuration, how)) {
      reports.push(report);
      if (!options.json) printFaults(report);
    }
  } catch (error) {
    const isStopped = LamarckError.isInstance(error) && error.code === 'LAMARCK_DRAINED';
    if (!isStopped) throw error;
    notice(`Stopped after ${reports.length} of ${total} families; check the others by their names.`);
    process.exitCode = 130;
  } finally {
    drain.release();
  }
  if (options.json) {
    const { seeds, floor } = options;
    printJson({ seeds, floor, checked: reports.length, of: total, families: reports });
  } else {
    printReports(reports);
    if (reports.length < total) print(`${reports.length} of ${total} families checked.`);
  }
  if (reports.some(({ verdict }) => verdict === 'unsound')) process.exitCode = 1;
}

function familiesNamed(pattern: string | undefined, configuration: LoadedConfiguration): TaskFamily[] {
  const { families, file } = configuration;
  const named = [...families.values()].filter(
    ({ name }) => pattern === undefined || name === pattern || matchesGlob(name, pattern),
  );
  if (named.length > 0 || pattern === undefined || brokenNamed(pattern, configuration).length > 0)
    return named;
  throw new LamarckError({
    code: 'LAMARCK_FAMILY_UNKNOWN',
    boundary: 'user',
    message: `No task family of ${file} is named "${pattern}".`,
    remedy: `List them with: npx lamarck tasks list. There are: ${[...families.keys()].join(', ')}.`,
  });
}

function printFaults({ family, findings }: FamilyReport): void {
  for (const { check, verdict, says, remedy } of findings) {
    if (verdict !== 'unsound') continue;
    print(styled`${style('red', '✗')} ${style('bold', family)} ${check}: ${paragraph(says)}`);
    if (remedy !== undefined) print(styled`  ${style('dim', '→')} ${paragraph(remedy)}`);
  }
}

const COLOURS = { sound: 'green', unsound: 'red', unchecked: 'yellow' } as const;

function printReports(reports: readonly FamilyReport[]): void {
  if (reports.length === 0) return;
  const isFlaky = reports.some(({ flakes }) => flakes !== null);
  const percent = (share: number | null): string => (share === null ? '' : `${Math.round(100 * share)} %`);
  print();
  print(
    table([
      [
        'family',
        '',
        'steps',
        'time',
        'mutants refused',
        'affordances cover',
        ...(isFlaky ? ['lost when repeated'] : []),
        'unknown',
      ],
      ...reports.map(({ family, verdict, steps, milliseconds, mutation, coverage, flakes, findings }) => [
        family,
        style(COLOURS[verdict], verdict),
        steps.toFixed(1),
        `${Math.round(milliseconds)} ms`,
        `${mutation.refused} of ${mutation.mutants}`,
        percent(coverage),
        ...(isFlaky ? [flakes ? `${flakes.lost} of ${flakes.repeats}` : ''] : []),
        findings
          .filter(({ verdict }) => verdict === 'unknown')
          .map(({ check }) => check)
          .join(', '),
      ]),
    ]),
  );
  for (const text of unknownIn(reports)) print(style('dim', text));
  const shares = reports.flatMap(({ mutation: { mutants, refused } }) =>
    mutants > 0 ? [refused / mutants] : [],
  );
  const mean = shares.reduce((sum, one) => sum + one, 0) / Math.max(1, shares.length);
  const count = (of: FamilyVerdict): number => reports.filter(({ verdict }) => verdict === of).length;
  const refused =
    shares.length > 0
      ? `; of changed solutions, verifiers refuse ${(100 * mean).toFixed(1)} % (mean over families)`
      : '';
  print(styled`\n${count('sound')} of ${reports.length} sound${refused}.`);
  if (count('unchecked') > 0)
    print(
      `${count('unchecked')} unchecked: without a reference solution, an oracle(), it is not known whether they can be solved or what their verifiers accept.`,
    );
}

/** What could not be found out, and why: each once, with the families where it is so. */
function unknownIn(reports: readonly FamilyReport[]): string[] {
  const all = reports.flatMap(({ family, findings }) =>
    findings
      .filter(({ verdict }) => verdict === 'unknown')
      .map(({ check, says }) => ({ family, text: `${check}: ${says}` })),
  );
  return [...Map.groupBy(all, ({ text }) => text)].map(
    ([text, [first, ...others]]) =>
      `unknown ${text} (${first?.family ?? ''}${others.length > 0 ? ` and ${others.length} more` : ''})`,
  );
}
