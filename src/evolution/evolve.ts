import { join } from 'node:path';
import { createActor, toPromise } from 'xstate';
import type { World } from '../episode/index.ts';
import { createRandom, LamarckError, SummarySchema, type Summary } from '../protocol/index.ts';
import { createRollout } from '../rollout/index.ts';
import type { GenomeFiles, MindSandbox } from '../sandbox/index.ts';
import type { TaskFamily } from '../task/index.ts';
import { writeDurably } from '../trajectory/index.ts';
import { openArchive } from './archive.ts';
import { evolutionMachine, type EvolutionOutput } from './evolution-machine.ts';
import type { RunEvent } from './events.ts';
import { genomeOf } from './genome.ts';
import { fingerprintOf, type Night, type NightFamily } from './night.ts';
import { devInterval } from './racing.ts';
import type { RunManifest } from './run-folder.ts';
import type { RunRecord } from './run-record.ts';

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
 * Runs the night of a run's manifest to its end, or on from where its record ends, and writes `summary.json`.
 *
 * @throws LamarckError `LAMARCK_DRAINED` where `drain` was aborted, `LAMARCK_RUN_CHANGED` where the code of the task
 * families is not what it was when the run began.
 */
export async function evolve(options: {
  folder: string;
  manifest: RunManifest;
  families: ReadonlyMap<string, TaskFamily>;
  record: RunRecord;
  minds: MindSandbox;
  world: World;
  workers: number;
  drain: AbortSignal;
  tell: (event: RunEvent) => void;
}): Promise<EvolveResult> {
  const { folder, manifest, record, drain, tell } = options;
  const families = nightFamilies(manifest, options.families);
  if (fingerprintOf(families) !== manifest.fingerprint) {
    throw new LamarckError({
      code: 'LAMARCK_RUN_CHANGED',
      boundary: 'user',
      message: `The task families in ${manifest.config} are not those that the run "${manifest.run}" began with.`,
      remedy: 'Restore their code to go on with the run, or start a new one.',
    });
  }
  const archive = await openArchive(join(folder, 'archive.git'));
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
        spent: rollout.episodes,
        played: rollout.played,
      }),
  });
  const night: Night = {
    seed: manifest.seed,
    budget: manifest.budget,
    families,
    seedGenome: genomeOf(await record.readFiles(manifest.agent.files)),
    rollout,
    minds: options.minds,
    archive,
    log: record.log,
    drain,
    tell,
  };
  const machine = createActor(evolutionMachine, { input: { night } });
  const finished = toPromise(machine);
  machine.start();
  const output = (await finished) as EvolutionOutput | { error: unknown };
  if ('error' in output) throw output.error;

  const summary = summarise(manifest, output, await record.totals());
  await writeDurably(
    join(folder, 'summary.json'),
    `${JSON.stringify(SummarySchema.parse(summary), null, 2)}\n`,
  );
  tell({ type: 'finished', summary });
  const ranked = [...output.sealed.champion].sort(
    ({ end: left }, { end: right }) => (right.reward ?? -1) - (left.reward ?? -1) || left.steps - right.steps,
  );
  return {
    summary,
    files: output.champion.genome.files,
    seedFiles: night.seedGenome.files,
    episodes: ranked.map(({ start }) => start.episode),
  };
}

/** The run's families in the manifest's order; improvers know them by shuffled numbers. */
export function nightFamilies(
  manifest: Pick<RunManifest, 'suites' | 'seed' | 'config'>,
  available: ReadonlyMap<string, TaskFamily>,
): NightFamily[] {
  const named = Object.entries(manifest.suites).flatMap(([suite, names]) =>
    names.map((name) => ({ suite, name })),
  );
  const numbers = createRandom(`aliases/${manifest.seed}`).shuffle(named.map((_, index) => index + 1));
  return named.map(({ suite, name }, place) => {
    const family = available.get(name);
    if (!family) {
      throw new LamarckError({
        code: 'LAMARCK_RUN_CHANGED',
        boundary: 'user',
        message: `The configuration ${manifest.config} no longer has the task family "${name}".`,
        remedy: 'Put it back to go on with the run, or start a new one.',
      });
    }
    return { family, suite, alias: `family-${numbers[place]}` };
  });
}

function summarise(
  manifest: RunManifest,
  output: EvolutionOutput,
  totals: Awaited<ReturnType<RunRecord['totals']>>,
): Summary {
  const { members, refusals, champion, confirmation, sealed } = output;
  return {
    version: 1,
    run: manifest.run,
    seed: manifest.seed,
    ...totals,
    champion: champion.genome.id,
    genomes: members.map(({ genome, parent, kind, rationale, verdict, outcomes }) => ({
      id: genome.id,
      parent,
      kind,
      rationale,
      verdict,
      dev: devInterval(outcomes),
    })),
    refused: refusals.map(({ parent, kind, reason }) => ({ parent, kind, reason })),
    confirmation,
    slice: sealed.slice,
    sealed: sealed.all,
    suites: sealed.suites,
  };
}
