import { build as buildOnce, stop, transform as transformOnce } from 'esbuild';

/**
 * esbuild, whose work is done by a process of its own. Where that process is killed, esbuild refuses everything from then
 * on: here the next call starts another one, and what failed is asked again.
 */
export const build: typeof buildOnce = (options) => askedAgain(() => buildOnce(options));
export const transform: typeof transformOnce = (input, options) =>
  askedAgain(() => transformOnce(input, options));

const MOST_TRIES = 3;

/** Processes so far, so that of several that the same death refused only the first stops it. */
let generation = 0;

async function askedAgain<T>(ask: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    const asked = generation;
    try {
      return await ask();
    } catch (error) {
      if (tries === MOST_TRIES || !isServiceGone(error)) throw error;
      if (asked !== generation) continue;
      generation++;
      await stop();
    }
  }
}

/** In esbuild's own words: it has no code for it. */
function isServiceGone(error: unknown): boolean {
  return error instanceof Error && /The service (?:was stopped|is no longer running)/.test(error.message);
}
