import type { InPage, Settled } from './in-page.ts';

/** Lets what a page has going on come to its end, so that an observation shows the same on any machine. */
export function installSettling(page: InPage): void {
  page.scrolled = false;
  interface Observer {
    disconnect(): void;
  }
  const watching = new Set<Observer>();
  let layoutObservers = 0;
  const follow = (name: 'MutationObserver' | 'ResizeObserver' | 'IntersectionObserver'): void => {
    const Native = window[name] as unknown as new (...values: unknown[]) => Observer;
    const Followed = class extends Native {
      constructor(...values: unknown[]) {
        super(...values);
        watching.add(this);
        if (name !== 'MutationObserver') layoutObservers++;
      }
    };
    Object.defineProperty(Followed, 'name', { value: name });
    Object.defineProperty(window, name, { value: Followed, writable: true, configurable: true });
  };
  follow('MutationObserver');
  follow('ResizeObserver');
  follow('IntersectionObserver');
  page.blind = () => {
    for (const observer of watching) observer.disconnect();
    watching.clear();
    layoutObservers = 0;
  };

  /** Until no script waits for an answer; where resources are not held, also until all have arrived. */
  const quiet = async (isOver: () => boolean): Promise<void> => {
    const isAwaited = (): boolean => page.isBusy() || (!page.settleRule.isHeld && page.isLoading());
    do {
      // Messages, submissions and resolved requests each take a turn, and may lead to another.
      for (let turns = 0; turns < 3; turns++) await page.turn();
      // What is at hand ends within a few turns; for what has to be fetched a timer is kinder to the machine.
      for (let waits = 0; isAwaited() && !isOver(); waits++) await (waits < 20 ? page.turn() : page.pause());
    } while (page.isBusy() && !isOver());
  };

  // The browser tells elements that moved under a resting pointer only with a later frame.
  const isHoverStale = ({ x, y }: { x: number; y: number }): boolean => {
    const under = document.elementFromPoint(x, y);
    return under !== null && (!under.matches(':hover') || under.querySelector(':hover') !== null);
  };
  const hover = async (pointer: { x: number; y: number }): Promise<void> => {
    const matters =
      page.hoverMatters ||
      [...document.querySelectorAll('style')].some(({ textContent }) => textContent.includes(':hover'));
    for (let frames = 0; matters && frames < 3 && isHoverStale(pointer); frames++) await page.frame();
  };

  /** Observers of the layout hear of it with a frame, and images that are loaded lazily are asked for. */
  const isForFrames = (): boolean => {
    if (layoutObservers > 0) return true;
    for (const image of document.images) if (!image.complete && image.loading === 'lazy') return true;
    return false;
  };
  const frames = async (): Promise<void> => {
    await page.frame();
    await page.frame();
    await page.turn();
  };
  const waiting = async (milliseconds: number): Promise<Settled> => {
    // Whoever hears of the layout hears of it as it is without what has yet to arrive.
    if (isForFrames()) await frames();
    return { waiting: milliseconds, clock: page.now() };
  };

  let focusDocument: Document | undefined;
  page.settle = async (milliseconds, options = {}) => {
    if (options.stayed) page.leaving = false;
    page.otherTabs = options.otherTabs ?? 0;
    page.scrolled ||= options.scrolled ?? false;
    page.still();
    const until = page.wallTime() + page.settleRule.mostMilliseconds;
    const isOver = (): boolean => page.leaving || page.wallTime() > until;
    const mayWait = page.settleRule.isHeld && !options.isGivenUp;
    /** What there is to wait for is the host's to give. */
    const isHeldUp = (): boolean => mayWait && !page.leaving && page.isLoading();
    await quiet(isOver);
    if (isHeldUp()) return waiting(milliseconds);
    const isFirst = focusDocument !== document;
    focusDocument = document;
    if (isFirst && document.querySelector('[autofocus]')) await page.frame();
    const left = await page.advance(milliseconds, async () => {
      if (page.isBusy()) await quiet(isOver);
      return mayWait && !page.leaving && (page.isDocumentLoading() || page.areImagesAwaited());
    });
    await quiet(isOver);
    if (isHeldUp()) return waiting(left);
    // What tabs tell each other passes through the browser, as does what frames show.
    const isShared = page.otherTabs > 0 || page.frames().length > 0;
    if (page.scrolled || isForFrames() || isShared) {
      page.scrolled = false;
      await frames();
    }
    if (options.pointer) await hover(options.pointer);
    const clock = page.now();
    if (page.leaving) return { leaving: true, clock };
    const { traversal } = page;
    page.traversal = 0;
    if (traversal !== 0) return { traversal, clock };
    page.still();
    const { asks } = page;
    page.asks = undefined;
    return { clock, seen: page.observe(), title: document.title, ...(asks && { asks }) };
  };
}
