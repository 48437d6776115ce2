import { assign, fromPromise, setup } from 'xstate';
import { seal, type Sealed } from '../evaluation/index.ts';
import { calibrate } from './calibrating.ts';
import { explore, type Population } from './exploring.ts';
import { confirm, type Confirmation } from './confirming.ts';
import type { Genome } from '../genome/index.ts';
import { learnAlone } from './learning-line.ts';
import type { RunContext } from './run-context.ts';
import type { Member } from './population.ts';

/** What the run knows at any moment. */
interface EvolutionContext {
  run: RunContext;
  seed?: Member;
  population?: Population;
  learner?: Genome;
  confirmation?: Confirmation;
  sealed?: Sealed;
  error?: unknown;
}

export interface EvolutionOutput extends Population {
  readonly confirmation: Confirmation;
  /** Where the learner-only arm came to. */
  readonly learner: Genome;
  readonly sealed: Sealed;
}

type Phase = 'calibrating' | 'exploring' | 'confirming' | 'sealing' | 'reporting';

/**
 * The run: calibrating → exploring (the archive beside the learner-only arm) → confirming → sealing → reporting.
 * Every decision is a function of seed, budget and remembered episodes, so running it again with the record of an
 * interrupted run brings it to the same place, and then on. How a child is made is the chart in expansion-machine.ts.
 */
export const evolutionMachine = setup({
  types: {
    context: {} as EvolutionContext,
    input: {} as { run: RunContext },
    output: {} as { error: unknown } | EvolutionOutput,
  },
  actors: {
    calibrate: fromPromise(({ input }: { input: EvolutionContext }) => calibrate(input.run)),
    explore: fromPromise(({ input }: { input: EvolutionContext }) =>
      exploreBoth(input.run, required(input.seed)),
    ),
    confirm: fromPromise(({ input }: { input: EvolutionContext }) =>
      confirm(input.run, required(input.population).members),
    ),
    seal: fromPromise(({ input }: { input: EvolutionContext }) =>
      seal(
        { ...input.run, onArm: (text) => input.run.tell({ type: 'activity', text }) },
        required(input.confirmation).champion.genome,
        required(input.learner),
      ),
    ),
  },
  actions: {
    tellPhase: ({ context }, { phase }: { phase: Phase }) => context.run.tell({ type: 'phase', phase }),
    keepError: assign(({ event }) => ({ error: (event as unknown as { error: unknown }).error })),
  },
}).createMachine({
  id: 'evolution',
  context: ({ input }) => ({ run: input.run }),
  initial: 'calibrating',
  states: {
    calibrating: {
      entry: { type: 'tellPhase', params: { phase: 'calibrating' } },
      invoke: {
        src: 'calibrate',
        input: ({ context }) => context,
        onDone: { target: 'exploring', actions: assign(({ event }) => ({ seed: event.output })) },
        onError: 'failed',
      },
    },
    exploring: {
      entry: { type: 'tellPhase', params: { phase: 'exploring' } },
      invoke: {
        src: 'explore',
        input: ({ context }) => context,
        onDone: { target: 'confirming', actions: assign(({ event }) => event.output) },
        onError: 'failed',
      },
    },
    confirming: {
      entry: { type: 'tellPhase', params: { phase: 'confirming' } },
      invoke: {
        src: 'confirm',
        input: ({ context }) => context,
        onDone: { target: 'sealing', actions: assign(({ event }) => ({ confirmation: event.output })) },
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
          ...required(context.population),
          learner: required(context.learner),
          confirmation: required(context.confirmation),
          sealed: required(context.sealed),
        }
      : { error: context.error },
});

/** Both arms at once, each with its own budget; where one fails, the other ends what is under way. */
async function exploreBoth(
  run: RunContext,
  seed: Member,
): Promise<{ population: Population; learner: Genome }> {
  let failure: { error: unknown } | undefined;
  const halting = async <T>(arm: Promise<T>): Promise<T> => {
    try {
      return await arm;
    } catch (error) {
      failure ??= { error };
      run.halt(error);
      throw error;
    }
  };
  const [population, learner] = await Promise.allSettled([
    halting(explore(run, seed)),
    halting(learnAlone(run)),
  ]);
  if (failure) throw failure.error;
  return {
    population: (population as PromiseFulfilledResult<Population>).value,
    learner: (learner as PromiseFulfilledResult<Genome>).value,
  };
}

function required<T>(value: T | undefined): T {
  if (value === undefined)
    throw new Error('The run came to a state without what the state before it provides.');
  return value;
}
