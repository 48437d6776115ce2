import { join } from 'node:path';
import { createActor, toPromise } from 'xstate';
import type { World } from '../episode/index.ts';
import {
  advance,
  EMPTY_RUN,
  EVENT_VERSION,
  LamarckError,
  type RunEvent,
  type Summary,
  type Trajectory,
} from '../protocol/index.ts';
import { createRollout } from '../rollout/index.ts';
import type { GenomeFiles, GuestSandbox } from '../sandbox/index.ts';
import type { TaskFamily } from '../task/index.ts';
import { openArchive, type Genome } from '../genome/index.ts';
import { beginPhase, evolutionMachine, type EvolutionOutput } from './evolution-machine.ts';
import { assertDemonstrations, viewsOf } from './demonstrations.ts';
import {
  runFamilies,
  seedGenomeOf,
  summaryOf,
  writeSummary,
  type RunManifest,
  type RunRecord,
} from '../run/index.ts';
import { recordEvent, type RunContext, type SelfMending } from './run-context.ts';

/** What a finished run shows beside its summary. */
export interface EvolveResult {
  readonly summary: Summary;
  /** The champion's files, and those of the genome that the run began with. */
  readonly files: GenomeFiles;
  readonly seedFiles: GenomeFiles;
  /** Keys of the champion's sealed episodes, best first: by reward, then by fewest steps. */
  readonly episodes: readonly string[];
}

/**
 * Runs the run of a run's manifest to its end, or on from where its record ends, and writes `summary.json`.
 *
 * @throws LamarckError `LAMARCK_DRAINED` where `drain` was aborted, `LAMARCK_RUN_CHANGED` where a task family is gone. Whether
 * the others are what they were is for the caller to compare.
 */
export async function evolve(options: {
  folder: string;
  manifest: RunManifest;
  families: ReadonlyMap<string, TaskFamily>;
  record: RunRecord;
  /** Loads the genome of the configuration: what the run began with, unless it was changed since. */
  origin: () => Promise<Genome>;
  guests: GuestSandbox;
  selfMending: SelfMending;
  world: World;
  workers: number;
  drain: AbortSignal;
  /** Unix ms: stamps when a sitting begins and ends. */
  now: () => number;
  tell: (event: RunEvent) => void;
}): Promise<EvolveResult> {
  const { folder, manifest, record } = options;
  const known = runFamilies(manifest, options.families);
  const { demonstrations } = manifest;
  const games = await Promise.all(demonstrations.map((key) => record.store.trajectory(key)));
  assertDemonstrations(demonstrations, games);
  const archive = await openArchive(join(folder, 'archive.git'));
  const halt = new AbortController();
  const drain = AbortSignal.any([options.drain, halt.signal]);
  let state = EMPTY_RUN;
  const tell = (event: RunEvent): void => {
    state = advance(state, event);
    options.tell(event);
  };
  const rollout = createRollout({
    world: options.world,
    memory: record.memory,
    workers: options.workers,
    drain,
    onEpisode: ({ start, end }) =>
      tell({
        type: 'episode',
        reward: end.reward,
        environment: start.environment,
        family: start.task.family,
        seconds: end.wallMilliseconds / 1000,
        spent: rollout.episodes,
        played: rollout.played,
      }),
  });
  const run: RunContext = {
    seed: manifest.seed,
    budget: manifest.budget,
    search: manifest.search,
    ...known,
    demonstrations: viewsOf(known, games),
    seedGenome: await seedGenomeOf(manifest, record, archive, options.origin),
    rollout,
    guests: options.guests,
    selfMending: options.selfMending,
    archive,
    log: record.log,
    async openSlice(champion) {
      const seal = await record.log.seal(manifest.budget.episodes, champion);
      tell(seal);
      return seal.slice;
    },
    drain,
    halt: (error) => halt.abort(error),
    tell,
  };
  await recordEvent(run, {
    type: 'sitting-start',
    version: EVENT_VERSION,
    at: options.now(),
    workers: options.workers,
  });
  const endSitting = (reason: string): Promise<void> =>
    recordEvent(run, { type: 'sitting-end', version: EVENT_VERSION, at: options.now(), reason });
  try {
    const { champion, sealed } = await runMachine(run, halt.signal);
    await beginPhase(run, 'reporting');
    const summary = summaryOf(manifest, state, await record.totals());
    await writeSummary(folder, summary);
    await endSitting('finished');
    return {
      summary,
      files: champion.files,
      seedFiles: run.seedGenome.files,
      episodes: bestFirst(sealed.champion),
    };
  } catch (error) {
    // What stopped the run may be that nothing can be written any more.
    await endSitting(LamarckError.isInstance(error) ? error.code : 'error').catch(() => undefined);
    throw error;
  }
}

async function runMachine(run: RunContext, halted: AbortSignal): Promise<EvolutionOutput> {
  const machine = createActor(evolutionMachine, { input: { run } });
  const finished = toPromise(machine);
  machine.start();
  const output = (await finished) as EvolutionOutput | { error: unknown };
  // What halted the run: the other parts of it only know that they were stopped.
  if ('error' in output) throw halted.aborted ? halted.reason : output.error;
  return output;
}

/** Keys of episodes: by reward, then by fewest steps. */
function bestFirst(trajectories: readonly Trajectory[]): string[] {
  return trajectories
    .toSorted(
      ({ end: left }, { end: right }) =>
        (right.reward ?? -1) - (left.reward ?? -1) || left.steps - right.steps,
    )
    .map(({ start }) => start.episode);
}
