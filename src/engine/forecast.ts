import { readFile } from 'node:fs/promises';
import { availableParallelism, loadavg } from 'node:os';
import { join } from 'node:path';
import { runsFolder, type LoadedConfiguration } from '../config/index.ts';
import { createGenomeActor, oracleActor, randomActor, runEpisode, type Actor } from '../episode/index.ts';
import { listRuns, type RunPlan } from '../run/index.ts';
import type { PlannedEpisodes } from '../evolution/index.ts';
import { createPermits, mapWithPermits } from '../host/index.ts';
import { LamarckError, SummarySchema } from '../protocol/index.ts';
import { splitSeed, type TaskFamily } from '../task/index.ts';
import type { Machinery } from './machinery.ts';
import { createTimings, forecastTime, isBusy, type TimeForecast, type Timings } from './time-forecast.ts';

/** Rounds of the trial that are timed: an episode of each family, other tasks in each. */
const ROUNDS = 2;
/** Factors around what earlier runs of the same families took for an episode. */
const EARLIER = { low: 0.6, high: 1.7 };

/** Processes that wanted to run, per core, over the last minute. Windows does not count them. */
export function machineLoad(): number {
  return (loadavg()[0] ?? 0) / availableParallelism();
}

/**
 * How long the episodes of a few families take here, and whether its worlds open at all: the oracle warms the worlds up (chance, where
 * a family has none), the seed agent its processes, and only then is it timed, at middling train tasks. Nothing of it is recorded,
 * nothing decides by it.
 *
 * @throws LamarckError where a world does not open; what an agent does wrong is for the run to score.
 */
export async function timeEpisodes(
  { families }: LoadedConfiguration,
  machinery: Machinery,
  plan: RunPlan,
): Promise<Timings> {
  // A run that goes on has its seed agent in its record, and what its episodes took. Here it is only seen that its worlds open.
  const isKnown = Object.keys(plan.agent.files).length > 0;
  const reference = ({ oracle }: TaskFamily): Actor => (oracle ? oracleActor : randomActor);
  const all = [...families.values()];
  const timings = createTimings();
  await playAll(all, reference, machinery, plan.seed, 0);
  if (!isKnown) return timings;
  const seedAgent = createGenomeActor(plan.agent, machinery.guests);
  await playAll(all, () => seedAgent, machinery, plan.seed, 0);
  for (let round = 1; round <= ROUNDS; round++)
    await playAll(all, () => seedAgent, machinery, plan.seed, round, timings);
  return timings;
}

/** What episodes take that are planned, from a trial and from earlier runs of the same families; undefined where there is neither. */
export async function forecastRun(
  configuration: LoadedConfiguration,
  planned: readonly PlannedEpisodes[],
  trial?: { timings: Timings; workers: number },
): Promise<TimeForecast | undefined> {
  const load = machineLoad();
  const episodes = planned.reduce((sum, each) => sum + each.episodes, 0);
  const earlier = fromEarlier(await secondsAnEpisode(configuration), episodes, load);
  const tried = trial && forecastTime({ ...trial, left: planned, filled: {}, load });
  if (!tried || !earlier) return tried ?? earlier;
  // An earlier run and the trial each know something: the run how long improvers take, the trial how fast the machine
  // is now.
  return {
    low: Math.min(tried.low, earlier.low),
    high: Math.max(tried.high, earlier.high),
    rough: tried.rough || earlier.rough,
  };
}

function fromEarlier(seconds: readonly number[], episodes: number, load: number): TimeForecast | undefined {
  if (seconds.length === 0) return undefined;
  return {
    low: EARLIER.low * Math.min(...seconds) * episodes,
    high: EARLIER.high * Math.max(...seconds) * episodes,
    rough: isBusy(load),
  };
}

/** Wall seconds that an episode took in finished runs of the same families, on a machine with as many cores; of the last three. */
async function secondsAnEpisode(configuration: LoadedConfiguration): Promise<number[]> {
  const names = JSON.stringify([...configuration.families.keys()].sort());
  const found: number[] = [];
  for (const { folder, manifest } of (await listRuns(runsFolder(configuration))).toReversed()) {
    const isSame =
      manifest?.kind === 'evolve' &&
      manifest.host.cores === availableParallelism() &&
      JSON.stringify(Object.values(manifest.suites).flat().sort()) === names;
    if (!isSame) continue;
    const text = await readFile(join(folder, 'summary.json'), 'utf8').catch(() => 'null');
    const summary = SummarySchema.safeParse(parsed(text)).data;
    if (summary && summary.episodes > 0) found.push(summary.wallSeconds / summary.episodes);
    if (found.length === 3) break;
  }
  return found;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function playAll(
  families: readonly TaskFamily[],
  actorFor: (family: TaskFamily) => Actor,
  { world, workers }: Machinery,
  runSeed: number,
  task: number,
  timings?: Timings,
): Promise<void> {
  // All are waited for: one that went on would open worlds in machinery that is closed by then.
  await mapWithPermits(families, createPermits(workers), async (family) => {
    const seed = splitSeed('train', runSeed, task);
    const difficulty = Math.ceil(family.difficulties / 2);
    const job = { actor: actorFor(family), family, seed, difficulty, repeat: 0 };
    const began = performance.now();
    const { end } = await runEpisode(job, world, new AbortController().signal);
    timings?.add({ family: family.name, seconds: (performance.now() - began) / 1000 });
    if (end.error && end.stop !== 'agent-error') throw notStarted(end.error);
  });
}

function notStarted({ code, message }: { code: string; message: string }): LamarckError {
  return new LamarckError({
    code: code as `LAMARCK_${string}`,
    boundary: 'environment',
    message,
    remedy: { text: 'Nothing was started. Ask what is missing.', command: 'doctor' },
  });
}
