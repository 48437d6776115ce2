import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright';
import { PageDialogs } from './dialogs.ts';
import { browserDied, pageCrashed, pageHung } from './faults.ts';
import type { Hosting } from './hosting.ts';
import type { Seen } from './in-page/in-page.ts';
import type { Point } from './pointer.ts';
import { Tab, type TabSurroundings } from './tab.ts';
import { Tabs } from './tabs.ts';
import { WallTime } from './wall-time.ts';

export const plainViewport = { width: 1024, height: 768 };

export function middleOf({ width, height }: { width: number; height: number }): Point {
  return { x: width / 2, y: height / 2 };
}

/** Equal on all machines. */
const plain: BrowserContextOptions = {
  viewport: plainViewport,
  deviceScaleFactor: 1,
  locale: 'en-US',
  timezoneId: 'UTC',
  colorScheme: 'light',
  reducedMotion: 'reduce',
  acceptDownloads: false,
};

interface Options {
  readonly hosting: Hosting;
  readonly onRefused: () => void;
  readonly onLate?: ((addresses: readonly string[]) => void) | undefined;
}

/** The tabs of a browser context, and their dialogs. */
export class PageContext {
  readonly #context: BrowserContext;
  readonly wallTime: WallTime;
  readonly dialogs: PageDialogs;
  readonly tabs: Tabs;
  /** Of its first tab's viewport. */
  readonly middle: Point;

  readonly #stopListening: () => void;

  private constructor({ wallTime, dialogs }: TabSurroundings, tabs: Tabs, stopListening: () => void) {
    this.#stopListening = stopListening;
    this.#context = tabs.first.page.context();
    this.wallTime = wallTime;
    this.dialogs = dialogs;
    this.tabs = tabs;
    this.middle = middleOf(tabs.first.page.viewportSize() ?? plainViewport);
  }

  static async open(
    browser: Browser,
    options: Options & { context?: BrowserContextOptions },
  ): Promise<PageContext> {
    const context = await browser.newContext({ ...plain, ...options.context });
    try {
      return await PageContext.#of(await context.newPage(), () => browser.isConnected(), options);
    } catch (error) {
      await context.close().catch(() => undefined);
      throw error;
    }
  }

  /** Takes over a page of somebody else's, who gets it back with {@link leave}. */
  static visit(page: Page, options: Options): Promise<PageContext> {
    const browser = page.context().browser();
    return PageContext.#of(page, () => browser?.isConnected() ?? true, options);
  }

  static async #of(
    page: Page,
    isConnected: () => boolean,
    { hosting, onRefused, onLate = () => undefined }: Options,
  ): Promise<PageContext> {
    const context = page.context();
    const dialogs = new PageDialogs();
    const wallTime = new WallTime(
      hosting.patience,
      () => (isConnected() ? pageCrashed() : browserDied()),
      () => ({ isOpen: dialogs.open !== undefined, closed: dialogs.closed }),
    );
    const died = (): void => wallTime.fail(browserDied());
    const browser = context.browser();
    browser?.on('disconnected', died);
    context.on('close', () => browser?.off('disconnected', died));
    const surroundings: TabSurroundings = {
      hosting,
      wallTime,
      dialogs,
      onRefused,
      onLate,
      onDialog: (tab) => tabs.bringToFront(tab),
      onWindow: (opener, windowName) => tabs.announce(opener, windowName),
      count: () => tabs.count,
    };
    const first = await Tab.adopt(page, surroundings, { name: 't1' });
    const tabs = new Tabs(first, surroundings);
    const receive = (opened: Page): void => void tabs.receive(opened);
    context.on('page', receive);
    return new PageContext(surroundings, tabs, () => {
      context.off('page', receive);
      browser?.off('disconnected', died);
    });
  }

  /** Shows an address of the host in the first tab; what is seen there, or a dialog that holds it. */
  arrive(address: string): Promise<Seen> {
    return this.dialogs.orOpen(this.tabs.first.arrive(address));
  }

  /** Closes the pages and all that belongs to them, also where they do not answer. */
  async close(): Promise<void> {
    this.wallTime.fail(pageHung('closing'));
    const ended = this.tabs.terminate();
    // A page that a dialog holds ends only with its context.
    if (!this.dialogs.open) await ended;
    await this.#context.close().catch(() => undefined);
  }

  /** Lets go of pages that somebody else goes on with. */
  async leave(): Promise<void> {
    await this.dialogs.dismissAll();
    this.#stopListening();
    await this.tabs.leave();
  }
}
