/**
 * Scout writes its child. It reflects on what the tasks look like and what was tried before, chooses one thing to get
 * better at, and studies it: it asks for episodes, learns from them, asks again; then it writes down what it learned.
 * What a new policy wins on pages is at once made into skills, while the rest of the budget lasts.
 */
import {
  createRandom,
  defineImprover,
  type ImproverEmitted,
  type ImproverEvent,
  type ImproverInput,
  type PlayRequest,
  type TrajectoryView,
} from 'lamarck/agent';
import { assign, emit, setup } from 'xstate';
import { chooseKind, familiesOf, shapesOf, type Kind } from './improve/choice.ts';
import { studyCosts } from './improve/costs-study.ts';
import { studyPolicy } from './improve/policy.ts';
import { studySkills } from './improve/skills-study.ts';
import type { Patch, Study } from './improve/study.ts';

interface Context {
  readonly input: ImproverInput;
  /** Calls made so far: the id of the next. */
  readonly calls: number;
  readonly episodesLeft: number;
  /** Episodes seen, the parent's own among them: they say what the tasks look like. */
  readonly seen: readonly TrajectoryView[];
  readonly kind: Kind | undefined;
  readonly study: Study | undefined;
  /** Episodes that the study must leave for the one after it. */
  readonly reserve: number;
  /** What the study before it learned: its drafts and the child have that too. */
  readonly learned: Patch | undefined;
  readonly patch: Patch | undefined;
}

/** The part of a policy's budget that is kept for making skills of what it wins. */
const SHARE_OF_SKILLS = 0.3;

/** One easy task of each environment that nothing was seen of. */
function explorationOf({ input, seen }: Context): ImproverInput['families'] {
  const known = new Set(seen.map(({ environment }) => environment));
  return input.families.filter(
    ({ environment }, index, all) =>
      !known.has(environment) && all.findIndex((other) => other.environment === environment) === index,
  );
}

function begin({ input, seen, episodesLeft }: Context): Partial<Context> {
  const shapes = shapesOf(seen);
  const kind = chooseKind(input.lessons, shapes.values(), createRandom(`${input.seed}/choice`));
  const pages = [
    ...familiesOf(input.families, shapes, 'pages'),
    ...familiesOf(input.families, shapes, 'other'),
  ];
  if (kind === 'policy') {
    const reserve = Math.floor(SHARE_OF_SKILLS * episodesLeft);
    return { kind, reserve, study: studyPolicy(input, pages, episodesLeft - reserve) };
  }
  if (kind === 'skills')
    return { kind, study: studySkills(input, familiesOf(input.families, shapes, 'pages'), episodesLeft) };
  if (kind === 'costs')
    return { kind, study: studyCosts(input, familiesOf(input.families, shapes, 'programs'), episodesLeft) };
  return {};
}

/** Goes on from a policy to skills that are made of what it wins. */
function beginSkills({ input, seen, episodesLeft, study }: Context): Partial<Context> {
  const learned = study?.patch();
  const own = { ...input, files: filesWith(input.files, learned), trajectories: [] };
  const pages = familiesOf(input.families, shapesOf(seen), 'pages');
  return { learned, reserve: 0, study: studySkills(own, pages, episodesLeft) };
}

function filesWith(files: ImproverInput['files'], patch: Patch | undefined): Record<string, string> {
  const present = Object.entries({ ...files, ...patch?.files }).filter(([, text]) => text !== null);
  return Object.fromEntries(present) as Record<string, string>;
}

/** Two patches as one, the later on top. */
function merged(first: Patch | undefined, second: Patch | undefined): Patch | undefined {
  if (first === undefined || second === undefined) return first ?? second;
  return {
    files: { ...first.files, ...second.files },
    kind: first.kind,
    rationale: `${first.rationale}; ${second.rationale}`,
  };
}

