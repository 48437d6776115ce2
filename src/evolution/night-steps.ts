import type { Interval } from '../evaluation/index.ts';
import { createRandom, RECORD_VERSION } from '../protocol/index.ts';
import { chooseParent } from './clade.ts';
import { gate } from './gate.ts';
import { improve, type Improvement } from './improvement.ts';
import { actorOf, jobsAt, type Night } from './night.ts';
import { lessonsFor, type Member, type Refusal } from './population.ts';
import { calibrate, devInterval, race, retest, type RaceResult } from './racing.ts';
import type { Sealed } from './sealing.ts';
import { episodesForImprovement, FINALISTS, PROFILE_TASKS } from './spending.ts';
import { viewOf } from './trajectory-view.ts';

/** What the night knows at any moment; the steps below read it, and say what they found. */
export interface EvolutionContext {
  night: Night;
  members: readonly Member[];
  refusals: readonly Refusal[];
  /** Number of the improvement under way. */
  index: number;
  parent?: Member;
  improvement?: Improvement;
  confirmation?: Interval;
  champion?: Member;
  sealed?: Sealed;
  error?: unknown;
}

/** Whose turn it is to write a child. */
export function parentOf({ members, night, index }: EvolutionContext): Member {
  const nodes = members.map(({ genome, parent, outcomes }) => ({
    id: genome.id,
    parent,
    outcomes: outcomes.map(({ reward }) => reward),
  }));
  const id = chooseParent(nodes, createRandom(`evolve/${night.seed}/parent/${index}`));
  return required(members.find(({ genome }) => genome.id === id));
}

/** Improvements at the end of what was tried that brought no child. */
export function refusedInARow({ index, refusals }: EvolutionContext): number {
  let run = 0;
  while (refusals.some((refusal) => refusal.index === index - 1 - run)) run++;
  return run;
}

export async function calibrateSeed({ night }: EvolutionContext): Promise<Member> {
  night.tell({ type: 'activity', text: 'the seed agent against itself' });
  const genome = night.seedGenome;
  await night.archive.admit({
    genome,
    parents: [],
    message: 'seed\n\nThe genome that the run began with.',
    index: 0,
  });
  const { outcomes, noise } = await calibrate(night);
  night.tell({ type: 'calibrated', noise, seedAgent: devInterval(outcomes) });
  return {
    genome,
    parent: null,
    kind: 'seed',
    rationale: 'the genome that the run began with',
    verdict: 'seed',
    outcomes,
  };
}

export async function improveParent(context: EvolutionContext): Promise<Improvement> {
  const { night, members, refusals, index } = context;
  const parent = required(context.parent).genome;
  night.tell({ type: 'activity', text: `${shortId(parent.id)} writes a child` });
  const episodes = episodesForImprovement(night);
  const indices = Array.from({ length: PROFILE_TASKS }, (_, task) => task);
  const aliasOf = new Map(night.families.map(({ family, alias }) => [family.name, alias]));
  const profile = await night.rollout.play(jobsAt(night, actorOf(night, parent), 'train', indices));
  const improvement = await improve(night, {
    parent,
    lessons: lessonsFor(parent.id, members, refusals),
    trajectories: profile.map((trajectory, place) =>
      viewOf(
        trajectory,
        aliasOf.get(trajectory.start.task.family) ?? '',
        Math.floor(place / night.families.length),
      ),
    ),
    episodes,
    index,
  });
  if (!improvement.child)
    await recordImprovement(context, improvement, {}, improvement.refusal ?? 'no child');
  return improvement;
}

export async function gateChild(context: EvolutionContext): Promise<string | undefined> {
  const { night, members, index } = context;
  const improvement = required(context.improvement);
  night.tell({ type: 'activity', text: 'the gate examines the child' });
  const refusal = await gate(night, required(improvement.child), members, index);
  if (refusal !== undefined) await recordImprovement(context, improvement, {}, refusal);
  return refusal;
}

async function recordImprovement(
  { night, index, parent }: EvolutionContext,
  { kind, rationale, episodes, child }: Improvement,
  files: Record<string, string>,
  refusal?: string,
): Promise<void> {
  await night.log.improvement({
    type: 'improvement',
    version: RECORD_VERSION,
    index,
    parent: required(parent).genome.id,
    child: refusal === undefined ? required(child).id : null,
    kind,
    rationale,
    files,
    episodes,
    ...(refusal === undefined ? {} : { refusal }),
  });
}

export async function raceChild(context: EvolutionContext): Promise<RaceResult> {
  const { night, parent, index } = context;
  const improvement = required(context.improvement);
  const { kind, rationale } = improvement;
  const child = required(improvement.child);
  const parentId = required(parent).genome.id;
  await recordImprovement(context, improvement, await night.log.keepFiles(child.files));
  await night.archive.admit({
    genome: child,
    parents: [parentId],
    message: `${kind}\n\n${rationale}`,
    index: index + 1,
  });
  night.tell({
    type: 'child-admitted',
    id: child.id,
    parent: parentId,
    kind,
    rationale,
    change: await night.archive.describeChange(parentId, child.id),
  });
  night.tell({ type: 'activity', text: `${shortId(child.id)} races against its parent` });
  const result = await race(night, required(parent).genome, child);
  night.tell({
    type: 'child-raced',
    id: child.id,
    verdict: result.verdict,
    dev: devInterval(result.child),
    difference: result.difference,
  });
  return result;
}

/** The best by the dev scores that selected them meet tasks that did not; the highest lower bound wins. */
export async function confirmChampion({
  night,
  members,
}: EvolutionContext): Promise<{ champion: Member; confirmation: Interval }> {
  const finalists = members
    .map((member, birth) => ({ member, birth, mean: devInterval(member.outcomes).mean }))
    .sort((left, right) => right.mean - left.mean || right.birth - left.birth)
    .slice(0, FINALISTS);
  let best: { champion: Member; confirmation: Interval } | undefined;
  for (const { member } of finalists) {
    night.tell({ type: 'activity', text: `${shortId(member.genome.id)} on fresh tasks` });
    const confirmation = await retest(night, member.genome);
    night.tell({ type: 'confirmed', id: member.genome.id, dev: confirmation });
    if (!best || confirmation.low > best.confirmation.low) best = { champion: member, confirmation };
  }
  const chosen = required(best);
  await night.archive.setChampion(chosen.champion.genome.id);
  return chosen;
}

/** The child is in the archive, and was measured. */
export function admitted(
  context: EvolutionContext,
  { verdict, child }: RaceResult,
): Partial<EvolutionContext> {
  const { kind, rationale, child: genome } = required(context.improvement);
  const member: Member = {
    genome: required(genome),
    parent: required(context.parent).genome.id,
    kind,
    rationale,
    verdict,
    outcomes: child,
  };
  return { members: [...context.members, member], index: context.index + 1 };
}

/** There is no child, for this reason. */
export function refused(
  context: EvolutionContext,
  { kind }: Improvement,
  reason: string,
): Partial<EvolutionContext> {
  const parent = required(context.parent).genome.id;
  context.night.tell({ type: 'child-refused', parent, kind, reason });
  return {
    refusals: [...context.refusals, { index: context.index, parent, kind, reason }],
    index: context.index + 1,
  };
}

function shortId(id: string): string {
  return id.slice(0, 8);
}

/** What an earlier state has provided. */
export function required<T>(value: T | undefined): T {
  if (value === undefined)
    throw new Error('The run came to a state without what the state before it provides.');
  return value;
}
