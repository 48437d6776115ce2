import type { Trials } from 'lamarck';
import { MISSING, type Bench } from './bench.ts';

/**
 * Tries the files as an agent's code: a test is a task, and its inputs name it. What comes of it is what is earned there, so that a
 * test's output is 1.
 */
export function createTrialBench(trials: Trials): Bench {
  const run: Bench['run'] = async (trees, cases) => {
    const earned = await trials.play(
      trees,
      cases.map(({ input }) => input),
    );
    return earned.map((each) =>
      each.map((reward) => {
        if (reward === null) return { ok: false, kind: MISSING, message: 'Nothing may be concluded.' };
        return reward === 1 ? { ok: true } : { ok: false, got: reward };
      }),
    );
  };
  return {
    run,
    judge: async (tree, cases) => (await run([tree], cases))[0] ?? [],
  };
}
