import { createContext, Script } from 'node:vm';
import { LamarckError, type Boundary } from '../protocol/index.ts';

/** Somebody's function that may take so long. */
export interface Bounded {
  /** How it is called in the sentence about it: `observe() of the environment "door"`. */
  readonly what: string;
  readonly milliseconds: number;
  /** Whose fault it is where it takes longer. */
  readonly boundary: Boundary;
}

// Only a script of node:vm can be stopped that never gives up the thread, and with it whatever it called.
const room = createContext({ call: undefined as unknown });
const script = new Script('call()');

/**
 * Calls a function, and breaks it off where it does not return in time, even where it loops for ever. What it does after
 * it returned a promise cannot be broken off. A call costs some tenths of a ms, for a thread that watches it.
 *
 * @throws LamarckError `LAMARCK_OVERDUE`, or what the function throws
 */
export function callWithin<T>(bounded: Bounded, call: () => T): T {
  room['call'] = call;
  try {
    return script.runInContext(room, { timeout: Math.ceil(bounded.milliseconds) }) as T;
  } catch (error) {
    const isBrokenOff = (error as { code?: unknown } | null)?.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT';
    throw isBrokenOff ? overdue(bounded) : error;
  } finally {
    room['call'] = undefined;
  }
}

/**
 * What a function promises, if it comes in time. Costs next to nothing, and is no help against a loop.
 *
 * @throws LamarckError `LAMARCK_OVERDUE`, or what the function throws
 */
export async function settleWithin<T>(bounded: Bounded, call: () => T | Promise<T>): Promise<T> {
  const promised = call();
  if (!isPromise(promised)) return promised;
  const limit = Promise.withResolvers<never>();
  const timer = setTimeout(() => limit.reject(overdue(bounded)), bounded.milliseconds);
  try {
    return await Promise.race([promised, limit.promise]);
  } finally {
    clearTimeout(timer);
  }
}

/** Whether something took longer than it may. */
export function isOverdue(error: unknown): error is LamarckError {
  return LamarckError.isInstance(error) && error.code === 'LAMARCK_OVERDUE';
}

function isPromise<T>(value: T | Promise<T>): value is Promise<T> {
  return typeof (value as { then?: unknown } | null | undefined)?.then === 'function';
}

/** The fault that is thrown then. */
export function overdue({ what, milliseconds, boundary }: Bounded): LamarckError {
  return new LamarckError({
    code: 'LAMARCK_OVERDUE',
    boundary,
    message: `${what} did not return within ${Math.round(milliseconds / 100) / 10} s.`,
    remedy: 'Let the function that the message names return within its time limit, or give it less to do.',
  });
}
