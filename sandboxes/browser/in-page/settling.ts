import type { InPage } from './in-page.ts';

/** Counts what a page has going on in real time, so that an observation can wait for its end. */
export function installSettling(page: InPage): void {
  page.requests = 0;
  page.scrolled = false;
  const awaited = <T>(work: Promise<T>): Promise<T> => {
    page.requests++;
    const end = (): void => void page.requests--;
    work.then(end, end);
    return work;
  };
  const { fetch } = window;
  window.fetch = (...values) => awaited(fetch.apply(window, values));
  for (const name of ['arrayBuffer', 'blob', 'formData', 'json', 'text'] as const) {
    const native = Response.prototype[name] as () => Promise<never>;
    Response.prototype[name] = function (this: Response) {
      return awaited(native.call(this));
    };
  }
  const { send } = XMLHttpRequest.prototype;
  XMLHttpRequest.prototype.send = function (body) {
    void awaited(
      new Promise<void>((resolve) => this.addEventListener('loadend', () => resolve(), { once: true })),
    );
    send.call(this, body);
  };

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

  const isLoading = (): boolean =>
    document.readyState !== 'complete' ||
    page.requests > 0 ||
    page.areFramesLoading() ||
    [...document.images].some((image) => !image.complete && image.loading !== 'lazy');
  const quiet = async (until: number): Promise<void> => {
    const isOver = (): boolean => page.leaving || page.wallTime() > until;
    do {
      // Messages, submissions and resolved requests each take a turn, and may lead to another.
      for (let turns = 0; turns < 3; turns++) await page.turn();
      // What is at hand ends within a few turns; for what has to be fetched a timer is kinder to the machine.
      for (let waits = 0; isLoading() && !isOver(); waits++) await (waits < 20 ? page.turn() : page.pause());
    } while (page.requests > 0 && !isOver());
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

  let focusDocument: Document | undefined;
  page.settle = async (milliseconds, options = {}) => {
    if (options.stayed) page.leaving = false;
    page.otherTabs = options.otherTabs ?? 0;
    page.still();
    const until = page.wallTime() + page.settleRule.mostMilliseconds;
    await quiet(until);
    const isFirst = focusDocument !== document;
    focusDocument = document;
    if (isFirst && document.querySelector('[autofocus]')) await page.frame();
    await page.advance(milliseconds);
    await quiet(until);
    // What tabs tell each other passes through the browser, as does what frames show.
    const isShared = page.otherTabs > 0 || page.frames().length > 0;
    if (options.scrolled || page.scrolled || layoutObservers > 0 || isShared) {
      page.scrolled = false;
      await page.frame();
      await page.frame();
      await page.turn();
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
