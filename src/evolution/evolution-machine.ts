import { assign, fromPromise, setup } from 'xstate';
import { seal, type Sealed } from '../evaluation/index.ts';
import { calibrate } from './calibrating.ts';
import { explore, type Population } from './exploring.ts';
import { confirm } from './confirming.ts';
import type { Genome } from '../genome/index.ts';
import { EVENT_VERSION, type Phase } from '../protocol/index.ts';
import { learnAlone } from './learning-line.ts';
import { recordEvent, type RunContext } from './run-context.ts';
import type { Member } from './population.ts';

/** What the run knows at any moment. */
interface EvolutionContext {
  run: RunContext;
  seed?: Member;
  population?: Population;
  learner?: Genome;
  champion?: Genome;
  sealed?: Sealed;
  error?: unknown;
}

export interface EvolutionOutput {
  readonly champion: Genome;
  readonly sealed: Sealed;
}

/** A phase that the record knows of before anything is done in it. */
function phase<Output>(name: Phase, work: (context: EvolutionContext) => Promise<Output>) {
  return fromPromise(async ({ input }: { input: EvolutionContext }) => {
    await beginPhase(input.run, name);
    return work(input);
  });
}

export async function beginPhase(run: RunContext, name: Phase): Promise<void> {
  const budget = run.budget.episodes;
  await recordEvent(run, { type: 'phase-start', version: EVENT_VERSION, phase: name, budget });
}

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
    calibrate: phase('calibrating', ({ run }) => calibrate(run)),
    explore: phase('exploring', ({ run, seed }) => exploreBoth(run, required(seed))),
    confirm: phase('confirming', async ({ run, population }) => {
      const { champion } = await confirm(run, required(population).members);
      return champion.genome;
    }),
    seal: phase('sealing', ({ run, champion, learner }) =>
      sealRun(run, required(champion), required(learner)),
    ),
  },
  actions: {
    keepError: assign(({ event }) => ({ error: (event as unknown as { error: unknown }).error })),
  },
}).createMachine({
  id: 'evolution',
  context: ({ input }) => ({ run: input.run }),
  initial: 'calibrating',
  states: {
    calibrating: {
      invoke: {
        src: 'calibrate',
        input: ({ context }) => context,
        onDone: { target: 'exploring', actions: assign(({ event }) => ({ seed: event.output })) },
        onError: 'failed',
      },
    },
    exploring: {
      invoke: {
        src: 'explore',
        input: ({ context }) => context,
        onDone: { target: 'confirming', actions: assign(({ event }) => event.output) },
        onError: 'failed',
      },
    },
    confirming: {
      invoke: {
        src: 'confirm',
        input: ({ context }) => context,
        onDone: { target: 'sealing', actions: assign(({ event }) => ({ champion: event.output })) },
        onError: 'failed',
      },
    },
    sealing: {
      invoke: {
        src: 'seal',
        input: ({ context }) => context,
        onDone: { target: 'reporting', actions: assign(({ event }) => ({ sealed: event.output })) },
        onError: 'failed',
      },
    },
    reporting: { type: 'final' },
    failed: { type: 'final', entry: 'keepError' },
  },
  output: ({ context }) =>
    context.error === undefined
      ? {
          champion: required(context.champion),
          sealed: required(context.sealed),
        }
      : { error: context.error },
});

/**
 * Explores with the archive and with the arm that only learns at once, each with its own budget; where one fails, the
 * other ends what is under way.
 */
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

async function sealRun(run: RunContext, champion: Genome, learner: Genome): Promise<Sealed> {
  const onArm = (text: string): void => run.tell({ type: 'activity', text });
  const sealed = await seal({ ...run, onArm }, champion, learner);
  const { slice, all, suites, unseenFamilies } = sealed;
  await recordEvent(run, {
    type: 'sealed-scores',
    version: EVENT_VERSION,
    slice,
    all,
    suites,
    unseenFamilies,
  });
  return sealed;
}

function required<T>(value: T | undefined): T {
  if (value === undefined)
    throw new Error('The run came to a state without what the state before it provides.');
  return value;
}
