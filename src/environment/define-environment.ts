import { z } from 'zod';
import { LamarckError, unknownMembers, type Json, type Random } from '../protocol/index.ts';
import { SANDBOX_NAMES, type SandboxName, type Sandboxes } from '../sandbox/index.ts';

export type MaybePromise<T> = T | Promise<T>;

/** An action's parameters by its name: `{ add: z.object({ amount: z.number() }) }`. */
export type ActionSchemas = Record<string, z.ZodType>;

/** An action as it travels: one name, its parameters: `{ add: { amount: 3 } }`. */
export type ActionOf<Actions extends ActionSchemas> = {
  [Name in keyof Actions]: { [Key in Name]: z.input<Actions[Name]> };
}[keyof Actions];

/** What came of an action. A rejected action is an `error`, never an exception. `progress` is for readers; it never enters a reward. */
export interface Feedback {
  error?: string;
  progress?: number;
  /** The environment has come to its end. */
  done?: boolean;
}

/**
 * `seeded`: same seed, same observations (`replay --verify` holds). `reset`: a hook restores a known state.
 * `none`: neither.
 */
export type Repeatability = 'seeded' | 'reset' | 'none';

export interface OpenContext<Params, Needs extends SandboxName = SandboxName> {
  params: Params;
  /** What the agent was told to do. */
  instruction: string;
  /** For randomness inside the world; a function of the task's seed only. */
  random: Random;
  /** Aborted when the episode is cut off, and when its session is closed: work that is still under way has to end. */
  signal: AbortSignal;
  /** The sandboxes that the environment asks for. */
  sandboxes: Pick<Sandboxes, Needs>;
  /** Absent where a world is opened by itself. */
  preparing?: Preparing;
}

/** Makes the clock of an episode stand still, and go on. */
export type HoldClock = (isHeld: boolean) => void;

/** What a world may need before it opens. */
export interface Preparing {
  /** Waits for what is no work of the episode, such as the start of a server: it does not count against its time limit. */
  uncounted<T>(work: () => Promise<T>): Promise<T>;
  /** Calls a hook that is told by its name where it fails, or does not come to its end in time. */
  hook<T>(name: string, run: () => MaybePromise<T>): Promise<T>;
}

/** Does one kind of action. (Written as a method's type, so that an environment of any actions is an Environment.) */
type ActionHandler<Parameters> = { handle(parameters: Parameters): MaybePromise<Feedback | void> }['handle'];

/** A way through a world that was found by exploring it. */
export interface Playout<Action = Json, Evidence = Json> {
  readonly actions: readonly Action[];
  /** What the verifier would judge at its end. */
  readonly evidence: Evidence;
}

/**
 * Acts on a world by other means than its actions, as a person at a page or a script of Playwright's does.
 *
 * @param stage the object through which it acts on the world; each environment documents its own, for instance a
 * Playwright page
 * @returns what it answers, where something was asked
 */
export type Performance<Stage = unknown> = { perform(stage: Stage): MaybePromise<string | void> }['perform'];

/** How actions are written down to be done again in another session, where what an observation calls things may differ. */
export interface ActionNotation<Observation> {
  write(action: Json, observation: Observation): Json;
  /** @throws Error with a sentence where there is nothing of what it names. */
  read(written: Json, observation: Observation): Json;
}

/** The hooks of one live instance, as authors write them: each may be async. */
export interface SessionHooks<Observation, Actions extends ActionSchemas, Evidence> {
  observe(): MaybePromise<Observation>;
  act: { [Name in keyof Actions]: ActionHandler<z.output<Actions[Name]>> };
  /**
   * The concrete actions that are possible right now; lets agents without a language model act.
   *
   * @param seen what `observe()` has just given, as its schema reads it
   */
  affordances?(seen: Observation): MaybePromise<readonly ActionOf<Actions>[]>;
  evidence(): MaybePromise<Evidence>;
  /**
   * What the agent reached for in this session that no task needs (what judges it, the host, the clock), in a word each. Asked
   * after the evidence; where there is any, the reward is 0.
   */
  tampering?(): MaybePromise<readonly string[]>;
  /** What is asked, where only the world knows it: stands in place of the task's instruction. Asked once, at the start. */
  instruction?(): MaybePromise<string>;
  /**
   * Searches the world from its start by cheaper means than acting in it: `tries` playouts of at most `steps` actions. What it
   * finds is tried again by acting before it counts for anything; `isWin` may be asked when to stop, and nothing else may
   * depend on it. Afterwards the session is only closed.
   */
  explore?(search: {
    tries: number;
    steps: number;
    random: Random;
    isWin?: ((evidence: Evidence) => Promise<boolean>) | undefined;
  }): MaybePromise<readonly Playout<ActionOf<Actions>, Evidence>[]>;
  /**
   * Lets somebody perform on this world, and tells what they did: actions as the environment's notation writes them. The
   * state they left is that of the session.
   */
  demonstrate?(perform: Performance): MaybePromise<readonly Json[]>;
  close?(): MaybePromise<void>;
}

export interface EnvironmentDefinition<
  Params extends z.ZodType,
  Observation extends z.ZodType,
  Actions extends ActionSchemas,
  Evidence extends z.ZodType,
  Needs extends SandboxName = SandboxName,
