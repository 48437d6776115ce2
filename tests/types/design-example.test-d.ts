// The design's example, as it stands there: no annotations, everything inferred. `npm run check` compiles this file;
// a `@ts-expect-error` that expects in vain is an error too.
import {
  defineEnvironment,
  defineTask,
  type ActionOf,
  type Compiler,
  type Environment,
  type ProgramSandbox,
  type Random,
  type TaskFamily,
} from 'lamarck';
import { expectTypeOf } from 'vitest';
import { z } from 'zod';

// prettier-ignore
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
      act: { add: ({ amount }) => { value += amount; }, submit: () => ({ done: true }) },
      evidence: () => ({ value }),
    };
  },
});

// prettier-ignore
export default defineTask({
  name: 'counter/reach', environment: counter,
  generate: ({ random, difficulty }) => { const goal = random.int(1, 10 * difficulty); return { instruction: `Reach ${goal}`, params: { goal } }; },
  verify: ({ evidence, params }) => evidence.value === params.goal,
  oracle: function* ({ observation }) { while (observation.value < observation.goal) observation = yield { add: { amount: Math.min(9, observation.goal - observation.value) } }; yield { submit: {} }; },
});

expectTypeOf<ActionOf<typeof counter.actions>>().toEqualTypeOf<
  { readonly add: { amount: number } } | { readonly submit: Record<string, never> }
>();
export const environments: Environment[] = [counter];

const { params, observation, actions, evidence } = counter;
const schemas = { name: 'counter', params, observation, actions, evidence };
const hooks = {
  observe: () => ({ value: 0, goal: 1 }),
  act: { add: () => {}, submit: () => {} },
  evidence: () => ({ value: 0 }),
};

// What an environment's author is handed.
defineEnvironment({
  ...schemas,
  open: (context) => {
    expectTypeOf(context.params).toEqualTypeOf<{ goal: number }>();
    expectTypeOf(context.random).toEqualTypeOf<Random>();
    return {
      ...hooks,
      act: {
        add: (add) => {
          expectTypeOf(add).toEqualTypeOf<{ amount: number }>();
        },
        submit: async (submit) => {
          expectTypeOf(submit).toEqualTypeOf<Record<string, never>>();
          return { progress: 1 };
        },
      },
    };
  },
});

// The sandboxes that it asks for, and no others.
defineEnvironment({
  ...schemas,
  sandboxes: ['programs', 'compiler'],
  open: ({ sandboxes: { programs, compiler } }) => {
    expectTypeOf(programs).toEqualTypeOf<ProgramSandbox>();
    expectTypeOf(compiler).toEqualTypeOf<Compiler>();
    return hooks;
  },
});

// What a task's author is handed.
const family = defineTask({
  name: 'counter/typed',
  environment: counter,
  generate: (context) => {
    expectTypeOf(context).toEqualTypeOf<{ random: Random; difficulty: number }>();
    return { instruction: '', params: { goal: 1 } };
  },
  verify: (context) => {
    expectTypeOf(context).toEqualTypeOf<{
      evidence: { value: number };
      params: { goal: number };
      instruction: string;
    }>();
    return 0.5;
  },
  oracle: function* (context) {
    expectTypeOf(context.params).toEqualTypeOf<{ goal: number }>();
    const next = yield { add: { amount: 1 } };
    expectTypeOf(next).toEqualTypeOf<{ value: number; goal: number }>();
  },
});
expectTypeOf(family).toEqualTypeOf<TaskFamily>();

// An oracle that does not look at what it is sent.
defineTask({
  ...withoutOracle(),
  oracle: function* () {
    yield { submit: {} };
  },
});

function withoutOracle() {
  return {
    name: 'counter/blind',
    environment: counter,
    generate: () => ({ instruction: '', params: { goal: 1 } }),
    verify: () => true,
  };
}

// What is refused, each for the reason that its line shows.
defineEnvironment({
  ...schemas,
  // @ts-expect-error the observation lacks its goal
  open: () => ({ ...hooks, observe: () => ({ value: 0 }) }),
});
defineEnvironment({
  ...schemas,
  // @ts-expect-error an action has no hook
  open: () => ({ ...hooks, act: { add: () => {} } }),
});
defineEnvironment({
  ...schemas,
  // @ts-expect-error evidence is not what its schema says
  open: () => ({ ...hooks, evidence: () => ({ value: 'nine' }) }),
});
defineEnvironment({
  ...schemas,
  // @ts-expect-error `total` is not a parameter
  open: ({ params: { total } }) => ({ ...hooks, observe: () => ({ value: 0, goal: total }) }),
});
defineEnvironment({
  ...schemas,
  // @ts-expect-error it does not ask for programs
  open: ({ sandboxes: { programs: _programs } }) => hooks,
});
defineTask({
  ...withoutOracle(),
  // @ts-expect-error parameters that the environment does not have
  generate: () => ({ instruction: '', params: { target: 1 } }),
  oracle: function* () {},
});
defineTask({
  ...withoutOracle(),
  // @ts-expect-error evidence has no goal
  verify: ({ evidence: { goal } }) => goal === 1,
  oracle: function* () {},
});
defineTask({
  ...withoutOracle(),
  // @ts-expect-error a judge says true, false or a share, not a text
  verify: () => 'yes',
  oracle: function* () {},
});
defineTask({
  ...withoutOracle(),
  // @ts-expect-error there is no action of this name
  oracle: function* () {
    yield { subtract: { amount: 1 } };
  },
});
defineTask({
  ...withoutOracle(),
  // @ts-expect-error the action's parameter is a number
  oracle: function* () {
    yield { add: { amount: 'one' } };
  },
});
