import { sha256, type Site, type SyntheticPlay, type SyntheticWalk } from 'lamarck';
import type { Play } from './in-page/in-page.ts';
import { advanceMilliseconds, type PageDriver } from './page-driver.ts';

/** What a lease began with. */
export interface Beginning {
  readonly site: Site;
  readonly seed: string;
}

/**
 * Lets a page play by itself, each walk from the start of the site. The host is asked only every few dozen steps, where a
 * walk leads to another document, and where the start page cannot be written again into its own.
 *
 * @returns the shortest walk to each evidence, in the order in which they came up first; fewer where the page did what
 * only a new browser context would undo. The page is then of no more use.
 */
export async function playSynthetically(
  driver: PageDriver,
  { site, seed }: Beginning,
  { seed: playSeed, ...options }: SyntheticPlay,
): Promise<readonly SyntheticWalk[]> {
  const found = new Map<string, SyntheticWalk>();
  await driver.retire();
  let play: Play = {
    ...options,
    ...driver.selfStart(site['/'] ?? '', seed),
    milliseconds: advanceMilliseconds,
    random: Number.parseInt(sha256(playSeed).slice(0, 8), 16),
    graph: {},
    known: {},
    walks: 0,
    walk: [],
    taken: 0,
  };
  for (let next = options.tries > 0 ? 'restart' : 'over'; next !== 'over' && driver.remains !== 'context';) {
    if (next === 'restart') await driver.start(site, seed);
    const played = await driver.play(play);
    for (const walk of played.found) found.set(JSON.stringify([walk.url, walk.evidence]), walk);
    ({ play, next } = played);
    if (next === 'restart') await driver.retire();
  }
  return [...found.values()];
}