/** A way of studying: asking for episodes and learning from them, until the study asks for no more. */
const studying = <Asks extends string, Learns extends string>(
  asks: Asks,
  learns: Learns,
  next: '#writing' | '#followUp' = '#writing',
) => ({
  initial: asks,
  states: {
    [asks]: { entry: 'play' as const, on: { reply: { target: learns } } },
    [learns]: {
      entry: 'learn' as const,
      always: [{ guard: 'asksForMore' as const, target: asks }, { target: next }],
    },
  },
});

/** What the study asks for, played with what was learned before it. */
function requestOf({ study, learned }: Context): PlayRequest {
  const { files, tasks, repeats } = study?.request ?? { files: {}, tasks: [], repeats: 1 };
  return { files: { ...learned?.files, ...files }, tasks, repeats };
}

export default defineImprover({
  machine: setup({
    types: {
      input: {} as ImproverInput,
      context: {} as Context,
      events: {} as ImproverEvent,
      emitted: {} as ImproverEmitted,
    },
    actions: {
      count: assign({ calls: ({ context }) => context.calls + 1 }),
      explore: emit(({ context }) => ({
        type: 'call' as const,
        id: context.calls,
        name: 'play' as const,
        arguments: {
          files: {},
          tasks: explorationOf(context).map(({ family }) => ({ family, task: 0, difficulty: 1 })),
          repeats: 1,
        },
      })),
      look: assign(({ context, event }) => ({
        seen: [...context.seen, ...event.value.trajectories],
        episodesLeft: event.value.episodesLeft,
      })),
      begin: assign(({ context }) => begin(context)),
      play: emit(({ context }) => ({
        type: 'call' as const,
        id: context.calls,
        name: 'play' as const,
        arguments: requestOf(context),
      })),
      learn: assign(({ context, event }) => ({
        calls: context.calls + 1,
        episodesLeft: event.value.episodesLeft,
        study: context.study?.learn(
          event.value.trajectories,
          Math.max(0, event.value.episodesLeft - context.reserve),
        ),
      })),
      beginSkills: assign(({ context }) => beginSkills(context)),
      conclude: assign({ patch: ({ context }) => merged(context.learned, context.study?.patch()) }),
      write: emit(({ context }) => ({ type: 'patch' as const, ...(context.patch as Patch) })),
    },
    guards: {
      isStrange: ({ context }) => explorationOf(context).length > 0 && context.episodesLeft > 0,
      asksForMore: ({ context }) => context.study?.request !== undefined,
      hasPatch: ({ context }) => context.patch !== undefined,
      isPolicy: ({ context }) => context.kind === 'policy' && context.study?.request !== undefined,
      isSkills: ({ context }) => context.kind === 'skills' && context.study?.request !== undefined,
      isCosts: ({ context }) => context.kind === 'costs' && context.study?.request !== undefined,
    },
  }).createMachine({
    id: 'improver',
    context: ({ input }) => ({
      input,
      calls: 0,
      episodesLeft: input.budget.episodes,
      seen: input.trajectories,
      kind: undefined,
      study: undefined,
      reserve: 0,
      learned: undefined,
      patch: undefined,
    }),
    initial: 'reflecting',
    states: {
      reflecting: { always: [{ guard: 'isStrange', target: 'exploring' }, { target: 'choosing' }] },
      exploring: { entry: ['explore', 'count'], on: { reply: { target: 'choosing', actions: 'look' } } },
      choosing: {
        entry: 'begin',
        always: [
          { guard: 'isPolicy', target: 'policy' },
          { guard: 'isSkills', target: 'skills' },
          { guard: 'isCosts', target: 'costs' },
          { target: 'writing' },
        ],
      },
      policy: studying('playing', 'learning', '#followUp'),
      followUp: {
        id: 'followUp',
        entry: 'beginSkills',
        always: [{ guard: 'asksForMore', target: 'skills' }, { target: 'writing' }],
      },
      skills: studying('trying', 'inducing'),
      costs: studying('solving', 'counting'),
      writing: {
        id: 'writing',
        entry: 'conclude',
        always: [{ guard: 'hasPatch', target: 'done', actions: 'write' }, { target: 'done' }],
      },
      done: { type: 'final' },
    },
  }),
});
