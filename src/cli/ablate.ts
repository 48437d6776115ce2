import { openProject, type AblationPlan, type AblationResult } from '../engine/index.ts';
import { follow } from './follow.ts';
import { estimate } from '../protocol/index.ts';
import { drainOnInterrupt } from './interruption.ts';
import { failWhereNothingPlayed, missingLines } from './missing-lines.ts';
import { style, styled } from './styled-text.ts';
import { table } from './table.ts';
import { notice, outliveReaders, print, printJson } from './terminal.ts';

/** The e-value at which a part is said to matter: p = 0.05 for a single comparison. */
const TELLING = 20;

/** `lamarck agents ablate RUN [GENOME]`: which parts of a change its score comes from. */
export async function agentsAblateCommand(
  run: string,
  genome: string | undefined,
  {
    config,
    preview,
    json,
    ...options
  }: { config?: string; against?: string; tasks: number; preview?: boolean; json?: boolean },
): Promise<void> {
  const project = await openProject({ config });
  const how = { ...options, ...(genome !== undefined && { genome }) };
  const plan = await project.planAblation(run, how);
  describePlan(plan, options.tasks);
  if (preview || plan.parts.length === 0) {
    if (json) printJson(plan);
    else for (const part of plan.parts) print(`  ${part}`);
    return;
  }
  const drain = drainOnInterrupt(() => notice('Stopping: episodes in flight end first.'));
  let [parts, folder] = [0, ''];
  const result = await follow(project.ablate(run, { ...how, signal: drain.signal }), (event) => {
    if (event.type === 'started') {
      ({ folder } = event);
      outliveReaders(() => `${parts} of ${plan.parts.length} parts, episodes kept in ${folder}`);
    }
    if (event.type === 'part') {
      parts = event.index;
      notice(style('dim', `${event.part} (${event.index + 1} of ${event.of})`));
    }
  }).finally(() => drain.release());
  const { missingReasons, episodes } = result;
  if (json) printJson(result);
  else {
    printResults(result);
    for (const line of missingLines(missingReasons, episodes)) print(line);
  }
  failWhereNothingPlayed(missingReasons, episodes);
}

function describePlan({ genome, against, parts, episodes }: AblationPlan, tasks: number): void {
  notice(
    `${genome.slice(0, 8)} against ${against.slice(0, 8)}: ${parts.length} parts, at most ${episodes} episodes (${tasks} dev tasks a family)`,
  );
}

type Difference = AblationResult['parts'][number]['loss'];

function printResults({ whole, parts }: AblationResult): void {
  const said = (difference: Difference, where: string): [string, string] =>
    difference === null
      ? [where, '']
      : [estimate(difference, true), difference.evidence >= TELLING ? 'yes' : ''];
  print(styled`The whole change: ${estimate(whole, true)}\n`);
  print(
    table([
      ['part', 'lost without it', 'matters', 'gained by it alone', 'helps alone'],
      ...parts.map(({ part, loss, gainAlone }) => [
        part,
        ...said(loss, 'other parts need it'),
        ...said(gainAlone, 'it needs other parts'),
      ]),
    ]),
  );
  print(
    style(
      'dim',
      styled`\n"yes": paired e-value of ${TELLING} or more (p ≤ 0.05) on dev tasks that nothing was selected on.`,
    ),
  );
}
