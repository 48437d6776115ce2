import type { Trajectory } from '../protocol/index.ts';
import { actorOf, jobsAt } from '../evaluation/index.ts';
import { chartFault } from './chart-check.ts';
import type { Genome } from '../genome/index.ts';
import { blamingGuest } from './guest-blame.ts';
import { improve, NO_PATCH } from './improvement.ts';
import { drained } from '../rollout/index.ts';
import type { RunContext } from './run-context.ts';
import type { Member } from './population.ts';

/** Train episodes that a child may play to show that it can write a child. */
const IMPROVER_TRIAL = 8;

/**
 * The checks before anything is spent on a race, the cheap ones first: both charts are sound; it does something that no
 * member does; it acts at one easy task of each environment without failing, and leaves a reward where the seed agent does;
 * it can still write a child of its own.
 *
 * @returns why the child is refused, in one sentence; nothing where it may pass
 * @example gate({ compiles: false }, 1).reward // 0
 */
export async function gate(
  run: RunContext,
  child: Genome,
  members: readonly Member[],
  index: number,
): Promise<string | undefined> {
  const checks = [
    () => duplicateOf(run, child, members),
    () => faultyChartOf(run, child),
    () => failureAtEasyTasks(run, child),
    () => failureToImprove(run, child, index),
  ];
  for (const check of checks) {
    const refusal = await check();
    if (refusal !== undefined) return refusal;
  }
  return undefined;
}

/** Fingerprints of the members, which do not change. */
const fingerprints = new WeakMap<Genome, Promise<string>>();

async function duplicateOf(
  { guests }: RunContext,
  child: Genome,
  members: readonly Member[],
): Promise<string | undefined> {
  if (members.some(({ genome }) => genome.id === child.id))
    return 'it is the same code as a genome that is in the archive';
  const own = await blamingGuest(() => guests.fingerprint(child.files));
  if ('fault' in own) return own.fault;
  for (const { genome } of members) {
    let known = fingerprints.get(genome);
    if (known === undefined) fingerprints.set(genome, (known = guests.fingerprint(genome.files)));
    if ((await known) === own.result)
      return 'it does the same as a genome that is in the archive: only comments, layout or unused code differ';
  }
  return undefined;
}

async function faultyChartOf(run: RunContext, child: Genome): Promise<string | undefined> {
  for (const [kind, entry] of [
    ['agent', 'agent.ts'],
    ['improver', 'improve.ts'],
  ] as const) {
    if (run.drain.aborted) throw drained();
    const chart = await blamingGuest(() => run.guests.chart(child.files, entry));
    if ('fault' in chart) return `its ${kind} cannot be loaded: ${chart.fault}`;
    const fault = chartFault(chart.result, kind);
    if (fault !== undefined) return `the chart of its ${kind} is broken: ${fault}`;
  }
  return undefined;
}

async function failureAtEasyTasks(run: RunContext, child: Genome): Promise<string | undefined> {
  const environments = new Set<string>();
  const families = run.families.filter(({ family: { environment } }) => {
    const isFresh = !environments.has(environment.name);
    environments.add(environment.name);
    return isFresh;
  });
  const playEasy = (genome: Genome): Promise<Trajectory[]> =>
    run.rollout.play(jobsAt({ ...run, families }, actorOf(run, genome), 'train', [0]));
  const trials = await playEasy(child);
  const failed = trials.find(({ end }) => end.stop === 'agent-error' || end.stop === 'time-limit');
  if (failed) return `it fails at an easy task (${reasonOf(failed)})`;
  if (trials.every(({ end }) => end.reward !== null)) return undefined;
  // Every arm begins with the seed's profile, which holds these episodes: they are played once and cost nothing here.
  const ofSeed = await playEasy(run.seedGenome);
  const missing = trials.find(({ end }, at) => end.reward === null && ofSeed[at]?.end.reward !== null);
  return missing && `it leaves no reward at an easy task where the seed agent does (${reasonOf(missing)})`;
}

function reasonOf({ end }: Trajectory): string {
  return end.error?.message ?? end.stop;
}

async function failureToImprove(run: RunContext, child: Genome, index: number): Promise<string | undefined> {
  const { refusal } = await improve(run, {
    parent: child,
    scope: 'everything',
    mates: [],
    lessons: [],
    trajectories: [],
    episodes: IMPROVER_TRIAL,
    name: `gate/${index}`,
  });
  if (refusal === undefined || refusal === NO_PATCH) return undefined;
  return `it can no longer write a child: ${refusal}`;
}
