import { defineEnvironment, defineTask } from 'lamarck';
import { z } from 'zod';

export const counter = defineEnvironment({
  name: 'counter',
  params: z.object({ goal: z.number() }),
  observation: z.object({ value: z.number(), goal: z.number() }),
  actions: { add: z.object({ amount: z.number().int().min(-9).max(9) }), submit: z.object({}) },
  evidence: z.object({ value: z.number() }),
  open: ({ params }) => {
    let value = 0;
    return {
      observe: () => ({ value, goal: params.goal }),
      act: {
        add: ({ amount }) => {
          value += amount;
        },
        submit: () => ({ done: true }),
      },
      affordances: () => [
        { add: { amount: 1 } },
        { add: { amount: 5 } },
        { add: { amount: -1 } },
        { submit: {} },
      ],
      evidence: () => ({ value }),
    };
  },
});

export default defineTask({
  name: 'counter/reach',
  environment: counter,
  generate: ({ random, difficulty }) => {
    const goal = random.int(1, 10 * difficulty);
    return { instruction: `Reach ${goal}`, params: { goal } };
  },
  verify: ({ evidence, params }) => evidence.value === params.goal,
  oracle: function* ({ observation }) {
    while (observation.value < observation.goal) {
      observation = yield { add: { amount: Math.min(9, observation.goal - observation.value) } };
    }
    yield { submit: {} };
  },
});
