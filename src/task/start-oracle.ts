import { LamarckError } from '../protocol/index.ts';
import type { Oracle } from './define-task.ts';

/** What to do about an oracle that is none. */
export const ORACLE_EXPECTED =
  'Write it as a generator function that yields its actions, as in: oracle: function* ({ observation }) { yield { submit: {} }; }';

/**
 * Begins a reference solution: nothing of it is done until it is asked for its first action.
 *
 * @throws LamarckError `LAMARCK_ORACLE_INVALID` where it is no generator function
 */
export function startOracle(oracle: Oracle, context: Parameters<Oracle>[0]): ReturnType<Oracle> {
  const steps: unknown = oracle(context);
  if (isGenerator(steps)) return steps;
  throw new LamarckError({
    code: 'LAMARCK_ORACLE_INVALID',
    boundary: 'task',
    message: 'it is no generator function (function*)',
    remedy: ORACLE_EXPECTED,
  });
}

/** Whether these are the steps of an oracle: an asynchronous generator's are not, because they are promises. */
function isGenerator(steps: unknown): steps is ReturnType<Oracle> {
  return (
    typeof steps === 'object' &&
    steps !== null &&
    Symbol.iterator in steps &&
    'next' in steps &&
    typeof steps.next === 'function'
  );
}
