import { assign, fromPromise, setup } from 'xstate';
import { playRounds, type Round } from '../evaluation/index.ts';
import { gate } from './gate.ts';
import type { Genome } from '../genome/index.ts';
import { improve, type Improvement, type ImprovementRequest } from './improvement.ts';
import type { RunContext } from './run-context.ts';
import type { Member } from './population.ts';
import { FIRST_ROUNDS } from './spending.ts';

/** What making a child begins with. */
export interface ExpansionInput {
  /** Tells the move's tally of every episode. */
  readonly run: RunContext;
  readonly request: ImprovementRequest;
  /** Members that there were when it began: a child must be none of them. */
  readonly members: readonly Member[];
  readonly index: number;
  /** Says what is under way, for people. */
  tell(text: string): void;
}

/** What came of it: a child with its first rounds, or the reason why there is none. */
export interface Expansion {
  readonly improvement: Improvement;
  readonly child?: Genome;
  readonly rounds: readonly Round[];
  /** Rounds of the parent, which it has played by then. */
  readonly ofParent: readonly Round[];
  readonly refusal?: string;
}

interface ExpansionContext extends ExpansionInput {
  improvement?: Improvement;
  refusal?: string;
  rounds: readonly Round[];
  ofParent: readonly Round[];
  error?: unknown;
}

/** The making of one child: improving → gating → racing, or refused on the way. */
export const expansionMachine = setup({
  types: {
    context: {} as ExpansionContext,
    input: {} as ExpansionInput,
    output: {} as Expansion | { error: unknown },
  },
  actors: {
    improve: fromPromise(({ input }: { input: ExpansionContext }) => {
      input.tell(`${input.request.parent.id.slice(0, 8)} writes a child`);
      return improve(input.run, input.request);
    }),
    gate: fromPromise(({ input }: { input: ExpansionContext }) => {
      input.tell('the gate examines the child');
      return gate(input.run, required(input.improvement?.child), input.members, input.index);
    }),
    race: fromPromise(async ({ input }: { input: ExpansionContext }) => {
      const child = required(input.improvement?.child);
      input.tell(`${child.id.slice(0, 8)} races against its parent`);
      return {
        ofParent: await playRounds(input.run, input.request.parent, 0, FIRST_ROUNDS),
        rounds: await playRounds(input.run, child, 0, FIRST_ROUNDS),
      };
    }),
  },
  actions: {
    keepError: assign(({ event }) => ({ error: (event as unknown as { error: unknown }).error })),
  },
  guards: {
    hasChild: (_, { improvement }: { improvement: Improvement }) => improvement.child !== undefined,
    isRefused: (_, { refusal }: { refusal: string | undefined }) => refusal !== undefined,
  },
}).createMachine({
  id: 'expansion',
  context: ({ input }) => ({ ...input, rounds: [], ofParent: [] }),
  initial: 'improving',
  states: {
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
            target: 'refused',
            actions: assign(({ event }) => ({
              improvement: event.output,
              refusal: event.output.refusal ?? 'no child',
            })),
          },
        ],
        onError: 'failed',
      },
    },
    gating: {
      invoke: {
        src: 'gate',
        input: ({ context }) => context,
        onDone: [
          {
            guard: { type: 'isRefused', params: ({ event }) => ({ refusal: event.output }) },
            target: 'refused',
            actions: assign(({ event }) => ({ refusal: required(event.output) })),
          },
          { target: 'racing' },
        ],
        onError: 'failed',
      },
    },
    racing: {
      invoke: {
        src: 'race',
        input: ({ context }) => context,
        onDone: { target: 'raced', actions: assign(({ event }) => event.output) },
        onError: 'failed',
      },
    },
    raced: { type: 'final' },
    refused: { type: 'final' },
    failed: { type: 'final', entry: 'keepError' },
  },
  output: ({ context }) => {
    if (context.error !== undefined) return { error: context.error };
    const { rounds, ofParent, refusal } = context;
    const improvement = required(context.improvement);
    return refusal === undefined
      ? { improvement, child: required(improvement.child), rounds, ofParent }
      : { improvement, rounds, ofParent, refusal };
  },
});

function required<T>(value: T | undefined): T {
  if (value === undefined)
    throw new Error('A child came to a state without what the state before it provides.');
  return value;
}
