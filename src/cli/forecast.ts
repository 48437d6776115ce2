import type { LoadedConfiguration } from '../config/index.ts';
import { createGenomeActor, oracleActor, randomActor, runEpisode, type Actor } from '../episode/index.ts';
import { LamarckError } from '../protocol/index.ts';
import { splitSeed, type TaskFamily } from '../task/index.ts';
import type { Machinery } from './machinery.ts';
import type { RunPlan } from './start-run.ts';
import { duration } from './figures.ts';

/** What improvers' thinking and the record cost beside play, as a share of it. */
const OVERHEAD = 0.3;

/**
 * What a run will cost here, and whether its worlds open at all: the oracle warms them up (chance, where a
 * family has none), then the seed agent plays one
 * middling train task of each family and is timed. Nothing of it is recorded, nothing decides by it.
 *
 * @throws LamarckError where a world does not open; what an agent does wrong is for the run to score.
 */
export async function forecast(
  { families }: LoadedConfiguration,
  machinery: Machinery,
  plan: RunPlan,
): Promise<string> {
  // A run that goes on has its seed agent in its record; a stand-in plays here.
  const isKnown = Object.keys(plan.agent.files).length > 0;
  const seedAgent = isKnown ? createGenomeActor(plan.agent, machinery.minds) : randomActor;
  const reference = ({ oracle }: TaskFamily): Actor => (oracle ? oracleActor : randomActor);
  await playAll([...families.values()], reference, machinery, plan.seed);
  const began = performance.now();
  await playAll([...families.values()], () => seedAgent, machinery, plan.seed);
  const seconds = (performance.now() - began) / 1000 / families.size;
  const whole = (1 + OVERHEAD) * seconds * plan.budget.episodes;
  return `about ${duration(whole)} on this machine (${pace(seconds)} with ${machinery.workers} workers in a short trial)`;
}

/** How fast episodes end that each take so many seconds, in a unit that leaves no 0. */
export function pace(seconds: number): string {
  const rate = 1 / seconds;
  if (rate < 1) return `${seconds.toFixed(1)} s an episode`;
  return `${rate.toFixed(rate < 10 ? 1 : 0)} episodes/s`;
}

async function playAll(
  families: readonly TaskFamily[],
  actorFor: (family: TaskFamily) => Actor,
  { world, workers }: Machinery,
  runSeed: number,
): Promise<void> {
  const waiting = [...families];
  const work = async (): Promise<void> => {
    for (let family = waiting.shift(); family !== undefined; family = waiting.shift()) {
      const seed = splitSeed('train', runSeed, 0);
      const difficulty = Math.ceil(family.difficulties / 2);
      const job = { actor: actorFor(family), family, seed, difficulty, repeat: 0 };
      const { end } = await runEpisode(job, world, new AbortController().signal);
      if (!end.error || end.stop === 'agent-error') continue;
      waiting.length = 0;
      throw notStarted(end.error);
    }
  };
  // All are waited for: one that went on would open worlds in machinery that is closed by then.
  const ended = await Promise.allSettled(Array.from({ length: workers }, work));
  const failure = ended.find((outcome) => outcome.status === 'rejected');
  if (failure) throw failure.reason;
}

function notStarted({ code, message }: { code: string; message: string }): LamarckError {
  return new LamarckError({
    code: code as `LAMARCK_${string}`,
    boundary: 'environment',
    message,
    remedy: 'Nothing was started. `npx lamarck doctor` says what is missing.',
  });
}
