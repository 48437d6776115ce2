/**
 * Scout acts without a language model. It looks at what it is shown; where a page is shown it recalls a skill that
 * applies and follows it, or else weighs every affordance with its learned policy; where examples of a program are
 * shown it thinks of programs until one fits. Then it acts, and waits for what comes of it.
 */
import {
  followSkill,
  isPage,
  recallSkill,
  type Action,
  type AgentEmitted,
  type AgentEvent,
  type AgentInput,
  type Json,
  type PageView,
  type Skill,
} from 'lamarck/agent';
import { assign, emit, setup } from 'xstate';
import { emptyMemory, remember, type Memory } from './memory.ts';
import { isProgramTask, think, type Costs } from './search.ts';
import { THINKING_CANDIDATES } from './thinking-budget.ts';
import { weigh, type Policy } from './weighing.ts';

/** What scouts learn and hand down. */
export interface Learned {
  readonly policy: Policy;
  readonly costs: Costs;
  /** In the order of recall. */
  readonly skills: readonly Skill[];
}

interface Context {
  readonly input: AgentInput;
  readonly step: number;
  readonly observation: Json;
  readonly affordances: readonly Action[];
  readonly memory: Memory;
  /** Name of the skill that is being followed. */
  readonly skill: string | undefined;
  /** What was seen since that skill began. */
  readonly views: readonly PageView[];
  readonly decision: AgentEmitted | undefined;
}

const decide = (action: Action, note: Json): AgentEmitted => ({ type: 'decision', action, note });

/** What is shown, as a page; where it is none, as a page on which nothing can be seen. */
const pageOf = ({ observation }: Context): PageView =>
  isPage(observation) ? observation : { url: JSON.stringify(observation), elements: [] };

function look(context: Context, event: AgentEvent, skills: readonly Skill[]): Partial<Context> {
  if (event.type !== 'observe') return {};
  const action = context.decision?.action;
  const memory = action === undefined ? context.memory : remember(context.memory, pageOf(context), action);
  const next = { ...context, observation: event.observation };
  const begun =
    event.step === 0 ? recallSkill(skills, context.input.instruction, pageOf(next))?.name : context.skill;
  // A rejected action is not what a skill expected: it has lost its way.
  const skill = event.error === undefined ? begun : undefined;
  return {
    step: event.step,
    observation: event.observation,
    affordances: event.affordances ?? [],
    memory,
    skill,
    views: skill === undefined ? [] : [...context.views, pageOf(next)],
    decision: undefined,
  };
}

function recall(context: Context, skills: readonly Skill[]): Partial<Context> {
  const skill = skills.find(({ name }) => name === context.skill);
  const action = skill && followSkill(skill, context.input.instruction, context.views);
  if (skill === undefined || action === undefined) return { skill: undefined, views: [] };
  return { decision: decide(action, { skill: skill.name }) };
}

function weighAffordances(context: Context, policy: Policy): Partial<Context> {
  if (context.affordances.length === 0)
    return { decision: decide({ done: {} }, { because: ['nothing can be done'] }) };
  const { action, chance, because } = weigh(
    policy,
    context.input.instruction,
    pageOf(context),
    context.memory,
    context.affordances,
    `${context.input.seed}/${context.step}`,
  );
  return { decision: decide(action, { chance, because }) };
}

function thinkOfProgram({ observation }: Context, costs: Costs): Partial<Context> {
  if (!isProgramTask(observation)) return {};
  const { source, operators, candidates } = think(observation, costs, THINKING_CANDIDATES);
  // Without a finding it still says something: what the first example gives.
  const guess = `export default () => (${JSON.stringify(observation.examples[0]?.output ?? null)});\n`;
  return {
    decision: decide(
      { submit: { source: source ?? guess } },
      { found: source !== undefined, operators, candidates },
    ),
  };
}

/** The chart of a scout that has learned these things. */
export const createScout = ({ policy, costs, skills }: Learned) =>
  setup({
    types: {
      input: {} as AgentInput,
      context: {} as Context,
      events: {} as AgentEvent,
      emitted: {} as AgentEmitted,
    },
    actions: {
      look: assign(({ context, event }) => look(context, event, skills)),
      recall: assign(({ context }) => recall(context, skills)),
      weigh: assign(({ context }) => weighAffordances(context, policy)),
      think: assign(({ context }) => thinkOfProgram(context, costs)),
      act: emit(({ context }) => context.decision ?? decide({ done: {} }, null)),
    },
    guards: {
      hasDecided: ({ context }) => context.decision !== undefined,
      isFollowing: ({ context }) => context.skill !== undefined,
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
      skill: undefined,
      views: [],
      decision: undefined,
    }),
    initial: 'waits',
    states: {
      waits: { on: { observe: 'looks' } },
      looks: {
        entry: 'look',
        always: [
          { guard: 'isAskedForProgram', target: 'thinks' },
          { guard: 'isFollowing', target: 'recalls' },
          { target: 'weighs' },
        ],
      },
      recalls: { entry: 'recall', always: [{ guard: 'hasDecided', target: 'acts' }, { target: 'weighs' }] },
      weighs: { entry: 'weigh', always: 'acts' },
      thinks: { entry: 'think', always: 'acts' },
      acts: { entry: 'act', on: { observe: 'looks' } },
    },
  });
