import { join } from 'node:path';
import { devScore } from '../evaluation/index.ts';
import { createActor, toPromise } from 'xstate';
import type { World } from '../episode/index.ts';
import type { Summary } from '../protocol/index.ts';
import { discoveries } from '../statistics/index.ts';
import { createRollout } from '../rollout/index.ts';
import type { GenomeFiles, MindSandbox } from '../sandbox/index.ts';
import type { TaskFamily } from '../task/index.ts';
import { openArchive, type Genome } from '../genome/index.ts';
import { evolutionMachine, type EvolutionOutput } from './evolution-machine.ts';
import { assertDemonstrations, viewsOf } from './demonstrations.ts';
import {
  runFamilies,
  seedGenomeOf,
  writeSummary,
  type RunEvent,
  type RunManifest,
  type RunRecord,
} from '../run/index.ts';
import type { RunContext, SelfMending } from './run-context.ts';
import { raceOfMember } from './population.ts';

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
  minds: MindSandbox;
  selfMending: SelfMending;
  world: World;
  workers: number;
  drain: AbortSignal;
  tell: (event: RunEvent) => void;
}): Promise<EvolveResult> {
  const { folder, manifest, record, tell } = options;
  const known = runFamilies(manifest, options.families);
  const { demonstrations } = manifest;
  const games = await Promise.all(demonstrations.map((key) => record.store.trajectory(key)));
  assertDemonstrations(demonstrations, games);
  const archive = await openArchive(join(folder, 'archive.git'));
  const halt = new AbortController();
  const drain = AbortSignal.any([options.drain, halt.signal]);
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
    minds: options.minds,
    selfMending: options.selfMending,
    archive,
    log: record.log,
    drain,
    halt: (error) => halt.abort(error),
    tell,
  };
  const machine = createActor(evolutionMachine, { input: { run } });
  const finished = toPromise(machine);
  machine.start();
  const output = (await finished) as EvolutionOutput | { error: unknown };
  // What halted the run: the other parts of it only know that they were stopped.
  if ('error' in output) throw halt.signal.aborted ? halt.signal.reason : output.error;

  const learned = (await record.store.improvements()).filter(
    ({ arm, child }) => arm === 'learner' && child !== null,
  );
  const summary = summarise(manifest, output, await record.totals(), learned.length);
  await writeSummary(folder, summary);
  tell({ type: 'finished', summary });
  const ranked = [...output.sealed.champion].sort(
    ({ end: left }, { end: right }) => (right.reward ?? -1) - (left.reward ?? -1) || left.steps - right.steps,
  );
  return {
    summary,
    files: output.confirmation.champion.genome.files,
    seedFiles: run.seedGenome.files,
    episodes: ranked.map(({ start }) => start.episode),
  };
}

function summarise(
  manifest: RunManifest,
  output: EvolutionOutput,
  totals: Awaited<ReturnType<RunRecord['totals']>>,
  learned: number,
): Summary {
  const { members, refusals, learner, confirmation, sealed } = output;
  const races = members.map((member) => raceOfMember(member, members));
  // The seed has no race: an e-value of 0 is no discovery, and must not count among them either.
  const found = discoveries(races.flatMap((race) => (race ? [race.evidence] : [])));
  return {
    version: 1,
    run: manifest.run,
    seed: manifest.seed,
    ...totals,
    changes: manifest.continuations.flatMap(({ changes }) => changes),
    champion: confirmation.champion.genome.id,
    genomes: members.map(({ genome, parent, mate, kind, rationale, rounds }, at) => ({
      id: genome.id,
      parent,
      ...(mate === undefined ? {} : { mate }),
      kind,
      rationale,
      verdict: races[at]?.verdict ?? 'seed',
      gain: races[at]?.difference ?? null,
      discovery: found[at - 1] ?? false,
      dev: devScore(rounds),
    })),
    kinds: countKinds(output),
    refused: refusals.map(({ parent, kind, reason }) => ({ parent, kind, reason })),
    confirmation: confirmation.dev,
    finalists: confirmation.finalists.map(({ member, dev, difference, evidence }) => ({
      id: member.genome.id,
      dev,
      gain: difference,
      evidence,
    })),
    learner: { id: learner.id, improvements: learned },
    slice: sealed.slice,
    sealed: sealed.all,
    suites: sealed.suites,
    unseenFamilies: sealed.unseenFamilies,
  };
}

function countKinds({ members, refusals }: EvolutionOutput): Summary['kinds'] {
  // Improvers name the kinds: `__proto__` is one like any other.
  const counts = new Map<string, { tried: number; admitted: number; better: number }>();
  const countOf = (kind: string) => {
    const count = counts.get(kind) ?? { tried: 0, admitted: 0, better: 0 };
    counts.set(kind, count);
    return count;
  };
  for (const { kind } of refusals) countOf(kind).tried++;
  for (const member of members) {
    const race = raceOfMember(member, members);
    if (race === undefined) continue;
    const count = countOf(member.kind);
    count.tried++;
    count.admitted++;
    if (race.verdict === 'better') count.better++;
  }
  return Object.fromEntries(counts);
}
