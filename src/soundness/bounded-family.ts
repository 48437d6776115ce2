import { callWithin, type Bounded } from '../host/index.ts';
import { startOracle, type TaskFamily } from '../task/index.ts';

/** What a pure function of a family may take at most, in ms, however long an episode may: a backstop against loops without end. */
const PURE_LIMIT = 10_000;
/** What a verifier may. */
const VERIFIER_LIMIT = 60_000;

/**
 * The same family, whose functions are broken off where they loop for ever in this process. Who plays does not pay for that: it
 * takes each call some tenths of a millisecond longer.
 */
export function boundedFamily(family: TaskFamily): TaskFamily {
  const { oracle, timeLimit } = family;
  const pure = (what: string): Bounded => ({
    what,
    milliseconds: Math.min(timeLimit, PURE_LIMIT),
    boundary: 'task',
  });
  const verifying: Bounded = {
    what: `verify() of "${family.name}"`,
    milliseconds: Math.min(timeLimit, VERIFIER_LIMIT),
    boundary: 'verifier',
  };
  return {
    ...family,
    generate: (context) => callWithin(pure('generate()'), () => family.generate(context)),
    verify: (context) => callWithin(verifying, () => family.verify(context)),
    ...(oracle && { oracle: boundedOracle(oracle, pure('oracle()')) }),
  };
}

function boundedOracle(
  oracle: NonNullable<TaskFamily['oracle']>,
  step: Bounded,
): NonNullable<TaskFamily['oracle']> {
  const bounded = function* (context: Parameters<typeof oracle>[0]): Generator<unknown, void, unknown> {
    const steps = callWithin(step, () => startOracle(oracle, context));
    let next = callWithin(step, () => steps.next());
    while (!next.done) {
      const observation = yield next.value;
      next = callWithin(step, () => steps.next(observation));
    }
  };
  return Object.assign(bounded, oracle);
}
