import { defineConfig, defineEnvironment, defineTask } from 'lamarck';
import { z } from 'zod';

const counter = defineEnvironment({
  name: 'counter',
  params: z.object({ goal: z.number() }),
  observation: z.object({ value: z.number(), goal: z.number() }),
  actions: { add: z.object({ amount: z.number().int() }) },
  evidence: z.object({ value: z.number() }),
  open: ({ params }) => {
    let value = 0;
    return {
      observe: () => ({ value, goal: params.goal }),
      act: {
        add: ({ amount }) => {
          value += amount;
        },
      },
      evidence: () => ({ value }),
    };
  },
});

export default defineConfig({
  suites: {
    counters: [
      defineTask({
        name: 'counter/count',
        environment: counter,
        maxSteps: 1_000_000,
        generate: () => ({ instruction: 'Count.', params: { goal: 1_000_000 } }),
        verify: ({ evidence, params }) => evidence.value === params.goal,
      }),
    ],
  },
});
