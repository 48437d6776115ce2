/**
 * Scout acts without a language model. It looks at what it is shown; where a page is shown it recalls a skill that
 * applies and follows it while it knows its way, or else weighs every affordance with its learned policy; where examples of a program are
 * shown it thinks of programs until one fits; where a module has a fault it probes edits until its tests pass. Then it acts, and
 * waits for what comes of it.
 */
import {
  type Action,
  type AgentEmitted,
  type AgentEvent,
  type AgentInput,
  type Json,
  type Operator,
  type Skill,
} from 'lamarck/agent';
import { assign, emit, setup } from 'xstate';
import {
  beginOne,
  followingNone,
  nextOf,
  seeNext,
  stopFollowing,
  type Following,
} from './pages/skill-following.ts';
import type { Costs } from './programs/cost-model.ts';
import { emptyMemory, remember, type Memory } from './pages/memory.ts';
import type { MendOrder } from './repairs/mend-order.ts';
import { isMendTask } from './repairs/mend-task.ts';
import { mend, mendingNothing, seeMending, type Mending } from './repairs/mending.ts';
import { isProgramTask } from './programs/program-task.ts';
import { pageOf } from './pages/page-reading.ts';
import { think, type Vocabulary } from './programs/search.ts';
import { THINKING_CANDIDATES } from './programs/thinking-budget.ts';
import { weigh, type Policy } from './pages/action-choice.ts';

/** What scouts learn and hand down. */
export interface Learned {
  readonly policy: Policy;
  readonly costs: Costs;
  /** Helper functions that programs are made of, beside the operators. */
  readonly library: readonly Operator[];
  /** In the order of recall. */
  readonly skills: readonly Skill[];
  /** Which edits of a module to try first. */
  readonly mendOrder: MendOrder;
}

interface Context {
  readonly input: AgentInput;
  readonly step: number;
  readonly observation: Json;
  readonly affordances: readonly Action[];
  readonly memory: Memory;
  readonly following: Following;
  readonly mending: Mending;
  readonly decision: AgentEmitted | undefined;
}

const decide = (action: Action, note: Json): AgentEmitted => ({ type: 'decision', action, note });

function look(context: Context, event: AgentEvent): Partial<Context> {
  if (event.type !== 'observe') return {};
  const action = context.decision?.action;
  const last = action && { page: pageOf(context.observation), action };
  const page = pageOf(event.observation);
  return {
    step: event.step,
    observation: event.observation,
    affordances: event.affordances ?? [],
    memory: last === undefined ? context.memory : remember(context.memory, last.page, last.action),
    following: seeNext(context.following, page, last, event.error !== undefined),
    mending: isMendTask(event.observation) ? seeMending(context.mending, event.observation) : context.mending,
    decision: undefined,
  };
}

/** Goes on with the skill that is being followed, or stops following it. */
function follow(context: Context, skills: readonly Skill[]): Partial<Context> {
  const { input, following, memory } = context;
  const next = nextOf(following, skills, input.instruction, pageOf(context.observation), memory);
  if (next === undefined) return { following: stopFollowing(following) };
  return { decision: decide(next.action, { skill: following.skill ?? '' }) };
}

/** Begins a skill that applies, where there is one. */
function recall(context: Context, skills: readonly Skill[]): Partial<Context> {
  const { input, following, memory } = context;
  const next = beginOne(following, skills, input.instruction, pageOf(context.observation), memory);
  if (next === undefined) return {};
  return {
    following: next.following,
    decision: decide(next.action, { skill: next.following.skill ?? '' }),
  };
}

function weighAffordances(context: Context, policy: Policy): Partial<Context> {
  if (context.affordances.length === 0)
    return { decision: decide({ done: {} }, { because: ['nothing can be done'] }) };
  const { action, chance, because } = weigh(
    policy,
    context.input.instruction,
    pageOf(context.observation),
    context.memory,
    context.affordances,
    `${context.input.seed}/${context.step}`,
  );
  return { decision: decide(action, { chance, because }) };
}

function thinkOfProgram({ observation }: Context, vocabulary: Vocabulary): Partial<Context> {
  if (!isProgramTask(observation)) return {};
  const { source, program, candidates } = think(observation, vocabulary, THINKING_CANDIDATES);
  // Without a finding it still says something: what the first example gives.
  const guess = `export default () => (${JSON.stringify(observation.examples[0]?.output ?? null)});\n`;
  return {
    decision: decide(
      { submit: { source: source ?? guess } },
      { found: source !== undefined, program: (program as Json | undefined) ?? null, candidates },
    ),
  };
}

function mendModule(context: Context, order: MendOrder): Partial<Context> {
  const { observation, mending, affordances, input } = context;
  if (!isMendTask(observation)) return {};
  const { action, place } = mend(observation, mending, affordances, order, input.seed);
  return { decision: decide(action, place === undefined ? {} : { place }) };
}

/** The chart of a scout that has learned these things. */
export const createScout = ({ policy, costs, library, skills, mendOrder }: Learned) =>
  setup({
    types: {
      input: {} as AgentInput,
      context: {} as Context,
      events: {} as AgentEvent,
      emitted: {} as AgentEmitted,
    },
    actions: {
      look: assign(({ context, event }) => look(context, event)),
      follow: assign(({ context }) => follow(context, skills)),
      recall: assign(({ context }) => recall(context, skills)),
      weigh: assign(({ context }) => weighAffordances(context, policy)),
      think: assign(({ context }) => thinkOfProgram(context, { costs, library })),
      mend: assign(({ context }) => mendModule(context, mendOrder)),
      act: emit(({ context }) => context.decision ?? decide({ done: {} }, null)),
    },
    guards: {
      hasDecided: ({ context }) => context.decision !== undefined,
      isFollowing: ({ context }) => context.following.skill !== undefined,
      knowsSkills: () => skills.length > 0,
      isAskedToMend: ({ context }) => isMendTask(context.observation),
      isAskedForProgram: ({ context }) => isProgramTask(context.observation),
    },
  }).createMachine({
    id: 'scout',
    context: ({ input }) => ({
      input,
      step: 0,
      observation: null,
      affordances: [],
      memory: emptyMemory,
      following: followingNone,
      mending: mendingNothing,
      decision: undefined,
    }),
    initial: 'waits',
    states: {
      waits: { on: { observe: 'looks' } },
      looks: {
        entry: 'look',
        always: [
          { guard: 'isAskedForProgram', target: 'thinks' },
          { guard: 'isAskedToMend', target: 'mends' },
          { guard: 'isFollowing', target: 'follows' },
          { guard: 'knowsSkills', target: 'recalls' },
          { target: 'weighs' },
        ],
      },
      follows: { entry: 'follow', always: [{ guard: 'hasDecided', target: 'acts' }, { target: 'recalls' }] },
      recalls: { entry: 'recall', always: [{ guard: 'hasDecided', target: 'acts' }, { target: 'weighs' }] },
      weighs: { entry: 'weigh', always: 'acts' },
      thinks: { entry: 'think', always: 'acts' },
      mends: { entry: 'mend', always: 'acts' },
      acts: { entry: 'act', on: { observe: 'looks' } },
    },
  });
