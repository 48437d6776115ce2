import { assign, fromPromise, setup } from 'xstate';
import type { Interval } from '../evaluation/index.ts';
import type { Improvement } from './improvement.ts';
import type { Night } from './night.ts';
import {
  admitted,
  calibrateSeed,
  confirmChampion,
  gateChild,
  improveParent,
  parentOf,
  raceChild,
  refused,
  refusedInARow,
  required,
  type EvolutionContext,
} from './night-steps.ts';
import type { Member, Refusal } from './population.ts';
import { seal, type Sealed } from './sealing.ts';
import { episodesForImprovement, SMALLEST_IMPROVEMENT } from './spending.ts';

/** Improvements in a row without a child, after which exploring ends: they may cost no episode, and so never end by themselves. */
const FRUITLESS = 8;

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
      episodesForImprovement(context.night) >=
        Math.min(SMALLEST_IMPROVEMENT, context.night.budget.improvement) &&
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
                  refused(context, event.output, event.output.refusal ?? 'no child'),
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
                  refused(context, required(context.improvement), event.output ?? ''),
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
              actions: assign(({ context, event }) => admitted(context, event.output)),
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
