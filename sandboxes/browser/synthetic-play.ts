import { sha256, type SiteView, type SyntheticPlay, type SyntheticPlayout } from 'lamarck';
import type { FoundPlayout, Play, SyntheticStep } from './in-page/in-page.ts';
import type { PageDriver } from './page-driver.ts';
import { shorten } from './shortening.ts';
import { advanceMilliseconds } from './tab.ts';

/** What a lease began with. */
export interface Beginning {
  readonly view: SiteView;
  readonly seed: string;
}

/**
 * Documents that a search may load, and the shortening of its win: each takes as long as dozens of steps. Counted, not
 * timed, so that the same search finds the same on any machine.
 */
const mostDocuments = { search: 80, shortening: 24 };
/** Times that a win is played again to shorten it. */
const mostReplays = 48;

/**
 * Lets a page play by itself, each playout from the start of the site. The host is asked only every few dozen steps, where a
 * playout leads to another document, and where the start page cannot be written again into its own. A win ends the search,
 * and is shortened to what leads to the same evidence.
 *
 * @returns the shortest playout to each evidence, in the order in which they came up first; fewer where the documents were
 * used up, or the page did what only a new browser context would undo. The page is then of no more use.
 */
export async function playSynthetically(
  driver: PageDriver,
  beginning: Beginning,
  { seed, isWin, ...options }: SyntheticPlay,
): Promise<readonly SyntheticPlayout[]> {
  const found = new Map<string, FoundPlayout>();
  await driver.retire();
  const play: Play = {
    ...options,
    ...driver.selfStart(beginning.view, beginning.seed),
    milliseconds: advanceMilliseconds,
    random: Number.parseInt(sha256(seed).slice(0, 8), 16),
    graph: {},
    known: {},
    playouts: 0,
    playout: [],
    taken: 0,
  };
  let win: FoundPlayout | undefined;
  if (options.tries > 0)
    for await (const playout of playoutsOf(driver, beginning, play, { left: mostDocuments.search })) {
      const isNew = !found.has(nameOf(playout));
      found.set(nameOf(playout), playout);
      if (isNew && (await isWin?.(playoutOf(playout)))) {
        win = playout;
        break;
      }
    }
  if (win) {
    const steps = await shortenWin(driver, beginning, play, win);
    found.set(nameOf(win), { ...win, steps });
  }
  return [...found.values()].map(playoutOf);
}

const nameOf = ({ url, evidence }: FoundPlayout): string => JSON.stringify([url, evidence]);
/** References are of one page as it was; signs are not. */
const nameOfStep = ({ action, signs }: SyntheticStep): string =>
  JSON.stringify([action, signs], (key, value: unknown) =>
    key === 'ref' || key === 'to' ? undefined : value,
  );
const playoutOf = ({ steps, url, evidence }: FoundPlayout): SyntheticPlayout => ({
  actions: steps.map(({ action }) => action),
  url,
  evidence,
});

/** Playouts as they are found, until the play is over or what is left of the documents is used up. */
async function* playoutsOf(
  driver: PageDriver,
  { view, seed }: Beginning,
  first: Play,
  documents: { left: number },
): AsyncGenerator<FoundPlayout> {
  let play = first;
  for (let next = 'restart'; next !== 'over' && documents.left > 0 && driver.remains !== 'context';) {
    let answered = driver.dialogs.closed;
    if (next === 'restart' && (await driver.start(view, seed)).tier === 'navigation') documents.left--;
    await driver.dialogs.dismissAll();
    play = withDismissals(play, driver.dialogs.closed - answered);
    answered = driver.dialogs.closed;
    const played = await driver.play(play);
    if (played.settled.leaving || played.settled.traversal !== undefined) documents.left--;
    yield* played.found;
    ({ next } = played);
    play = next === 'on' ? withDismissals(played.play, driver.dialogs.closed - answered) : played.play;
    if (next === 'restart') await driver.retire();
  }
}

/** A person would have had to dismiss the dialogs that new documents opened. */
function withDismissals(play: Play, count: number): Play {
  const dismissals = Array.from({ length: count }, (): SyntheticStep => ({
    action: { dismiss: {} },
    signs: [],
  }));
  return { ...play, playout: [...play.playout, ...dismissals] };
}

async function shortenWin(
  driver: PageDriver,
  beginning: Beginning,
  play: Play,
  win: FoundPlayout,
): Promise<readonly SyntheticStep[]> {
  const documents = { left: mostDocuments.shortening };
  const replay = async (steps: readonly SyntheticStep[]): Promise<readonly SyntheticStep[] | undefined> => {
    if (documents.left <= 0) return undefined;
    await driver.retire();
    let same: readonly SyntheticStep[] | undefined;
    const again: Play = { ...play, tries: 1, graph: {}, known: {}, playouts: 0, script: [...steps] };
    for await (const playout of playoutsOf(driver, beginning, again, documents))
      if (nameOf(playout) === nameOf(win)) same = playout.steps;
    return same;
  };
  return shorten(win.steps, { replay, nameOf: nameOfStep, mostReplays });
}
