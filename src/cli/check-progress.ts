import { style, type Text } from './styled-text.ts';

/** Time between two lines, in ms: episodes of an application take seconds each, and would have a line each. */
const LINE_EVERY = 5000;

/**
 * Counts episodes, and says now and then how many of a check there were.
 *
 * @param about what is checked; least: episodes that there will be, those that depend on how it goes left out
 * @returns to be called at the end of each episode
 */
export function checkProgress(about: {
  what: string;
  least: number;
  notice: (text: Text) => void;
  now: () => number;
}): () => void {
  const { what, least, notice, now } = about;
  let episodes = 0;
  let told = now();
  return () => {
    episodes++;
    if (now() - told < LINE_EVERY) return;
    told = now();
    const total = episodes < least ? ` of at least ${least}` : '';
    notice(style('dim', `${what}: ${episodes} episodes${total}`));
  };
}