> {
  name: string;
  /** One line for people. */
  description?: string;
  params: Params;
  observation: Observation;
  actions: Actions;
  evidence: Evidence;
  /**
   * Members of the evidence that a part of the world tells of itself which agents act on, and which: `{ state: "the page's own script" }`.
   * `tasks check` names families whose verdicts hang on one such witness.
   */
  testimony?: Readonly<Record<string, string>>;
  /** Default `seeded`. */
  repeatability?: Repeatability;
  /** Whether sessions of the environment would disturb each other, so that a run opens one at a time. Default false. */
  exclusive?: boolean;
  /** What its sessions use of what Lamarck isolates: `['programs']`. Default: nothing. */
  sandboxes?: readonly Needs[];
  /** Default: actions are written as they are. */
  notation?: ActionNotation<z.output<Observation>>;
  /** Throws where a task may not even be told of, before anything prints or records it. */
  assertTask?(task: {
    readonly family: string;
    readonly instruction: string;
    readonly params: unknown;
  }): void;
  /**
   * Asked before anything is played in it: throws a LamarckError with its remedy where what it needs of its surroundings, such as
   * a password, is not there. Default: it needs nothing.
   */
  assertReady?(): void;
  open(
    context: OpenContext<z.output<Params>, Needs>,
  ): MaybePromise<SessionHooks<z.output<Observation>, Actions, z.output<Evidence>>>;
}

/** A kind of world. Made by {@link defineEnvironment}. */
export interface Environment<
  Params extends z.ZodType = z.ZodType,
  Observation extends z.ZodType = z.ZodType,
  Actions extends ActionSchemas = ActionSchemas,
  Evidence extends z.ZodType = z.ZodType,
> extends Required<Omit<EnvironmentDefinition<Params, Observation, Actions, Evidence>, 'open'>> {
  // A method, so that an environment of any parameters is an Environment.
  open(
    context: OpenContext<z.output<Params>>,
  ): MaybePromise<SessionHooks<z.output<Observation>, Actions, z.output<Evidence>>>;
}

const asTheyAre: ActionNotation<unknown> = { write: (action) => action, read: (written) => written };

const schema = z.custom<z.ZodType>(
  (value) => typeof value === 'object' && value !== null && '_zod' in value,
  'is not a schema: write it with zod',
);
const func = z.custom<unknown>((value) => typeof value === 'function', 'is not a function');
const shape = {
  name: z.string().min(1),
  description: z.string().optional(),
  params: schema,
  observation: schema,
  actions: z
    .record(z.string(), schema)
    .refine((actions) => Object.keys(actions).length > 0, 'name at least one'),
  evidence: schema,
  testimony: z.record(z.string(), z.string()).optional(),
  repeatability: z.enum(['seeded', 'reset', 'none']).optional(),
  exclusive: z.boolean().optional(),
  sandboxes: z.array(z.enum(SANDBOX_NAMES)).optional(),
  notation: z.object({ write: func, read: func }).optional(),
  assertTask: func.optional(),
  assertReady: func.optional(),
  open: func,
};
const DefinitionSchema = z.strictObject(shape, { error: unknownMembers(Object.keys(shape)) });

/**
 * Defines a kind of world. All types are inferred from the schemas.
 *
 * @throws LamarckError `LAMARCK_ENVIRONMENT_INVALID` where an action has a name that every object answers to (`constructor`).
 *
 * @example
 * const counter = defineEnvironment({
 *   name: 'counter',
 *   params: z.object({ goal: z.number() }),
 *   observation: z.object({ value: z.number(), goal: z.number() }),
 *   actions: { add: z.object({ amount: z.number().int() }), submit: z.object({}) },
 *   evidence: z.object({ value: z.number() }),
 *   open: ({ params }) => {
 *     let value = 0;
 *     return {
 *       observe: () => ({ value, goal: params.goal }),
 *       act: { add: ({ amount }) => { value += amount; }, submit: () => ({ done: true }) },
 *       evidence: () => ({ value }),
 *     };
 *   },
 * });
 */
export function defineEnvironment<
  Params extends z.ZodType,
  Observation extends z.ZodType,
  const Actions extends ActionSchemas,
  Evidence extends z.ZodType,
  const Needs extends SandboxName = never,
>(
  definition: EnvironmentDefinition<Params, Observation, Actions, Evidence, Needs>,
): Environment<Params, Observation, Actions, Evidence> {
  const checked = DefinitionSchema.safeParse(definition);
  if (!checked.success) {
    throw new LamarckError({
      code: 'LAMARCK_ENVIRONMENT_INVALID',
      boundary: 'user',
      message: `The environment ${JSON.stringify(String(definition.name))} is not valid:\n${z.prettifyError(checked.error)}`,
      remedy: 'Correct the members that are named in the message.',
    });
  }
  const inherited = Object.keys(definition.actions).find((name) => name in Object.prototype);
  if (inherited !== undefined) {
    throw new LamarckError({
      code: 'LAMARCK_ENVIRONMENT_INVALID',
      boundary: 'user',
      message: `The environment "${definition.name}" has an action "${inherited}": every object answers to that name.`,
      remedy: 'Give the action another name.',
    });
  }
  return {
    description: '',
    repeatability: 'seeded',
    exclusive: false,
    sandboxes: [],
    testimony: {},
    notation: asTheyAre,
    assertTask: () => undefined,
    assertReady: () => {},
    ...definition,
  };
}
