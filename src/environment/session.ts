import { stripVTControlCharacters } from 'node:util';
import { z } from 'zod';
import { guardedBy, jsonExcess, LamarckError, messageOf, type Json, type Random } from '../protocol/index.ts';
import { settleWithin } from '../host/index.ts';
import type { SandboxName, Sandboxes } from '../sandbox/index.ts';
import type {
  Environment,
  Feedback,
  HoldClock,
  OpenContext,
  Performance,
  Preparing,
  Playout,
} from './define-environment.ts';

/** Characters of the sentence that rejects an action: whoever acts reads it, and so do people. */
const MOST_REJECTED = 1_000;

/** What closing may take in ms, where hooks are limited: nothing is owed to anyone any more. */
const CLOSE_LIMIT = 10_000;

/** The reason of every session's end. Made once, because making one captures a stack: some 30 µs. */
const CLOSED = new DOMException('The session was closed.', 'AbortError');

/** Asked of a world that explores itself; `isWin` ends the search. */
interface Search {
  readonly tries: number;
  readonly steps: number;
  readonly random: Random;
  readonly isWin?: (evidence: Json) => Promise<boolean>;
}

type SessionContext = Omit<OpenContext<unknown>, 'preparing' | 'sandboxes'> & {
  /** The sandboxes of this world: one that the environment asks for and that is not among them fails when it is used. */
  sandboxes: Partial<Sandboxes>;
  /**
   * What each hook may take, but those that explore or demonstrate, and `open`, which may have to wait for a page that others
   * use; without end where it is left out.
   */
  hookMilliseconds?: number;
  /** The same for a hook that `open` calls. */
  preparationMilliseconds?: number;
  /** Of the clock that opening is measured by. */
  hold?: HoldClock | undefined;
};

/** One live instance of an environment, with every border checked by its schemas. */
export interface Session {
  observe(): Promise<Json>;
  act(action: unknown): Promise<Feedback>;
  /** @param seen what has just been observed; without it, the world is observed for this. */
  affordances(seen?: Json): Promise<readonly Json[] | undefined>;
  evidence(): Promise<Json>;
  tampering(): Promise<readonly string[]>;
  /** Undefined where the task's own holds. */
  instruction(): Promise<string | undefined>;
  /** Undefined where the environment has no such hook. */
  explore(search: Search): Promise<readonly Playout[] | undefined>;
  /**
   * @throws LamarckError `LAMARCK_DEMONSTRATION_MISSING` where nothing but actions does anything in this world, and
   *   `LAMARCK_DEMONSTRATION_FAILED` where it is the performance that fails, not the world.
   */
  demonstrate(perform: Performance): Promise<readonly Json[]>;
  close(): Promise<void>;
}

/**
 * Opens a session. An action that its schema refuses, or whose hook throws a `LAMARCK_ACTION_REJECTED`, comes back
 * as feedback with an `error`; any other exception is a fault of the environment and passes through as such.
 *
 * @throws LamarckError `LAMARCK_PARAMS_INVALID` where the parameters do not fit the environment's schema.
 */
