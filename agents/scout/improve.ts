/**
 * Scout writes its child. It reflects on what the tasks look like and what was tried before, chooses one thing to get
 * better at, and studies it: it asks for episodes, learns from them, asks again; then it writes down what it learned.
 * What a new policy wins on pages is at once made into skills, while the rest of the budget lasts; where neither an edit
 * nor a mate is found to help, the rest goes to learning.
 */
import {
  createRandom,
  defineImprover,
  type ImproverEmitted,
  type ImproverEvent,
  type ImproverInput,
  type TrajectoryView,
} from 'lamarck/agent';
import { assign, emit, setup } from 'xstate';
import { chooseKind, shapesOf, type Kind } from './improve/choice.ts';
import { readPriors } from './improve/edit-priors.ts';
import { studyOf } from './improve/studies.ts';
import { finished, type Patch, type Study } from './improve/study.ts';

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
  /** Files that are handed down with whatever the child inherits. */
  readonly kept: Readonly<Record<string, string>>;
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

/** Begins what is likely to pay best; `scope` says among which kinds. */
function begin({ input, seen, episodesLeft }: Context, scope: ImproverInput['scope']): Partial<Context> {
  const { lessons, mates, files, seed } = input;
  const occasion = {
    lessons,
    shapes: shapesOf(seen).values(),
    scope,
    mates: mates.length,
    failedEdits: readPriors(files['edit-priors.json']).failures,
  };
  const kind = chooseKind(occasion, createRandom(`${seed}/choice ${scope}`));
  const reserve = kind === 'policy' ? Math.floor(SHARE_OF_SKILLS * episodesLeft) : 0;
  const study = kind === undefined ? finished(undefined) : studyOf(kind, input, seen, episodesLeft - reserve);
  return { kind, reserve, study };
}

/** Goes on from a policy to skills that are made of what it wins. */
function beginSkills({ input, seen, episodesLeft, study }: Context): Partial<Context> {
  const learned = study?.patch();
  const own = { ...input, files: filesWith(input.files, learned), trajectories: [] };
  return { learned, reserve: 0, study: studyOf('skills', own, seen, episodesLeft, study?.wins) };
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

/** What the child inherits of all that was studied; `undefined` where nothing was learned. */
function patchOf({ learned, study, kept }: Context): Patch | undefined {
  const patch = merged(learned, study?.patch());
  return patch && { ...patch, files: { ...kept, ...study?.kept, ...patch.files } };
}

/** A way of studying: asking for episodes and learning from them, until the study asks for no more. */
const studying = <Asks extends string, Learns extends string>(
  asks: Asks,
  learns: Learns,
  next: '#writing' | '#followUp' | '#settling' = '#writing',
) => ({
  initial: asks,
  states: {
    [asks]: { entry: 'ask' as const, on: { reply: { target: learns } } },
    [learns]: {
      entry: 'learn' as const,
      always: [{ guard: 'asksForMore' as const, target: asks }, { target: next }],
    },
  },
});

/** What the study asks for: a search for first wins, a repair, or episodes, played with what was learned before it. */
function callOf({ calls: id, study, learned }: Context): Extract<ImproverEmitted, { type: 'call' }> {
  const request = study?.request ?? { files: {}, tasks: [], repeats: 1 };
  if ('tries' in request) return { type: 'call', id, name: 'explore', arguments: request };
  if ('hidden' in request) return { type: 'call', id, name: 'mend', arguments: request };
  const files = { ...learned?.files, ...request.files };
  return { type: 'call', id, name: 'play', arguments: { ...request, files } };
}

const studies = ({ kind, study }: Context, one: Kind): boolean =>
  kind === one && study?.request !== undefined;

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
      begin: assign(({ context }) => begin(context, context.input.scope)),
      beginLearning: assign(({ context }) => ({
        ...begin(context, 'learning'),
        kept: context.study?.kept ?? {},
      })),
      ask: emit(({ context }) => callOf(context)),
      learn: assign(({ context, event }) => ({
        calls: context.calls + 1,
        episodesLeft: event.value.episodesLeft,
        study: context.study?.learn(
          event.value.trajectories,
          Math.max(0, event.value.episodesLeft - context.reserve),
        ),
      })),
      beginSkills: assign(({ context }) => beginSkills(context)),
      conclude: assign({ patch: ({ context }) => patchOf(context) }),
      write: emit(({ context }) => ({ type: 'patch' as const, ...(context.patch as Patch) })),
    },
    guards: {
      isStrange: ({ context }) => explorationOf(context).length > 0 && context.episodesLeft > 0,
      asksForMore: ({ context }) => context.study?.request !== undefined,
      hasPatch: ({ context }) => context.patch !== undefined,
      hasFound: ({ context }) => context.study?.patch() !== undefined,
      isPolicy: ({ context }) => studies(context, 'policy'),
      isSkills: ({ context }) => studies(context, 'skills'),
      isCosts: ({ context }) => studies(context, 'costs'),
      isLibrary: ({ context }) => studies(context, 'library'),
      isMending: ({ context }) => studies(context, 'mending'),
      isEdit: ({ context }) => studies(context, 'edit'),
      isRecombination: ({ context }) => studies(context, 'recombine'),
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
      kept: {},
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
          { guard: 'isLibrary', target: 'library' },
          { guard: 'isMending', target: 'mending' },
          { guard: 'isEdit', target: 'editing' },
          { guard: 'isRecombination', target: 'recombining' },
          { target: 'settling' },
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
      library: studying('solving', 'compressing'),
      mending: studying('mendingFaults', 'ordering'),
      editing: studying('mendingItself', 'judging', '#settling'),
      recombining: studying('borrowing', 'comparing', '#settling'),
      settling: {
        id: 'settling',
        always: [{ guard: 'hasFound', target: 'writing' }, { target: 'fallingBack' }],
      },
      fallingBack: {
        entry: 'beginLearning',
        always: [
          { guard: 'isPolicy', target: 'policy' },
          { guard: 'isSkills', target: 'skills' },
          { guard: 'isCosts', target: 'costs' },
          { guard: 'isLibrary', target: 'library' },
          { guard: 'isMending', target: 'mending' },
          { target: 'writing' },
        ],
      },
      writing: {
        id: 'writing',
        entry: 'conclude',
        always: [{ guard: 'hasPatch', target: 'done', actions: 'write' }, { target: 'done' }],
      },
      done: { type: 'final' },
    },
  }),
});
