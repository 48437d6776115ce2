import { relative } from 'node:path';
import { loadConfiguration, type LoadedConfiguration } from '../config/index.ts';
import {
  assertAffordable,
  configurationOf,
  describeChanges,
  evolve,
  findRunFolder,
  loadGenome,
  plannedEpisodes,
  openRunRecord,
  readManifest,
  type EvolveResult,
  type RunManifest,
} from '../evolution/index.ts';
import {
  LamarckError,
  nothingPlayed,
  type ParentRule,
  type RunChange,
  type Summary,
} from '../protocol/index.ts';
import type { TaskFamily } from '../task/index.ts';
import { seedGenomeFolder } from './agent-reference.ts';
import { refuseBroken } from './broken-families.ts';
import { assertSound, trustIn, type Trust } from './check-families.ts';
import { forecastRun, machineLoad, timeEpisodes } from './forecast.ts';
import { drainOnInterrupt } from './interruption.ts';
import { openMachinery } from './machinery.ts';
import { missingLines } from './missing-lines.ts';
import { selfMending } from '../presets.ts';
import { demonstrationsNamed } from './demonstrations-named.ts';
import { familiesOf } from './planned-families.ts';
import { createProgress } from './progress.ts';
import { championLines, kindsTable, outcomeTable } from './outcome.ts';
import { assertReady } from './readiness.ts';
import { takeUp } from './recovery.ts';
import { changesSince, otherAgent, refuseChanges } from './run-changes.ts';
import { createRunClock } from './run-clock.ts';
import { runReference, startRun, runsFolder, type RunPlan } from './start-run.ts';
import { duration } from './figures.ts';
import { joined, style, styled, type Text } from './styled-text.ts';
import { notice, outliveReaders, print, printJson, standardError, standardOutput } from './terminal.ts';
import { describeForecast } from './time-forecast.ts';

export interface EvolveOptions {
  config?: string;
  seed?: number;
  budget?: number;
  parents?: ParentRule;
  resume?: string;
  /** Goes on although what the run depends on has changed. */
  acceptChanges?: boolean;
  /** Runs in which people played. */
  demonstrations?: readonly string[];
  preview?: boolean;
  unchecked?: boolean;
  json?: boolean;
}

/** `lamarck evolve`: a run from its plan to its table, or on from where it was stopped. */
export async function evolveCommand(options: EvolveOptions): Promise<void> {
  // With --json the only thing on standard output is the summary.
  const output = options.json ? standardError : standardOutput;
  const say = (text: Text): void => output.line(text);
  const { configuration, plan, begin, changes, notes } = await prepare(options);
  // A night without one of its families would be another night, and nobody might look before its end.
  refuseBroken(configuration.broken, configuration);
  const { families, unseen } = familiesOf(configuration, plan);
  assertAffordable({ families, unseen, budget: plan.budget });
  const isTrusted = options.unchecked || (plan.resumed !== undefined && changes.length === 0);
  const trust: Trust = isTrusted
    ? { toCheck: [], onTrust: [] }
    : await trustIn(
        [...families, ...unseen].map(({ family }) => family),
        configuration,
      );
  const { toCheck } = trust;
  for (const note of notes) notice(note);
  if (changes.length > 0)
    notice(
      styled`${style('yellow', 'changed')} since the run began: ${describeChanges(changes)}. The summary will state it.`,
    );
  if (options.preview) {
    describePlan(configuration, plan, say);
    if (toCheck.length > 0) say(`  first     checks ${namesOf(toCheck)}`);
    const forecast = await forecastRun(
      configuration,
      plannedEpisodes({ families, unseen, budget: plan.budget }),
    );
    say(
      `  time      ${forecast ? `${describeForecast(forecast)} (by earlier runs)` : 'not known before a few episodes are timed: the run does so first'}`,
    );
    if (options.json) printJson({ ...planFacts(configuration, plan), forecast: forecast ?? null });
    return;
  }

  assertReady([...families, ...unseen].map(({ family }) => family));
  outliveReaders(() => 'no run has begun yet');
  await using machinery = openMachinery(configuration, say, plan.search.lanes + 1);
  describePlan(configuration, plan, say);
  if (toCheck.length > 0) say(`  first     checks whether ${namesOf(toCheck)} can be trusted, this once`);
  const checking = drainOnInterrupt(() => say('Stopping.'));
  const taken = await assertSound(trust, configuration, {
    machinery,
    drain: checking.signal,
    notice: say,
  }).finally(() => checking.release());
  if (taken.length > 0)
    say(`  on trust  ${taken.join(', ')}: without a reference solution nothing vouches for them`);
  const timings = await timeEpisodes(configuration, machinery, plan);
  const { folder, manifest } = await begin();
  const reference = runReference(folder, configuration);
  const resumable = <T>(work: Promise<T>): Promise<T> =>
    work.catch((error: unknown) => {
      throw withResume(error, reference, manifest);
    });
  await using record = await resumable(openRunRecord(folder));
  for (const trajectory of plan.demonstrations ?? []) await resumable(record.memory.keep(trajectory));
  if (plan.resumed) await resumable(takeUp(folder, manifest, record, say));
  const { workers } = machinery;
  const planned = plannedEpisodes({ families, unseen, budget: manifest.budget });
  const recorded = plan.resumed ? await record.store.allEpisodes() : [];
  for (const { family, wall_ms: wall } of recorded) timings.add({ family, seconds: wall / 1000 });
  const share = Math.max(0, 1 - recorded.length / manifest.budget.episodes);
  const left = planned.map((each) => ({ ...each, episodes: share * each.episodes }));
  const forecast = await forecastRun(configuration, left, { timings, workers });
  if (forecast) say(`  time      ${describeForecast(forecast)} (${workers} workers)`);
  say(styled`  kept in   ${relative(process.cwd(), folder) || '.'}\n`);

  const now = (): number => performance.now();
  const progress = createProgress({
    budget: manifest.budget.episodes,
    output,
    now,
    clock: createRunClock({ planned, timings, workers, now }),
    load: machineLoad,
  });
  outliveReaders(() => styled`run ${manifest.run}, ${progress.standing()}`);
  const drain = drainOnInterrupt(() =>
    progress.say('Stopping: episodes in flight end first (Ctrl-C again: at once).'),
  );
  try {
    const result = await evolve({
      folder,
      manifest,
      families: configuration.families,
      record,
      origin: () => loadGenome(seedGenomeFolder(configuration)),
      minds: machinery.minds,
      selfMending,
      world: machinery.world,
      workers: machinery.workers,
      drain: drain.signal,
      tell: progress.tell,
    });
    progress.stop();
    if (options.json) printJson({ ...result.summary, forecast: forecast ?? null });
    else printOutcome(folder, reference, result);
    assertSealed(result.summary);
  } catch (error) {
    progress.stop();
    throw withResume(error, reference, manifest);
  } finally {
    drain.release();
  }
}

