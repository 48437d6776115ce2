import type { createGuest, GuestOptions } from './guest-runtime.ts';

type Start = (genome: Parameters<typeof createGuest>[1], options: string) => ReturnType<typeof createGuest>;
type Genome = Parameters<typeof createGuest>[1];

/** Calls in one delivery of the rehearsal, which no machine of it comes near. */
const MOST_CALLS = 100;

/** Goes once through what guests commonly do with XState and `lamarck/agent`. */
export function rehearseGuest(prelude: unknown, genome: Genome = rehearsedGenome): string[] {
  const options: GuestOptions = {
    kind: 'agent',
    purpose: 'run',
    seed: 'rehearsal',
    fuel: 1_000_000,
    messageCharacters: 10_000,
  };
  const turn = (prelude as Start)(genome, JSON.stringify(options));
  const messages = [{ instruction: '', maxSteps: 1, seed: '' }, ...[0, 1].map(observe)];
  return messages.map((message) => {
    let text = turn(JSON.stringify(message));
    for (let calls = 0; text === '' && calls < MOST_CALLS; calls++) text = turn();
    return text;
  });
}

const observe = (step: number): object => ({ type: 'observe', step, observation: {} });

const rehearsedGenome: Genome = (_tick, require) => {
  const { assign, emit, setup } = require('xstate') as typeof import('xstate');
  const { createRandom, defineAgent } = require('lamarck/agent') as typeof import('lamarck/agent');
  const random = createRandom('rehearsal');
  const machine = setup({
    types: { context: {} as { seen: number }, events: {} as { type: 'observe'; step: number } },
    guards: { isFirst: ({ event }) => event.step === 0 },
    delays: { soon: 10 },
  }).createMachine({
    context: () => ({ seen: random.int(0, 1) }),
    initial: 'looking',
    states: {
      looking: {
        on: {
          observe: [
            {
              guard: 'isFirst',
              target: 'thinking',
              actions: assign({ seen: ({ context }) => context.seen + 1 }),
            },
            { target: 'acting' },
          ],
        },
      },
      thinking: { after: { soon: 'acting' } },
      acting: {
        entry: emit(({ context }) => ({
          type: 'decision',
          action: { act: { seen: context.seen } },
          note: {},
        })),
        always: 'looking',
      },
    },
  });
  return { default: defineAgent({ machine: machine as never }) };
};
