import { openProject, remedyInWords, type FamilyReport, type FamilyVerdict } from '../engine/index.ts';
import { follow } from './follow.ts';
import { drainOnInterrupt } from './interruption.ts';
import { paragraph, style, styled } from './styled-text.ts';
import { table } from './table.ts';
import { notice, outliveReaders, print, printJson } from './terminal.ts';

/** `lamarck tasks check`: whether the families of a configuration can be trusted, without any agent. */
export async function tasksCheckCommand(
  pattern: string | undefined,
  { config, json, ...options }: { config?: string; seeds: number; floor: number; json?: boolean },
): Promise<void> {
  const project = await openProject({ config });
  const drain = drainOnInterrupt(() => notice('Stopping: episodes in flight end first.'));
  let [done, all] = [0, 0];
  const checking = project.check(pattern, { ...options, signal: drain.signal });
  const { seeds, floor, families, of } = await follow(checking, (event) => {
    if (event.type === 'started') {
      all = event.families;
      outliveReaders(() => `${done} of ${all} families checked`);
    } else {
      done++;
      if (!json) printFaults(event.report);
    }
  }).finally(() => drain.release());
  if (families.length < of) {
    notice(`Stopped after ${families.length} of ${of} families; check the others by their names.`);
    process.exitCode = 130;
  }
  if (json) printJson({ seeds, floor, checked: families.length, of, families });
  else {
    printReports(families);
    if (families.length < of) print(`${families.length} of ${of} families checked.`);
  }
  if (families.some(({ verdict }) => verdict === 'unsound')) process.exitCode = 1;
}

function printFaults({ family, findings }: FamilyReport): void {
  for (const { check, verdict, says, remedy } of findings) {
    if (verdict !== 'unsound') continue;
    print(styled`${style('red', '✗')} ${style('bold', family)} ${check}: ${paragraph(says)}`);
    if (remedy !== undefined) print(styled`  ${style('dim', '→')} ${paragraph(remedyInWords(remedy))}`);
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
