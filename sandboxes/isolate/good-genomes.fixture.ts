import type { GenomeFiles } from 'lamarck';

/** Answers at once: the smallest agent that works. */
export const PROMPT_AGENT: GenomeFiles = {
  'agent.ts': `
    import { emit, setup } from 'xstate';
    import { defineAgent, type AgentEmitted, type AgentEvent, type AgentInput } from 'lamarck/agent';
    export default defineAgent({
      machine: setup({
        types: { input: {} as AgentInput, events: {} as AgentEvent, emitted: {} as AgentEmitted },
      }).createMachine({
        initial: 'acting',
        states: { acting: { on: { observe: { actions: emit(({ event }) => ({ type: 'decision', action: { echo: { step: event.step } } })) } } } },
      }),
    });`,
};

/** Waits on a promise actor and on a delay before it decides; imports text, data and a module of its own. */
export const PATIENT_AGENT: GenomeFiles = {
  'agent.ts': `
    import { assign, emit, fromPromise, setup } from 'xstate';
    import { createRandom, defineAgent, type AgentInput } from 'lamarck/agent';
    import { think } from './skills/think.ts';
    import policy from './policy.json' with { type: 'json' };
    import prompt from './prompts/greeting.md';
    export default defineAgent({
      machine: setup({
        types: { input: {} as AgentInput, context: {} as { seed: string; thought: number } },
        actors: { think: fromPromise(async ({ input, signal }: { input: number; signal: { aborted: boolean } }) => { await null; return signal.aborted ? -1 : think(input); }) },
      }).createMachine({
        context: ({ input }) => ({ seed: input.seed, thought: 0 }),
        initial: 'waiting',
        states: {
          waiting: { on: { observe: 'thinking' } },
          thinking: {
            initial: 'inside',
            states: { inside: {} },
            invoke: { src: 'think', input: policy.weight, onDone: { target: 'resting', actions: assign({ thought: ({ event }) => event.output }) } },
          },
          resting: { after: { 60_000: 'deciding' } },
          deciding: {
            entry: emit(({ context }) => ({
              type: 'decision',
              action: { say: { thought: context.thought } },
              note: { prompt, chance: Math.random(), drawn: createRandom(context.seed).int(1, 100), now: Date.now(), date: new Date().toISOString() },
            })),
            always: 'waiting',
          },
        },
      }),
    });`,
  'skills/think.ts': `export function think(weight: number): number { let sum = 0; for (let i = 0; i < 10; i++) sum += weight; return sum; }`,
  'policy.json': '{ "weight": 4 }',
  'prompts/greeting.md': '# Hello',
};

/** Plays twice, then writes a child. */
export const PLAYING_IMPROVER: GenomeFiles = {
  'improve.ts': `
    import { emit, setup } from 'xstate';
    import { defineImprover } from 'lamarck/agent';
    const play = (id: number) => emit({ type: 'call', id, name: 'play', arguments: { files: {}, tasks: [], repeats: 1 } });
    export default defineImprover({
      machine: setup({}).createMachine({
        initial: 'playing',
        states: {
          playing: { entry: [play(1), play(2)], on: { reply: { guard: ({ event }) => event.id === 2, target: 'writing' } } },
          writing: { entry: emit({ type: 'patch', files: { 'skills/new.ts': 'export {};', 'old.ts': null }, kind: 'skills', rationale: 'because' }), always: 'finished' },
          finished: { type: 'final' },
        },
      }),
    });`,
};

/** An agent whose decision is made by \`body\`: statements of a function of \`event\` that return what is emitted. */
export function agentThat(body: string, top = ''): GenomeFiles {
  return {
    'agent.ts': `
      import { emit, setup } from 'xstate';
      import { defineAgent } from 'lamarck/agent';
      ${top}
      const decide = (event: any): any => { ${body} };
      export default defineAgent({
        machine: setup({}).createMachine({ on: { observe: { actions: emit(({ event }) => decide(event)) } } }),
      });`,
  };
}
