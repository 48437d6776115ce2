import { relative } from 'node:path';
import {
  assertOptions,
  openProject,
  type Evolution,
  type EvolutionPlan,
  type EvolveOptions,
} from '../engine/index.ts';
import { describeChanges, nothingPlayed } from '../protocol/index.ts';
import { describeForecast } from './describe-forecast.ts';
import { duration } from './figures.ts';
import { describeEpisodes } from './follow.ts';
import { drainOnInterrupt } from './interruption.ts';
import { missingLines } from './missing-lines.ts';
import { championLines, kindsTable, outcomeTable } from './outcome.ts';
import { createProgress } from './progress.ts';
import { joined, style, styled, type Text } from './styled-text.ts';
import { notice, outliveReaders, print, printJson, standardError, standardOutput } from './terminal.ts';

interface Options extends EvolveOptions {
  readonly config?: string;
  readonly preview?: boolean;
  readonly json?: boolean;
}

/** Time between lines on the checks before a run, in ms. */
const CHECKED_EVERY = 5000;

/** `lamarck evolve`: a run from its plan to its table, or on from where it was stopped. */
export async function evolveCommand({ config, preview, json, ...options }: Options): Promise<void> {
  // With --json the only thing on standard output is the summary.
  const output = json ? standardError : standardOutput;
  const say = (text: Text): void => output.line(text);
  assertOptions(options);
  const project = await openProject({ config, run: options.resume });
  if (preview) {
    const { forecast, ...plan } = await project.planEvolution(options);
    tellChanges(plan);
    describePlan(plan, say);
    if (plan.toCheck.length > 0) say(`  first     checks ${plan.toCheck.join(', ')}`);
    say(
      `  time      ${forecast ? `${describeForecast(forecast)} (by earlier runs)` : 'not known before a few episodes are timed: the run does so first'}`,
    );
    if (json) printJson({ ...plan, forecast });
    return;
  }

  outliveReaders(() => 'no run has begun yet');
  let reference = '';
  const progress = createProgress(output, project, () => reference);
  let checked = performance.now();
  const drain = drainOnInterrupt(() =>
    progress.say('Stopping: episodes in flight end first (Ctrl-C again: at once).'),
  );
  try {
    const operation = project.evolve({ ...options, signal: drain.signal });
    for await (const event of operation) {
      if (event.type === 'notice') progress.say(event.text);
      else if (event.type === 'planned') {
        tellChanges(event.plan);
        describePlan(event.plan, say);
        if (event.plan.toCheck.length > 0)
          say(`  first     checks whether ${event.plan.toCheck.join(', ')} can be trusted, this once`);
      } else if (event.type === 'on-trust')
        say(
          `  on trust  ${event.families.join(', ')}: without a reference solution nothing vouches for them`,
        );
      else if (event.type === 'recovered') for (const line of event.lines) say(`  ${line}`);
      else if (event.type === 'episodes') {
        // Of the checks before the run.
        if (performance.now() - checked < CHECKED_EVERY) continue;
        checked = performance.now();
        say(style('dim', describeEpisodes(event)));
      } else if (event.type === 'started') {
        const { run, folder, forecast, workers } = event;
        ({ reference } = event);
        if (forecast) say(`  time      ${describeForecast(forecast)} (${workers} workers)`);
        say(styled`  kept in   ${relative(process.cwd(), folder) || '.'}\n`);
        outliveReaders(() => styled`run ${run}, ${progress.standing()}`);
      } else if (event.type === 'time-left') progress.forecast(event.left);
      else await progress.tell(event);
    }
    const evolution = await operation;
    progress.stop();
    if (json) printJson({ ...evolution.summary, forecast: evolution.forecast });
    else printOutcome(evolution);
    const { sealed, missingReasons } = evolution.summary;
    // Without a reward of the champion the table has no result.
    if (sealed.champion.n > 0 && sealed.champion.missing === sealed.champion.n)
      throw nothingPlayed(missingReasons);
  } finally {
    progress.stop();
    drain.release();
  }
}

function tellChanges({ changes, notes }: Pick<EvolutionPlan, 'changes' | 'notes'>): void {
  for (const note of notes) notice(note);
  if (changes.length > 0)
    notice(
      styled`${style('yellow', 'changed')} since the run began: ${describeChanges(changes)}. The summary will state it.`,
    );
}

function describePlan(plan: Omit<EvolutionPlan, 'forecast'>, say: (text: Text) => void): void {
  const suites = Object.entries(plan.suites).map(
    ([suite, { length }]) => `${suite} (${length} ${length === 1 ? 'family' : 'families'})`,
  );
  const { run, agent, unseenFamilies, demonstrations, seed } = plan;
  const { episodes, improvement, sealed, unseen } = plan.budget;
  const { parents, improver, lanes } = plan.search;
  say(
    joined([
      style('bold', run === null ? 'Lamarck evolves an agent.' : `Lamarck goes on with ${run}.`),
      `  agent     ${agent.id.slice(0, 8)}${agent.folder === null ? '' : ` from ${agent.folder}`}`,
      `  suites    ${suites.join(', ')}; learns on train, selects on dev, is scored once on sealed`,
      `  kept out  ${unseenFamilies.length === 0 ? 'no family' : `${unseenFamilies.join(', ')}: met only at the end, ${unseen} sealed tasks a family and arm`}`,
      ...(demonstrations > 0 ? [`  shown     ${demonstrations} games that a person won`] : []),
      `  search    parents by ${parents}, ${lanes === 1 ? 'one child' : `${lanes} children`} in the making at once${improver === 'own' ? '' : ", all by the seed's improver"}; beside it, with the same budget, the seed only learns`,
      `  budget    ${episodes} episodes: ${improvement} an improvement, ${sealed} sealed tasks a family and arm; seed ${seed}`,
    ]),
  );
}

function printOutcome({ folder, reference, summary, files, seedFiles, episodes }: Evolution): void {
  const here = relative(process.cwd(), folder) || '.';
  print(
    styled`\n${style('bold', `Sealed slice ${summary.slice}, scored once`)} (95 % intervals; gain: champion − seed agent, over learner: champion − learner only, on the same tasks)\n`,
  );
  print(outcomeTable(summary));
  print(styled`\n${style('bold', 'What the improvers tried')}\n`);
  print(kindsTable(summary));
  print(styled`\n${style('bold', `What champion ${summary.champion.slice(0, 8)} wrote`)}\n`);
  print(championLines(files, seedFiles));
  print(styled`\n${style('bold', 'Look at it')}\n`);
  const replay = (label: string, key: string | undefined): void => {
    if (key) print(`  ${label}  npx lamarck replay ${reference} ${key.slice(0, 12)}`);
  };
  replay('its best episode ', episodes[0]);
  replay('its worst episode', episodes.at(-1));
  print(`  its code           npx lamarck agents diff ${reference}`);
  print(
    `  everything         ${here} (${summary.episodes} episodes, ${duration(summary.wallSeconds)}${summary.missing ? `, ${summary.missing} without a reward` : ''})`,
  );
  for (const line of missingLines(summary.missingReasons, summary.episodes)) print(`  ${line}`);
  if (summary.changes.length > 0)
    print(
      styled`  ${style('yellow', 'changed')}            the run was continued after changes, so its results do not rest on one state of the code: ${describeChanges(summary.changes)}`,
    );
  if (summary.tampering > 0)
    print(
      styled`  ${style('red', 'tampering')}          ${summary.tampering} episodes are quarantined: npx lamarck replay ${reference} --tampering`,
    );
}
