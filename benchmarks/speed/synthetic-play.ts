import { createBrowserSandbox } from '../../sandboxes/browser/index.ts';
import { openTask } from '../../src/episode/index.ts';
import { createRandom } from '../../src/protocol/index.ts';
import { makeTask } from '../../src/task/index.ts';
import { rowAction } from '../../tasks/web/row-action/index.ts';
import { signIn } from '../../tasks/web/sign-in/index.ts';
import type { Benchmark } from './benchmark.ts';
import { ratioOf, takeTurns } from './take-turns.ts';

const FAMILIES = [signIn, rowAction];
const PLAYOUTS = 10;
const STEPS = 8;

/** Playouts over the same pages: chosen and done within the page, and by real input from outside. */
export const syntheticPlay: Benchmark = {
  name: 'synthetic-play',
  title: 'playouts of 8 actions by synthetic events, beside the same number by real input',
  piece: 'step',
  async run() {
    await using browser = createBrowserSandbox({ pages: 1 });
    const open = (family: (typeof FAMILIES)[number]) =>
      openTask(family, makeTask(family, 1, 1), {
        sandboxes: { browser },
        signal: new AbortController().signal,
      });
    const synthetic = async (): Promise<void> => {
      for (const family of FAMILIES) {
        const session = await open(family);
        // The environment adds `done` to each playout.
        await session.explore({ tries: PLAYOUTS, steps: STEPS + 1, random: createRandom('benchmark') });
        await session.close();
      }
    };
    const real = async (): Promise<void> => {
      const random = createRandom('benchmark');
      for (const family of FAMILIES) {
        for (let playout = 0; playout < PLAYOUTS; playout++) {
          const session = await open(family);
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
    const pieces = FAMILIES.length * PLAYOUTS * STEPS;
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
