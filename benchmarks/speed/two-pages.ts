import { createBrowserSandbox } from '../../sandboxes/browser/index.ts';
import { createLocalWorld, randomActor, runEpisode } from '../../src/episode/index.ts';
import { rowAction } from '../../tasks/web/row-action/index.ts';
import { signIn } from '../../tasks/web/sign-in/index.ts';
import type { Benchmark } from './benchmark.ts';
import { ratioOf, takeTurns } from './take-turns.ts';

const EPISODES = 24;

/** The same episodes in one page of a browser after the other, and in two at once. */
export const twoPages: Benchmark = {
  name: 'two-pages',
  title: 'episodes in two pages of one browser, beside one page',
  piece: 'episode',
  async run() {
    await using one = createBrowserSandbox({ pages: 1 });
    await using two = createBrowserSandbox({ pages: 2 });
    const play = async (browser: typeof one, workers: number): Promise<void> => {
      const { signal } = new AbortController();
      let next = 0;
      const work = async (): Promise<void> => {
        while (next < EPISODES) {
          const seed = next++;
          const family = seed % 2 === 0 ? signIn : rowAction;
          const { end } = await runEpisode(
            { actor: randomActor, family, seed, difficulty: 1, repeat: 0 },
            createLocalWorld(family, { browser }),
            signal,
          );
          if (end.reward === null) throw new Error(`An episode was spoiled: ${end.error?.message}`);
        }
      };
      await Promise.all(Array.from({ length: workers }, work));
    };
    const times = await takeTurns(
      [
        { name: 'one page', pieces: EPISODES, run: () => play(one, 1) },
        { name: 'two pages', pieces: EPISODES, run: () => play(two, 2) },
      ],
      5,
    );
    return {
      times,
      bars: [
        { what: 'two pages are faster by', value: ratioOf(times[0], times[1]), unit: '×', atLeast: 1.3 },
      ],
    };
  },
};
