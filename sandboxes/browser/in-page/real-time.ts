import type { InPage } from './in-page.ts';

/** Leaves the page its own time and randomness: its clock goes on by itself, until nothing changes any more. */
export function installRealTime(page: InPage): void {
  page.time = { timers: new Map(), now: 0, elapsedBefore: 0, lastId: 0, registrations: 0 };
  page.now = page.wallTime;
  page.resetClock = () => undefined;
  page.seed = () => undefined;
  page.seedOf = () => '';

  let changed = 0;
  const observed = { subtree: true, childList: true, attributes: true, characterData: true };
  new MutationObserver(() => (changed = page.wallTime())).observe(document, observed);
  page.advance = async (milliseconds) => {
    const { quietMilliseconds, mostMilliseconds } = page.settleRule;
    const began = page.wallTime();
    const isQuiet = (now: number): boolean =>
      page.requests === 0 && now - Math.max(began, changed) >= Math.min(quietMilliseconds, milliseconds);
    for (let now = began; !page.leaving && !isQuiet(now); now = page.wallTime()) {
      if (now - began >= mostMilliseconds) break;
      await page.pause();
    }
    return 0;
  };
}
