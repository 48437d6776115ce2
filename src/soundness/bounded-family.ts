import { callWithin, type Bounded } from '../protocol/index.ts';
import { startOracle, type TaskFamily } from '../task/index.ts';

/** What a pure function of a family may take, in ms: a backstop against loops without end. */
const PURE_LIMIT = 10_000;
/** What a verifier may, at most. */
const VERIFIER_LIMIT = 60_000;

/**
 * The same family, whose functions are broken off where they loop for ever in this process. Who plays does not pay for that: it
 * takes each call some tenths of a millisecond longer.
 */
export function boundedFamily(family: TaskFamily): TaskFamily {
  const { oracle } = family;
  const verifying: Bounded = {
    what: `verify() of "${family.name}"`,
    milliseconds: Math.min(family.timeLimit, VERIFIER_LIMIT),
    boundary: 'verifier',
  };
  return {
    ...family,
    generate: (context) => callWithin(pure('generate()'), () => family.generate(context)),
    verify: (context) => callWithin(verifying, () => family.verify(context)),
    ...(oracle && { oracle: boundedOracle(oracle) }),
  };
}

function boundedOracle(oracle: NonNullable<TaskFamily['oracle']>): NonNullable<TaskFamily['oracle']> {
  const bounded = function* (context: Parameters<typeof oracle>[0]): Generator<unknown, void, unknown> {
    const steps = callWithin(pure('oracle()'), () => startOracle(oracle, context));
    let next = callWithin(pure('oracle()'), () => steps.next());
    while (!next.done) {
      const observation = yield next.value;
      next = callWithin(pure('oracle()'), () => steps.next(observation));
    }
  };
  return Object.assign(bounded, oracle);
}

function pure(what: string): Bounded {
  return { what, milliseconds: PURE_LIMIT, boundary: 'task' };
}
