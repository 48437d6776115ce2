import { z } from 'zod';
import type {
  ActionOf,
  ActionSchemas,
  Environment,
  MaybePromise,
  Performance,
} from '../environment/index.ts';
import { LamarckError, unknownMembers, type Random } from '../protocol/index.ts';
import { FamilyNameSchema } from './family-name.ts';
import { generatorOf, instanceSeeds, type GeneratedTask } from './instances.ts';
import type { Judgement } from './verdict.ts';

export interface TaskDefinition<
  Params extends z.ZodType,
  Observation extends z.ZodType,
  Actions extends ActionSchemas,
  Evidence extends z.ZodType,
> {
  /** `suite/family`, e.g. `web/sign-in`. */
  name: string;
  environment: Environment<Params, Observation, Actions, Evidence>;
  /** One line for people. */
  description?: string;
  /** Difficulties run from 1 to this; default 3. */
  difficulties?: number;
  /** Actions in an episode before `step-limit`; default 20. */
  maxSteps?: number;
  /** Wall time of an episode in ms, a backstop that hooks and `verify` are held to as well, and in checks `generate` and each step of an oracle; default 30,000, at most a day. */
  timeLimit?: number;
  /** Pure: all randomness from `random`. */
  generate?(context: { random: Random; difficulty: number }): GeneratedTask<z.input<Params>>;
  /** Where nothing is generated: tasks as they are, at least three. Each is played in one split only. */
  instances?: readonly GeneratedTask<z.input<Params>>[];
  /** The judge: true or false, a share in [0, 1], or a rubric. Only what the environment states as evidence counts. */
  verify(context: {
    evidence: z.output<Evidence>;
    params: z.output<Params>;
    instruction: string;
  }): MaybePromise<Judgement>;
  /** What reports tell beside the reward, by its name; learning does not see it. */
  measures?: Readonly<
    Record<
      string,
      (context: {
        evidence: z.output<Evidence>;
        params: z.output<Params>;
        instruction: string;
      }) => MaybePromise<Judgement>
    >
  >;
  /**
   * Files and folders that its tasks or its verifier read besides modules, absolute or relative to the working folder. A run whose
   * files have changed refuses to resume.
   */
  files?: readonly string[];
  /** The reference solution: yields actions, gets observations. Without one, checks can say less. */
  oracle?(context: {
    observation: z.output<Observation>;
    params: z.output<Params>;
    instruction: string;
    // The same as z.output<Observation>, which TypeScript leaves unresolved where an oracle does not use what it is sent.
  }): Generator<ActionOf<Actions>, void, Observation['_zod']['output']>;
}

/** A generator of tasks with its judge and its reference solution. Made by {@link defineTask}. */
export interface TaskFamily extends Required<
  Omit<
    TaskDefinition<z.ZodType, z.ZodType, ActionSchemas, z.ZodType>,
    'generate' | 'instances' | 'verify' | 'measures' | 'oracle' | 'environment'
  >
> {
  readonly environment: Environment;
  generate(context: { random: Random; difficulty: number; seed: number }): GeneratedTask<unknown>;
  verify(context: { evidence: unknown; params: unknown; instruction: string }): MaybePromise<Judgement>;
  readonly measures: Readonly<Record<string, TaskFamily['verify']>>;
  readonly oracle?: Oracle;
  /** Why there is none, where this only stands in its place. */
  readonly broken?: LamarckError;
  /** A seed of each fixed instance; undefined where tasks are generated. */
  readonly instanceSeeds?: readonly number[];
}

/** A reference solution: actions, or a performance on the world from which they are recorded first. */
export interface Oracle {
  (context: {
    observation: unknown;
    params: unknown;
    instruction: string;
  }): Generator<unknown, void, unknown>;
  readonly demonstrate?: Performance;
}

const func = z.custom<(...values: never[]) => unknown>(
  (value) => typeof value === 'function',
  'is not a function',
);
const DAY = 86_400_000;
const shape = {
  name: FamilyNameSchema,
  environment: z.custom<Environment>(
    isEnvironment,
    'is not an environment: make it with defineEnvironment()',
  ),
  description: z.string().optional(),
  difficulties: z.number().int().min(1).max(100).optional(),
  maxSteps: z.number().int().min(1).optional(),
  timeLimit: z.number().min(1).max(DAY).optional(),
  generate: func.optional(),
  instances: z.array(z.object({ instruction: z.string() })).optional(),
  verify: func,
  measures: z.record(z.string(), func).optional(),
  files: z.array(z.string().min(1)).optional(),
  oracle: func.optional(),
  // A family that is defined anew with something changed brings it along.
  instanceSeeds: z.array(z.number()).optional(),
};
const DefinitionSchema = z.strictObject(shape, { error: unknownMembers(Object.keys(shape)) });

function isEnvironment(value: unknown): boolean {
  const { open, params, observation, actions, evidence } = (value ?? {}) as Partial<Environment>;
  const areSchemas = [params, observation, evidence].every(
    (schema) => typeof schema === 'object' && '_zod' in schema,
  );
  return typeof open === 'function' && typeof actions === 'object' && areSchemas;
}

/**
 * Defines a task family. All types are inferred from the environment. Its tasks are generated, or are fixed instances.
 *
 * @throws LamarckError `LAMARCK_FAMILY_INVALID` where something is missing or of another kind, or where there
 *   is neither `generate` nor `instances`, or both; `LAMARCK_INSTANCES_FEW`
 *
 * @example
 * export default defineTask({
 *   name: 'counter/reach',
 *   environment: counter,
 *   generate: ({ random, difficulty }) => {
 *     const goal = random.int(1, 10 * difficulty);
 *     return { instruction: `Reach ${goal}`, params: { goal } };
 *   },
 *   verify: ({ evidence, params }) => evidence.value === params.goal,
 *   oracle: function* ({ observation }) {
 *     while (observation.value < observation.goal) observation = yield { add: { amount: 1 } };
 *     yield { submit: {} };
 *   },
 * });
 */
export function defineTask<
  Params extends z.ZodType,
  Observation extends z.ZodType,
  Actions extends ActionSchemas,
  Evidence extends z.ZodType,
>(definition: TaskDefinition<Params, Observation, Actions, Evidence>): TaskFamily {
  const checked = DefinitionSchema.safeParse(definition);
  if (!checked.success) {
    throw new LamarckError({
      code: 'LAMARCK_FAMILY_INVALID',
      boundary: 'task',
      message: `The task family ${JSON.stringify(String(definition.name))} is not valid:\n${z.prettifyError(checked.error)}`,
      remedy: 'Correct the members that are named in the message.',
    });
  }
  const { instances, ...rest } = definition;
  if ((instances === undefined) === (rest.generate === undefined)) {
    throw new LamarckError({
      code: 'LAMARCK_FAMILY_INVALID',
      boundary: 'task',
      message: `"${definition.name}" has ${instances ? 'both generate() and instances' : 'neither generate() nor instances'}.`,
      remedy: 'Give it one of them.',
    });
  }
  return {
    description: '',
    difficulties: instances ? 1 : 3,
    maxSteps: 20,
    timeLimit: 30_000,
    measures: {},
    files: [],
    ...rest,
    ...(instances && {
      generate: generatorOf(rest.name, instances),
      instanceSeeds: instanceSeeds(instances.length),
    }),
  } as unknown as TaskFamily;
}
