import { createBrowserSandbox } from '../../sandboxes/browser/index.ts';
import { createRandom } from '../../src/protocol/index.ts';
import { rowAction } from '../../tasks/web/row-action/index.ts';
import { signIn } from '../../tasks/web/sign-in/index.ts';
import type { Benchmark } from './benchmark.ts';
import { openHere } from './session-here.ts';
import { ratioOf, takeTurns } from './take-turns.ts';

const FAMILIES = [signIn, rowAction];
const WALKS = 10;
const STEPS = 8;

/** Walks over the same pages: chosen and done within the page, and by real input from outside. */
export const syntheticPlay: Benchmark = {
  name: 'synthetic-play',
  title: 'walks of 8 actions by synthetic events, beside the same number by real input',
  piece: 'step',
  async run() {
    await using browser = createBrowserSandbox({ pages: 1 });
    const tasks = FAMILIES.map((family) => ({ family, seed: 1, difficulty: 1 }));
    const synthetic = async (): Promise<void> => {
      for (const { family, ...task } of tasks) {
        const session = await openHere(family, task, { browser });
        // The environment adds `done` to each walk.
        await session.explore({ tries: WALKS, steps: STEPS + 1, random: createRandom('benchmark') });
        await session.close();
      }
    };
    const real = async (): Promise<void> => {
      const random = createRandom('benchmark');
      for (const { family, ...task } of tasks) {
        for (let walk = 0; walk < WALKS; walk++) {
          const session = await openHere(family, task, { browser });
          for (let step = 0; step < STEPS; step++) {
            const offers = ((await session.affordances()) ?? []).filter(
              (offer) => !('done' in (offer as object)),
            );
            await session.act(random.pick(offers));
            await session.observe();
          }
          await session.evidence();
          await session.close();
        }
      }
    };
    const pieces = FAMILIES.length * WALKS * STEPS;
    const times = await takeTurns(
      [
        { name: 'synthetic events', pieces, run: synthetic },
        { name: 'real input', pieces, run: real },
      ],
      5,
    );
    return {
      times,
      bars: [
        { what: 'synthetic play is faster by', value: ratioOf(times[1], times[0]), unit: '×', atLeast: 5 },
      ],
    };
  },
};
