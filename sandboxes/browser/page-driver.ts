import { messageOf, type Site } from 'lamarck';
import type { Browser, BrowserContext, CDPSession } from 'playwright';
import { PageDialogs } from './dialogs.ts';
import { browserDied, pageCrashed, pageHung } from './faults.ts';
import type { InPage, Play, Played, Remains, Seen, Settled, SettleOptions } from './in-page/in-page.ts';
import { inPage, inPageScript } from './in-page/script.ts';
import { click, drag, move, turnWheel, type Point } from './pointer.ts';
import { documentSeed, serveSite, taskOrigin, type Serving } from './site-server.ts';
import { WallTime } from './wall-time.ts';

/** How far the clock goes on after each action, in ms: long enough for what debounces, short enough for what expires. */
export const advanceMilliseconds = 200;
/** Documents in a row that one action may lead through. */
const mostNavigations = 20;

/** Features that outlive `document.open()`: a start page with one of them gets a new document each time. */
const outlivesRewriting =
  /autofocus|http-equiv|importmap|<(?:i?frame|object|embed|base)\b|<script[^>]*\ssrc|stylesheet|\bimport(?:\s*[({*"']|\s+\w)|customElements/i;

const contextGone = /context was destroyed|Cannot find (?:default execution )?context|navigated or closed/i;

type Call = {
  [Name in keyof InPage]-?: InPage[Name] extends (...values: never[]) => unknown ? Name : never;
}[keyof InPage];
type Reply<Name extends Call> = Awaited<ReturnType<InPage[Name]>>;

/**
 * One page, driven by raw protocol messages: each is bounded in wall time, and a page that exceeds it, crashes or loses
 * its browser fails everything that is under way on it, for good.
 */
export class PageDriver {
  readonly #context: BrowserContext;
  readonly #session: CDPSession;
  readonly #wallTime: WallTime;
  /** Wake on the next navigation, refused or within the document ones included. */
  readonly #listening = new Set<() => void>();
  #serving: Serving | undefined;
  #pointer: Point | undefined;
  /** Documents that this page has shown, and navigations of it that were refused. */
  #navigations = 0;
  #refusedNavigations = 0;
  #remains: Remains = 'document';
  readonly dialogs: PageDialogs;

  private constructor(context: BrowserContext, session: CDPSession) {
    this.#context = context;
    this.#session = session;
    this.#wallTime = new WallTime(
      () => (context.browser()?.isConnected() ? pageCrashed() : browserDied()),
      () => ({ isOpen: this.dialogs.open !== undefined, closed: this.dialogs.closed }),
    );
    this.dialogs = new PageDialogs(session, this.send);
  }

  static async open(browser: Browser, onRefused: () => void): Promise<PageDriver> {
    const context = await browser.newContext({
      viewport: { width: 1024, height: 768 },
      deviceScaleFactor: 1,
      locale: 'en-US',
      timezoneId: 'UTC',
      colorScheme: 'light',
      reducedMotion: 'reduce',
      acceptDownloads: false,
    });
    try {
      const page = await context.newPage();
      const session = await context.newCDPSession(page);
      const driver = new PageDriver(context, session);
      context.on('page', (popup) => void popup.close().catch(() => undefined));
      // Without a listener, dialogs would be closed at once.
      page.on('dialog', () => undefined);
      page.on('websocket', onRefused);
      page.on('crash', () => driver.#wallTime.fail(pageCrashed()));
      const died = (): void => driver.#wallTime.fail(browserDied());
      browser.on('disconnected', died);
      context.on('close', () => browser.off('disconnected', died));
      const { frameTree } = await driver.send('Page.getFrameTree');
      const mainFrame = frameTree.frame.id;
      session.on('Page.frameNavigated', ({ frame }) => {
        if (frame.id === mainFrame) driver.#navigated();
      });
      session.on('Page.navigatedWithinDocument', ({ frameId }) => {
        if (frameId === mainFrame) driver.#heard();
      });
      await Promise.all([
        driver.send('Page.enable'),
        driver.send('Page.addScriptToEvaluateOnNewDocument', { source: inPageScript }),
        serveSite(
          session,
          mainFrame,
          () => driver.#serving,
          (isNavigation) => {
            onRefused();
            if (isNavigation) {
              driver.#refusedNavigations++;
              driver.#navigated();
            }
          },
        ),
      ]);
      // The first document in a process finds the pointer at 0, 0; later ones find it where it was left.
      await driver.start({ '/': '' }, '');
      await driver.retire();
      return driver;
    } catch (error) {
      await context.close().catch(() => undefined);
      throw error;
    }
  }

  /** What a reset has to do next: rewrite the document, navigate, or give up this context. */
  get remains(): Remains {
    return this.#wallTime.failure ? 'context' : this.#remains;
  }

  /** A protocol message, bounded in wall time. */
  readonly send: CDPSession['send'] = (method, params) =>
    this.#wallTime.bounded(method, () => this.#session.send(method, params));

  /** Calls one of the page's own parts; the context that answers is that of the document of the moment. */
  async call<Name extends Call>(name: Name, ...values: Parameters<InPage[Name]>): Promise<Reply<Name>> {
    const { result, exceptionDetails } = await this.send('Runtime.evaluate', {
      expression: `${inPage}.${name}(${values.map((value) => JSON.stringify(value)).join(', ')})`,
      returnByValue: true,
      awaitPromise: true,
    });
    if (exceptionDetails)
      throw new Error(`${name}: ${exceptionDetails.exception?.description ?? exceptionDetails.text}`);
    return result.value as Reply<Name>;
  }

  click(point: Point): Promise<unknown> {
    this.#pointer = point;
    return click(this.send, point);
  }

  hover(point: Point): Promise<unknown> {
    this.#pointer = point;
    return move(this.send, point);
  }

  wheel(point: Point, deltaY: number): Promise<unknown> {
    this.#pointer = point;
    return turnWheel(this.send, point, deltaY);
  }

  async drag(from: Point, to: Point): Promise<void> {
    this.#pointer = to;
    const until = (holds: () => boolean): Promise<void> =>
      this.#wallTime.bounded('drag', async () => {
        while (!holds()) await new Promise((resolve) => setTimeout(resolve, 1));
      });
    const isDragging = (): Promise<boolean> => this.call('isDragging');
    await drag({ session: this.#session, send: this.send, isDragging, until }, from, to);
  }

  /** Does something to the page, waits until all that came of it has settled, and tells what is then seen. */
  async act(input: () => Promise<unknown>, options: { scrolled?: boolean } = {}): Promise<Seen> {
    const before = this.#navigations;
    return this.dialogs.orOpen(input().then(() => this.#settled(before, () => this.#settle(options))));
  }

  /** Lets the page play by itself for a while, and waits until what it did last has settled. */
  async play(play: Play): Promise<Played> {
    let played: Played | undefined;
    await this.#settled(this.#navigations, async () => {
      const asked = this.call('play', play).then((reply) => {
        const serving = this.#serving;
        if (serving && reply.isRewritten) Object.assign(serving, { documents: 1, documentBegan: 0 });
        if (serving) serving.elapsed = serving.documentBegan + reply.settled.clock;
        return (played = reply);
      });
      if (this.#serving) this.#serving.held = asked.catch(() => undefined);
      return (await asked).settled;
    });
    if (!played) throw pageHung('synthetic play');
    return played;
  }

  /** What the page needs to begin again by itself; nothing where only a new document will do. */
  selfStart(html: string, seed: string): { start?: { html: string; seed: string } } {
    const canRewrite = this.#remains === 'nothing' && !outlivesRewriting.test(html);
    return canRewrite ? { start: { html, seed: documentSeed(seed, 0) } } : {};
  }

  /** Brings the page to the start of a site, in the cheapest way that leaves no trace of what was there before. */
  async start(site: Site, seed: string): Promise<{ tier: 'in-page' | 'navigation'; seen: Seen }> {
    const serving: Serving = { site, seed, documents: 0, elapsed: 0, documentBegan: 0 };
    const html = site['/'] ?? '';
    const before = this.#navigations;
    if (this.#remains === 'nothing' && !outlivesRewriting.test(html)) {
      this.#serving = serving;
      serving.documents = 1;
      const rewrite = () => this.call('rewrite', html, documentSeed(seed, 0), advanceMilliseconds);
      return { tier: 'in-page', seen: await this.dialogs.orOpen(this.#settled(before, rewrite)) };
    }
    await this.send('Storage.clearDataForOrigin', { origin: taskOrigin, storageTypes: 'all' });
    this.#serving = serving;
    // Replacing keeps the start the only entry of the history.
    const arrive = async (): Promise<Seen> => {
      await this.send('Runtime.evaluate', { expression: `location.replace('${taskOrigin}/')` });
      await this.#navigationAfter(before);
      return this.#settled(this.#navigations, () => this.#settle({}));
    };
    return { tier: 'navigation', seen: await this.dialogs.orOpen(arrive()) };
  }

  /** Steps in the history of the site's pages; false where there is no such entry. */
  async traverse(steps: number): Promise<boolean> {
    const { currentIndex, entries } = await this.send('Page.getNavigationHistory');
    const entry = entries[currentIndex + steps];
    if (!entry?.url.startsWith(`${taskOrigin}/`)) return false;
    const moved = this.#wallTime.bounded(
      'history',
      () => new Promise<void>((resolve) => this.#listening.add(resolve)),
    );
    await Promise.all([moved, this.send('Page.navigateToHistoryEntry', { entryId: entry.id })]);
    return true;
  }

  /** Silences the page and finds out how much of it would outlive a rewriting. */
  async retire(): Promise<void> {
    this.#remains = 'context';
    await this.dialogs.dismissAll();
    const [remains, { names }] = await Promise.all([
      this.call('silence', this.#serving?.documents === 1),
      this.send('Runtime.globalLexicalScopeNames', {}),
    ]);
    this.#serving = undefined;
    await Promise.all([
      this.#removePointer(),
      remains === 'nothing' || this.send('Page.resetNavigationHistory'),
    ]);
    this.#remains = remains === 'nothing' && names.length > 0 ? 'document' : remains;
  }

  /** Closes the page and all that belongs to it, also where it does not answer. */
  async close(): Promise<void> {
    this.#wallTime.fail(pageHung('closing'));
    const ended = this.#session.send('Runtime.terminateExecution').catch(() => undefined);
    // A page that a dialog holds ends only with its context.
    if (!this.dialogs.open) await ended;
    await this.#context.close().catch(() => undefined);
  }

  async #settled(before: number, first: () => Promise<Settled>): Promise<Seen> {
    let next = first;
    let counted = before;
    for (let round = 0; round <= mostNavigations; round++) {
      const refused = this.#refusedNavigations;
      const { leaving, traversal, seen, clock } = await next().catch((error: unknown): Settled => {
        if (this.#wallTime.failure === undefined && contextGone.test(messageOf(error)))
          return { leaving: true, clock: 0 };
        throw error;
      });
      if (seen) {
        if (this.#serving) this.#serving.elapsed = this.#serving.documentBegan + clock;
        return seen;
      }
      if (leaving) await this.#navigationAfter(counted);
      else if (traversal !== undefined) await this.traverse(traversal);
      counted = this.#navigations;
      const stayed = this.#refusedNavigations > refused;
      next = () => this.#settle({ stayed });
    }
    throw pageHung(`more than ${mostNavigations} navigations after one action`);
  }

  #settle(options: SettleOptions): Promise<Settled> {
    return this.call('settle', advanceMilliseconds, { ...options, pointer: this.#pointer });
  }

  /**
   * Takes the pointer off the page, where it is before a lease and after. The key makes that take effect at once
   * instead of with the next frame; nobody listens to it.
   */
  async #removePointer(): Promise<void> {
    this.#pointer = undefined;
    await Promise.all([
      this.send('Input.dispatchMouseEvent', { type: 'mouseMoved', x: -10, y: -10 }),
      this.send('Input.dispatchKeyEvent', { type: 'keyUp', key: 'Shift', code: 'ShiftLeft' }),
    ]);
  }

  async #navigationAfter(count: number): Promise<void> {
    while (this.#navigations <= count) {
      await this.#wallTime.bounded(
        'navigation',
        () => new Promise<void>((resolve) => this.#listening.add(resolve)),
      );
    }
  }

  #heard(): void {
    const listening = [...this.#listening];
    this.#listening.clear();
    for (const resolve of listening) resolve();
  }

  #navigated(): void {
    this.#navigations++;
    this.#heard();
  }
}