export async function openSession(
  environment: Environment,
  { hookMilliseconds, preparationMilliseconds, hold, sandboxes: given, ...context }: SessionContext,
): Promise<Session> {
  const closing = new AbortController();
  const signal = AbortSignal.any([context.signal, closing.signal]);
  const params = environment.params.safeParse(context.params);
  if (!params.success) {
    throw new LamarckError({
      code: 'LAMARCK_PARAMS_INVALID',
      boundary: 'task',
      message: `A task's parameters do not fit the environment "${environment.name}": ${z.prettifyError(params.error)}`,
      remedy: 'Make the task generate parameters that the environment accepts.',
    });
  }
  const { name: environmentName } = environment;
  const blame = <T>(hook: string, run: () => T | Promise<T>, milliseconds = hookMilliseconds): Promise<T> =>
    blameEnvironment(environmentName, hook, () =>
      milliseconds === undefined
        ? run()
        : settleWithin(
            {
              what: `${hook}() of the environment "${environmentName}"`,
              milliseconds,
              boundary: 'environment',
            },
            run,
          ),
    );
  const sandboxes = new Granted(environment, given);
  const preparing: Preparing = {
    uncounted: async (work) => {
      hold?.(true);
      try {
        return await work();
      } finally {
        hold?.(false);
      }
    },
    // What never ends must not keep what was leased for it once nobody waits for it.
    hook: (hook, run) =>
      blame(hook, () => guardedBy(signal)(Promise.resolve(run())), preparationMilliseconds),
  };
  const hooks = await blameEnvironment(environmentName, 'open', async () => {
    const opened = await environment.open({ ...context, sandboxes, signal, preparing, params: params.data });
    assertHooks(environment, opened);
    return opened;
  }).catch((error: unknown) => {
    closing.abort(CLOSED);
    throw error;
  });
  const observe = (): Promise<Json> =>
    blame('observe', async () => fitting(environment, 'observation', await hooks.observe()));
  return {
    observe,
    affordances: async (seen) => {
      if (!hooks.affordances) return undefined;
      const observation = seen ?? (await observe());
      return blame(
        'affordances',
        async () => (await hooks.affordances?.(observation)) as readonly Json[] | undefined,
      );
    },
    evidence: () => blame('evidence', async () => fitting(environment, 'evidence', await hooks.evidence())),
    tampering: () => blame('tampering', async () => (await hooks.tampering?.()) ?? []),
    instruction: () => blame('instruction', async () => hooks.instruction?.()),
    explore: ({ isWin, ...search }) =>
      blameEnvironment(environment.name, 'explore', async () =>
        (
          await hooks.explore?.({
            ...search,
            isWin: isWin && ((evidence) => isWin(fitting(environment, 'evidence', evidence))),
          })
        )?.map(({ actions, evidence }) => ({
          actions: actions as readonly Json[],
          evidence: fitting(environment, 'evidence', evidence),
        })),
      ),
    act: async (action) => {
      const checked = checkAction(environment, action);
      if ('error' in checked) return checked;
      const { name, parameters } = checked;
      return blame(`act.${name}`, async () => {
        try {
          return (await hooks.act[name]?.(parameters as never)) ?? {};
        } catch (error) {
          if (LamarckError.isInstance(error) && error.code === 'LAMARCK_ACTION_REJECTED')
            return { error: shortened(error.message) };
          throw error;
        }
      });
    },
    demonstrate: (perform) => {
      const { demonstrate } = hooks;
      if (demonstrate)
        return blameEnvironment(environment.name, 'demonstrate', async () =>
          demonstrate(blamePerformance(perform)),
        );
      throw new LamarckError({
        code: 'LAMARCK_DEMONSTRATION_MISSING',
        boundary: 'task',
        message: `Nothing can be done in the environment "${environment.name}" but its actions.`,
        remedy: 'Write the oracle as a generator of actions, or play in the terminal.',
      });
    },
    // Aborts last: a step that was given up may still hold a sandbox.
    close: () =>
      blame(
        'close',
        async () => hooks.close?.(),
        hookMilliseconds && Math.min(hookMilliseconds, CLOSE_LIMIT),
      ).finally(() => closing.abort(CLOSED)),
  };
}

/** What a hook gives back, as its schema reads it. */
function fitting(environment: Environment, what: 'observation' | 'evidence', value: unknown): Json {
  const parsed = environment[what].safeParse(value);
  if (parsed.success) return parsed.data as Json;
  throw new LamarckError({
    code: 'LAMARCK_ENVIRONMENT_FAILED',
    boundary: 'environment',
    message: `The ${what} of the environment "${environment.name}" does not fit its schema:\n${z.prettifyError(parsed.error)}`,
    remedy: `Correct the members that are named in the message, or the schema ${what}; the episode has no reward and is tried again.`,
  });
}

/** What is named among the actions can be done; what every session is asked for is there. */
function assertHooks({ name, actions }: Environment, hooks: unknown): void {
  const { act, ...others } = (hooks ?? {}) as { act?: unknown; observe?: unknown; evidence?: unknown };
  const missing = [
    ...(['observe', 'evidence'] as const).filter((hook) => typeof others[hook] !== 'function'),
    ...Object.keys(actions)
      .filter((action) => typeof (act as Record<string, unknown> | undefined)?.[action] !== 'function')
      .map((action) => `act.${action}`),
  ];
  if (missing.length === 0) return;
  throw new LamarckError({
    code: 'LAMARCK_ENVIRONMENT_FAILED',
    boundary: 'environment',
    message: `What open() of the environment "${name}" returns has no function ${missing.join(', ')}.`,
    remedy: 'Return observe(), evidence() and under act a function for each of its actions.',
  });
}

