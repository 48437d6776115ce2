import { assign, fromPromise, setup } from 'xstate';
import type { Interval } from '../evaluation/index.ts';
import { createRandom, RECORD_VERSION, type Trajectory } from '../protocol/index.ts';
import { chooseParent } from './clade.ts';
import { gate } from './gate.ts';
import { improve, type Improvement } from './improvement.ts';
import { actorOf, jobsAt, type Night } from './night.ts';
import { lessonsFor, type Member, type Refusal } from './population.ts';
import { calibrate, devInterval, race, retest, type RaceResult } from './racing.ts';
import { seal, type Sealed } from './sealing.ts';
import { viewOf } from './trajectory-view.ts';

/** Train tasks a family that a parent plays before it improves itself: its trajectories to learn from. */
const PROFILE_TASKS = 3;
/** Champion candidates that are re-tested. */
const FINALISTS = 3;
/** An improvement with fewer episodes than this is not worth starting. */
const SMALLEST_IMPROVEMENT = 40;
/** Improvements in a row without a child, after which exploring ends: they may cost no episode, and so never end by themselves. */
const FRUITLESS = 8;

interface EvolutionContext {
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

export interface EvolutionOutput {
  readonly members: readonly Member[];
  readonly refusals: readonly Refusal[];
  readonly champion: Member;
  readonly confirmation: Interval;
  readonly sealed: Sealed;
}

/**
 * The night: calibrating → exploring (choosing ⇄ improving → gating → racing) → confirming → sealing → reporting.
 * Every decision is a function of seed, budget and remembered episodes, so running it again with the record of an
 * interrupted run brings it to the same place, and then on.
 */
export const evolutionMachine = setup({
  types: {
    context: {} as EvolutionContext,
    input: {} as { night: Night },
    output: {} as { error: unknown } | EvolutionOutput,
  },
  actors: {
    calibrate: fromPromise(({ input }: { input: EvolutionContext }) => calibrateSeed(input)),
    improve: fromPromise(({ input }: { input: EvolutionContext }) => improveParent(input)),
    gate: fromPromise(({ input }: { input: EvolutionContext }) => gateChild(input)),
    race: fromPromise(({ input }: { input: EvolutionContext }) => raceChild(input)),
    confirm: fromPromise(({ input }: { input: EvolutionContext }) => confirmChampion(input)),
    seal: fromPromise(({ input }: { input: EvolutionContext }) =>
      seal(input.night, required(input.champion).genome),
    ),
  },
  actions: {
    tellPhase: (
      { context },
      { phase }: { phase: 'calibrating' | 'exploring' | 'confirming' | 'sealing' | 'reporting' },
    ) => context.night.tell({ type: 'phase', phase }),
    chooseParent: assign(({ context }) => ({ parent: parentOf(context) })),
    keepError: assign(({ event }) => ({ error: (event as unknown as { error: unknown }).error })),
  },
  guards: {
    canAfford: ({ context }) =>
      episodesFor(context) >= Math.min(SMALLEST_IMPROVEMENT, context.night.budget.improvement) &&
      refusedInARow(context) < FRUITLESS,
    hasChild: (_, { improvement }: { improvement: Improvement }) => improvement.child !== undefined,
    isRefused: (_, { refusal }: { refusal: string | undefined }) => refusal !== undefined,
  },
}).createMachine({
  id: 'evolution',
  context: ({ input }) => ({ night: input.night, members: [], refusals: [], index: 0 }),
  initial: 'calibrating',
  states: {
    calibrating: {
      entry: { type: 'tellPhase', params: { phase: 'calibrating' } },
      invoke: {
        src: 'calibrate',
        input: ({ context }) => context,
        onDone: { target: 'exploring', actions: assign(({ event }) => ({ members: [event.output] })) },
        onError: 'failed',
      },
    },
    exploring: {
      entry: { type: 'tellPhase', params: { phase: 'exploring' } },
      initial: 'choosing',
      states: {
        choosing: {
          always: [
            { guard: 'canAfford', target: 'improving', actions: 'chooseParent' },
            { target: 'exhausted' },
          ],
        },
        improving: {
          invoke: {
            src: 'improve',
            input: ({ context }) => context,
            onDone: [
              {
                guard: { type: 'hasChild', params: ({ event }) => ({ improvement: event.output }) },
                target: 'gating',
                actions: assign(({ event }) => ({ improvement: event.output })),
              },
              {
                target: 'choosing',
                actions: assign(({ context, event }) =>
                  refuse(context, event.output, event.output.refusal ?? 'no child'),
                ),
              },
            ],
            onError: '#evolution.failed',
          },
        },
        gating: {
          invoke: {
            src: 'gate',
            input: ({ context }) => context,
            onDone: [
              {
                guard: { type: 'isRefused', params: ({ event }) => ({ refusal: event.output }) },
                target: 'choosing',
                actions: assign(({ context, event }) =>
                  refuse(context, required(context.improvement), event.output ?? ''),
                ),
              },
              { target: 'racing' },
            ],
            onError: '#evolution.failed',
          },
        },
        racing: {
          invoke: {
            src: 'race',
            input: ({ context }) => context,
            onDone: {
              target: 'choosing',
              actions: assign(({ context, event }) => admit(context, event.output)),
            },
            onError: '#evolution.failed',
          },
        },
        exhausted: { type: 'final' },
      },
      onDone: 'confirming',
    },
    confirming: {
      entry: { type: 'tellPhase', params: { phase: 'confirming' } },
      invoke: {
        src: 'confirm',
        input: ({ context }) => context,
        onDone: { target: 'sealing', actions: assign(({ event }) => event.output) },
        onError: 'failed',
      },
    },
    sealing: {
      entry: { type: 'tellPhase', params: { phase: 'sealing' } },
      invoke: {
        src: 'seal',
        input: ({ context }) => context,
        onDone: { target: 'reporting', actions: assign(({ event }) => ({ sealed: event.output })) },
        onError: 'failed',
      },
    },
    reporting: { type: 'final', entry: { type: 'tellPhase', params: { phase: 'reporting' } } },
    failed: { type: 'final', entry: 'keepError' },
  },
  output: ({ context }) =>
    context.error === undefined
      ? {
          members: context.members,
          refusals: context.refusals,
          champion: required(context.champion),
          confirmation: required(context.confirmation),
          sealed: required(context.sealed),
        }
      : { error: context.error },
});

function refusedInARow({ index, refusals }: EvolutionContext): number {
  let run = 0;
  while (refusals.some((refusal) => refusal.index === index - 1 - run)) run++;
  return run;
}

/** Episodes that the next improvement may play, once what must still follow it is set aside. */
function episodesFor({ night }: EvolutionContext): number {
  const families = night.families.length;
  const raceAndGate = families * 6 + families * PROFILE_TASKS + 12;
  const ending = families * 6 * FINALISTS + families * night.budget.sealed * 4;
  return Math.min(
    night.budget.improvement,
    night.budget.episodes - night.rollout.episodes - raceAndGate - ending,
  );
}

function parentOf({ members, night, index }: EvolutionContext): Member {
  const nodes = members.map(({ genome, parent, outcomes }) => ({
    id: genome.id,
    parent,
    outcomes: outcomes.map(({ reward }) => reward),
  }));
  const id = chooseParent(nodes, createRandom(`evolve/${night.seed}/parent/${index}`));
  return required(members.find(({ genome }) => genome.id === id));
}

async function calibrateSeed({ night }: EvolutionContext): Promise<Member> {
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

async function improveParent(context: EvolutionContext): Promise<Improvement> {
  const { night, members, refusals, index } = context;
  const parent = required(context.parent).genome;
  night.tell({ type: 'activity', text: `${shortId(parent.id)} writes a child` });
  const episodes = episodesFor(context);
  const indices = Array.from({ length: PROFILE_TASKS }, (_, task) => task);
  const aliasOf = new Map(night.families.map(({ family, alias }) => [family.name, alias]));
  const profile: Trajectory[] = await night.rollout.play(
    jobsAt(night, actorOf(night, parent), 'train', indices),
  );
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

async function gateChild(context: EvolutionContext): Promise<string | undefined> {
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

async function raceChild(context: EvolutionContext): Promise<RaceResult> {
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

function admit(context: EvolutionContext, { verdict, child }: RaceResult): Partial<EvolutionContext> {
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

function refuse(context: EvolutionContext, { kind }: Improvement, reason: string): Partial<EvolutionContext> {
  const parent = required(context.parent).genome.id;
  context.night.tell({ type: 'child-refused', parent, kind, reason });
  return {
    refusals: [...context.refusals, { index: context.index, parent, kind, reason }],
    index: context.index + 1,
  };
}

/** The best by the dev scores that selected them meet tasks that did not; the highest lower bound wins. */
async function confirmChampion({
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

function shortId(id: string): string {
  return id.slice(0, 8);
}

function required<T>(value: T | undefined): T {
  if (value === undefined)
    throw new Error('The run came to a state without what the state before it provides.');
  return value;
}