function namesOf(families: readonly TaskFamily[]): string {
  return families.map(({ name }) => name).join(', ');
}

interface Prepared {
  configuration: LoadedConfiguration;
  plan: RunPlan & { resumed?: RunManifest };
  /** What has changed since the run began, and is accepted. */
  changes: readonly RunChange[];
  /** What a person should know, in sentences. */
  notes: readonly string[];
  begin(): Promise<{ folder: string; manifest: RunManifest }>;
}

async function prepare(options: EvolveOptions): Promise<Prepared> {
  if (options.resume !== undefined) return prepareResumed(options, options.resume);
  if (options.acceptChanges) {
    throw new LamarckError({
      code: 'LAMARCK_NOTHING_RESUMED',
      boundary: 'user',
      message: '--accept-changes is about a run that is resumed, and none is named.',
      remedy: 'Name it with --resume RUN, or leave --accept-changes out.',
    });
  }
  const configuration = await loadConfiguration(options.config);
  const plan: RunPlan = {
    kind: 'evolve',
    seed: options.seed ?? configuration.seed,
    budget: {
      ...configuration.budget,
      ...(options.budget === undefined ? {} : { episodes: options.budget }),
    },
    search: {
      ...configuration.search,
      ...(options.parents === undefined ? {} : { parents: options.parents }),
    },
    agent: await loadGenome(seedGenomeFolder(configuration)),
    demonstrations: await demonstrationsNamed(options.demonstrations ?? [], configuration, options.seed),
  };
  return { configuration, plan, changes: [], notes: [], begin: () => startRun(configuration, plan) };
}

async function prepareResumed(options: EvolveOptions, name: string): Promise<Prepared> {
  if (options.seed !== undefined || options.parents !== undefined || options.demonstrations) {
    throw new LamarckError({
      code: 'LAMARCK_RESUME_CHANGED',
      boundary: 'user',
      message:
        'A resumed run keeps the seed, the rule for parents and the demonstrations that it began with.',
      remedy: 'Leave --seed, --parents and --demonstrations out, or start a new run with them.',
    });
  }
  const folder = await locateRun(options.config, name);
  const manifest = await readManifest(folder);
  if (manifest.kind !== 'evolve') {
    throw new LamarckError({
      code: 'LAMARCK_RUN_KIND',
      boundary: 'user',
      message: `The run "${manifest.run}" is of kind ${manifest.kind}: only an evolution can be resumed.`,
      remedy: 'List the runs and their kinds with `npx lamarck runs`.',
    });
  }
  const configuration = await loadConfiguration(options.config ?? configurationOf(folder, manifest));
  refuseBroken(configuration.broken, configuration);
  const { changes, lesser, fingerprint } = changesSince(manifest, configuration);
  const notes = [lesser, await otherAgent(manifest, configuration)].filter((note) => note !== undefined);
  if (!options.acceptChanges) refuseChanges(manifest, changes);
  const budget = {
    ...manifest.budget,
    ...(options.budget === undefined ? {} : { episodes: options.budget }),
  };
  const continued: RunManifest = {
    ...manifest,
    budget,
    ...(changes.length > 0 && {
      fingerprint,
      continuations: [...manifest.continuations, { at: new Date().toISOString(), changes: [...changes] }],
    }),
  };
  return {
    configuration,
    plan: {
      kind: 'evolve',
      seed: manifest.seed,
      budget,
      search: manifest.search,
      agent: { id: manifest.agent.genome, files: {} },
      resumed: manifest,
    },
    changes,
    notes,
    begin: () => Promise.resolve({ folder, manifest: continued }),
  };
}