/** An action's name and its parameters as the environment's schema reads them, or in a sentence why it is none. */
export function checkAction(
  environment: Environment,
  action: unknown,
): { name: string; parameters: unknown } | { error: string } {
  const excess = jsonExcess(action);
  if (excess !== undefined) return { error: `An action ${excess}.` };
  const entries = action !== null && typeof action === 'object' ? Object.entries(action) : [];
  const [name, parameters] = entries[0] ?? [];
  if (entries.length !== 1 || name === undefined || !Object.hasOwn(environment.actions, name)) {
    const names = Object.keys(environment.actions).join(', ');
    return { error: `An action is an object with one of these names: ${names}.` };
  }
  const parsed = parsedBy(environment.actions[name], parameters);
  return parsed.success
    ? { name, parameters: parsed.data }
    : { error: shortened(`${name}: ${z.prettifyError(parsed.error)}`) };
}

/** A schema that throws, as zod does of some hundred thousand issues, has refused what it was given. */
function parsedBy(schema: z.ZodType = z.never(), parameters: unknown): z.ZodSafeParseResult<unknown> {
  try {
    return schema.safeParse(parameters);
  } catch (error) {
    const message = `The parameters cannot be read: ${messageOf(error)}`;
    return {
      success: false,
      error: new z.ZodError([{ code: 'custom', path: [], message, input: undefined }]),
    };
  }
}

function shortened(sentence: string): string {
  return sentence.length <= MOST_REJECTED ? sentence : `${sentence.slice(0, MOST_REJECTED).toWellFormed()} …`;
}

/** What fails in it is the fault of who performs. */
function blamePerformance(perform: Performance): Performance {
  return async (stage) => {
    try {
      return await perform(stage);
    } catch (error) {
      if (LamarckError.isInstance(error)) throw error;
      throw new LamarckError({
        // A reference solution that performs on the world itself, such as a script of Playwright's, threw.
        code: 'LAMARCK_DEMONSTRATION_FAILED',
        boundary: 'task',
        message: stripVTControlCharacters(messageOf(error)),
        cause: error,
      });
    }
  };
}

async function blameEnvironment<T>(environment: string, hook: string, run: () => T | Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (LamarckError.isInstance(error)) throw error;
    throw new LamarckError({
      code: 'LAMARCK_ENVIRONMENT_FAILED',
      boundary: 'environment',
      message: `The environment "${environment}" failed in ${hook}: ${messageOf(error)}`,
      remedy:
        "This is the environment's fault, not the agent's: mend the hook; the episode has no reward and is tried again.",
      cause: error,
    });
  }
}

/** The sandboxes of a world as one environment gets them. */
class Granted implements Sandboxes {
  readonly #environment: Environment;
  readonly #given: Partial<Sandboxes>;

  constructor(environment: Environment, given: Partial<Sandboxes>) {
    this.#environment = environment;
    this.#given = given;
  }

  get browser(): Sandboxes['browser'] {
    return this.#of('browser');
  }

  get programs(): Sandboxes['programs'] {
    return this.#of('programs');
  }

  get compiler(): Sandboxes['compiler'] {
    return this.#of('compiler');
  }

  get trials(): Sandboxes['trials'] {
    return this.#of('trials');
  }

  #of<Name extends SandboxName>(sandbox: Name): Sandboxes[Name] {
    const { name, sandboxes } = this.#environment;
    const isAsked = sandboxes.includes(sandbox);
    const found = this.#given[sandbox];
    if (isAsked && found !== undefined) return found as Sandboxes[Name];
    throw new LamarckError({
      code: 'LAMARCK_SANDBOX_MISSING',
      boundary: 'environment',
      message: isAsked
        ? `The environment "${name}" asks for the sandbox "${sandbox}", which there is not where it was opened.`
        : `The environment "${name}" uses the sandbox "${sandbox}", which it does not ask for.`,
      remedy: isAsked
        ? 'Play its tasks by the commands of Lamarck, or hand this sandbox to the world.'
        : `Add sandboxes: ['${sandbox}'] to what defineEnvironment() is given.`,
    });
  }
}

/**
 * What an environment's hook throws to reject an action: the agent sees the message and may go on.
 *
 * @example rejectAction('There is no such button.').code // 'LAMARCK_ACTION_REJECTED'
 */
export function rejectAction(message: string): LamarckError {
  return new LamarckError({
    // An environment rejects an action, and says why: the agent sees it and may go on.
    code: 'LAMARCK_ACTION_REJECTED',
    boundary: 'agent',
    message,
  });
}
