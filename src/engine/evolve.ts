import type { LoadedConfiguration } from '../config/index.ts';
import { evolve as runEvolution, type EvolveResult } from '../evolution/index.ts';
import { loadGenome } from '../genome/index.ts';
import { selfMending } from '../presets.ts';
import { describeChanges, LamarckError, type RunChange, type RunEvent } from '../protocol/index.ts';
import { openRunRecord, runReference, type RunManifest } from '../run/index.ts';
import { seedGenomeFolder } from './agent-reference.ts';
import { assertSound } from './check-families.ts';
import type { EpisodesEnded, Notice } from './events.ts';
import { forecastRun, machineLoad, timeEpisodes } from './forecast.ts';
import { openMachinery } from './machinery.ts';
import type { EvolveOptions } from './evolve-options.ts';
import { prepare, type Prepared } from './prepare.ts';
import { assertReady } from './readiness.ts';
import { takeUp } from './recovery.ts';
import { createRunClock } from './run-clock.ts';
import type { TimeForecast } from './time-forecast.ts';

/** What an evolution would do. */
export interface EvolutionPlan {
  /** Name of the run that it would go on with; null for a new one. */
  readonly run: string | null;
  readonly seed: number;
  readonly budget: RunManifest['budget'];
  readonly search: RunManifest['search'];
  /** Id of the genome that it begins with, and the folder that it is from; null for a run that is gone on with. */
  readonly agent: { readonly id: string; readonly folder: string | null };
  /** Families that the agent learns from and is selected on, by suite. */
  readonly suites: Readonly<Record<string, readonly string[]>>;
  readonly families: readonly string[];
  /** Families that nothing is learned from: scored once, at the end. */
  readonly unseenFamilies: readonly string[];
  /** Games that a person won, to learn from. */
  readonly demonstrations: number;
  /** Families that are checked first, this once. */
  readonly toCheck: readonly string[];
  /** What has changed since the run began, and is accepted. */
  readonly changes: readonly RunChange[];
  /** What a person should know, in sentences. */
  readonly notes: readonly string[];
  /** How long it would take, estimated from earlier runs of the same families; null where there are none. */
  readonly forecast: TimeForecast | null;
}

export type EvolveEvent =
  | Notice
  | { readonly type: 'planned'; readonly plan: Omit<EvolutionPlan, 'forecast'> }
  | EpisodesEnded
  /** Families that nothing vouches for, because they have no reference solution. */
  | { readonly type: 'on-trust'; readonly families: readonly string[] }
  /** What is mended of a run that is gone on with, a line each. */
  | { readonly type: 'recovered'; readonly lines: readonly string[] }
  | {
      readonly type: 'started';
      readonly run: string;
      readonly folder: string;
      /** What a person calls it by in a command. */
      readonly reference: string;
      readonly episodes: number;
      readonly forecast: TimeForecast | null;
      readonly workers: number;
    }
  | { readonly type: 'time-left'; readonly left: TimeForecast | null }
  | RunEvent;

export interface Evolution extends EvolveResult {
  readonly run: string;
  readonly folder: string;
  readonly reference: string;
  readonly forecast: TimeForecast | null;
}

/** Time between two forecasts, in ms. */
const FORECAST_EVERY = 1000;

/** What {@link evolve} would do, and how long it would take by earlier runs. Nothing is started. */
export async function planEvolution(
  configuration: LoadedConfiguration,
  options: EvolveOptions,
): Promise<EvolutionPlan> {
  const prepared = await prepare(configuration, options);
  const forecast = (await forecastRun(prepared.configuration, prepared.planned)) ?? null;
  return { ...planOf(prepared), forecast };
}

/**
 * Evolves the agent of a configuration: explores, confirms, and scores once on the sealed split. The run is recorded, and goes on
 * with `resume` wherever it was stopped.
 */
export async function evolve(
  given: LoadedConfiguration,
  options: EvolveOptions,
  tell: (event: EvolveEvent) => void,
): Promise<Evolution> {
  const { signal = new AbortController().signal } = options;
  const notice = (text: string): void => tell({ type: 'notice', text });
  const prepared = await prepare(given, options);
  const { configuration, plan, planned, trust, begin, families, unseen } = prepared;
  assertReady([...families, ...unseen].map(({ family }) => family));
  await using machinery = openMachinery(configuration, notice, plan.search.lanes + 1);
  tell({ type: 'planned', plan: planOf(prepared) });
  const onTrust = await assertSound(trust, configuration, { machinery, drain: signal, tell });
  if (onTrust.length > 0) tell({ type: 'on-trust', families: onTrust });
  const timings = await timeEpisodes(configuration, machinery, plan);
  const { folder, manifest } = await begin();
  const reference = runReference(folder, configuration);
  try {
    await using record = await openRunRecord(folder);
    for (const trajectory of plan.demonstrations ?? []) await record.memory.keep(trajectory);
    if (plan.resumed) {
      const lines = await takeUp(folder, manifest, record);
      if (lines.length > 0) tell({ type: 'recovered', lines });
    }
    const { workers, guests, world } = machinery;
    const recorded = plan.resumed ? await record.store.allEpisodes() : [];
    for (const { family, wall_ms: wall } of recorded) timings.add({ family, seconds: wall / 1000 });
    const share = Math.max(0, 1 - recorded.length / manifest.budget.episodes);
    const left = planned.map((each) => ({ ...each, episodes: share * each.episodes }));
    const forecast = (await forecastRun(configuration, left, { timings, workers })) ?? null;
    const { run: name, budget } = manifest;
    tell({ type: 'started', run: name, folder, reference, episodes: budget.episodes, forecast, workers });
    const clock = createRunClock({ planned, timings, workers, now: () => performance.now() });
    let told = -Infinity;
    const result = await runEvolution({
      folder,
      manifest,
      families: configuration.families,
      record,
      origin: () => loadGenome(seedGenomeFolder(configuration)),
      guests,
      selfMending,
      world,
      workers,
      drain: signal,
      now: () => Date.now(),
      tell: (event) => {
        clock.hear(event);
        tell(event);
        if (performance.now() - told < FORECAST_EVERY) return;
        told = performance.now();
        tell({ type: 'time-left', left: clock.left(machineLoad()) ?? null });
      },
    });
    return { ...result, run: name, folder, reference, forecast };
  } catch (error) {
    throw withResume(error, reference, manifest);
  }
}

function planOf(prepared: Prepared): Omit<EvolutionPlan, 'forecast'> {
  const { configuration, plan, families, unseen, trust, changes, notes } = prepared;
  const names = Object.keys(configuration.suites);
  return {
    run: plan.resumed?.run ?? null,
    seed: plan.seed,
    budget: plan.budget,
    search: plan.search,
    agent: { id: plan.agent.id, folder: plan.resumed ? null : seedGenomeFolder(configuration) },
    suites: Object.fromEntries(
      names.map((name) => [
        name,
        families.filter(({ suite }) => suite === name).map(({ family }) => family.name),
      ]),
    ),
    families: families.map(({ family }) => family.name),
    unseenFamilies: unseen.map(({ family }) => family.name),
    demonstrations: plan.demonstrations?.length ?? 0,
    toCheck: trust.toCheck.map(({ name }) => name),
    changes,
    notes,
  };
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
  const resume = 'Every finished episode is kept: go on with the run.';
  return new LamarckError({
    code,
    boundary,
    message,
    remedy: {
      text: remedy === undefined ? resume : `${remedy.text} ${resume}`,
      command: `evolve --resume ${run}`,
    },
    cause: error,
  });
}