/** A run named by its name needs the configuration's runs folder; one named by its path does not. */
async function locateRun(config: string | undefined, name: string): Promise<string> {
  try {
    return findRunFolder(runsFolder(await loadConfiguration(config)), name);
  } catch (error) {
    if (LamarckError.isInstance(error) && error.code === 'LAMARCK_CONFIG_MISSING')
      return findRunFolder('runs', name);
    throw error;
  }
}

function describePlan(
  configuration: LoadedConfiguration,
  plan: Prepared['plan'],
  say: (text: Text) => void,
): void {
  const { families, unseen } = familiesOf(configuration, plan);
  const suites = Object.keys(configuration.suites).map((suite) => {
    const members = families.filter((each) => each.suite === suite).length;
    return `${suite} (${members} ${members === 1 ? 'family' : 'families'})`;
  });
  const { episodes, improvement, sealed } = plan.budget;
  const { parents, improver, lanes } = plan.search;
  say(
    joined([
      style(
        'bold',
        plan.resumed === undefined
          ? 'Lamarck evolves an agent.'
          : `Lamarck goes on with ${plan.resumed.run}.`,
      ),
      `  agent     ${plan.agent.id.slice(0, 8)}${plan.resumed === undefined ? ` from ${seedGenomeFolder(configuration)}` : ''}`,
      `  suites    ${suites.join(', ')}; learns on train, selects on dev, is scored once on sealed`,
      `  kept out  ${unseen.length === 0 ? 'no family' : `${unseen.map(({ family }) => family.name).join(', ')}: met only at the end, ${plan.budget.unseen} sealed tasks a family and arm`}`,
      ...(plan.demonstrations?.length
        ? [`  shown     ${plan.demonstrations.length} games that a person won`]
        : []),
      `  search    parents by ${parents}, ${lanes === 1 ? 'one child' : `${lanes} children`} in the making at once${improver === 'own' ? '' : ", all by the seed's improver"}; beside it, with the same budget, the seed only learns`,
      `  budget    ${episodes} episodes: ${improvement} an improvement, ${sealed} sealed tasks a family and arm; seed ${plan.seed}`,
    ]),
  );
}

/** What a plan says of itself to programs. */
function planFacts(configuration: LoadedConfiguration, plan: Prepared['plan']): Record<string, unknown> {
  const { families, unseen } = familiesOf(configuration, plan);
  return {
    run: plan.resumed?.run ?? null,
    seed: plan.seed,
    budget: plan.budget,
    search: plan.search,
    families: families.map(({ family }) => family.name),
    unseenFamilies: unseen.map(({ family }) => family.name),
  };
}

function printOutcome(
  folder: string,
  reference: string,
  { summary, files, seedFiles, episodes }: EvolveResult,
): void {
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

/** @throws LamarckError `LAMARCK_NOTHING_PLAYED` where the champion has no sealed reward: the table has no result. */
function assertSealed({ sealed: { champion }, missingReasons: reasons }: Summary): void {
  if (champion.n > 0 && champion.missing === champion.n) throw nothingPlayed(reasons);
}

/** Errors after which a run can be resumed, once their own remedy was followed. */
const RESUMABLE = new Set<string>([
  'LAMARCK_DRAINED',
  'LAMARCK_FRAME_CORRUPT',
  'LAMARCK_STORE_FAILED',
  'LAMARCK_STORE_FULL',
  'LAMARCK_STORE_READ_ONLY',
]);

/** Adds how to go on with a run that exists. */
function withResume(error: unknown, run: string, { continuations }: RunManifest): unknown {
  if (LamarckError.isInstance(error) && error.code === 'LAMARCK_RUN_DIVERGED' && continuations.length > 0) {
    const accepted = describeChanges(continuations.flatMap(({ changes }) => changes));
    return new LamarckError({
      code: error.code,
      boundary: error.boundary,
      message: error.message,
      remedy: `Changes that were accepted alter what the run had decided already (${accepted}): undo them, or start a new run.`,
      cause: error,
    });
  }
  if (!LamarckError.isInstance(error) || !RESUMABLE.has(error.code)) return error;
  const { code, boundary, message, remedy } = error;
  const resume = `Go on with \`npx lamarck evolve --resume ${run}\`; every finished episode is kept.`;
  return new LamarckError({
    code,
    boundary,
    message,
    remedy: remedy === undefined ? resume : `${remedy} ${resume}`,
    cause: error,
  });
}
