import type { Site } from 'lamarck';
import type { Browser, BrowserContext } from 'playwright';
import { PageDialogs } from './dialogs.ts';
import { browserDied, pageCrashed, pageHung } from './faults.ts';
import type { Play, Played, Remains, Seen } from './in-page/in-page.ts';
import { documentSeed, taskOrigin, type Serving } from './site-server.ts';
import { advanceMilliseconds, Tab, type TabSurroundings } from './tab.ts';
import { Tabs } from './tabs.ts';
import { WallTime } from './wall-time.ts';

/** Features that outlive `document.open()`: a start page with one of them gets a new document each time. */
const outlivesRewriting =
  /autofocus|http-equiv|importmap|<(?:i?frame|object|embed|base)\b|<script[^>]*\ssrc|stylesheet|\bimport(?:\s*[({*"']|\s+\w)|customElements/i;

/** A browser context of its own, whose first tab is brought to the start of one site after the other. */
export class PageDriver {
  readonly #context: BrowserContext;
  readonly #wallTime: WallTime;
  readonly #first: Tab;
  #remains: Remains = 'document';
  readonly dialogs: PageDialogs;
  readonly tabs: Tabs;

  private constructor(first: Tab, surroundings: TabSurroundings, tabs: Tabs) {
    this.#first = first;
    this.#context = surroundings.context;
    this.#wallTime = surroundings.wallTime;
    this.dialogs = surroundings.dialogs;
    this.tabs = tabs;
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
      const dialogs = new PageDialogs();
      const wallTime = new WallTime(
        () => (browser.isConnected() ? pageCrashed() : browserDied()),
        () => ({ isOpen: dialogs.open !== undefined, closed: dialogs.closed }),
      );
      const died = (): void => wallTime.fail(browserDied());
      browser.on('disconnected', died);
      context.on('close', () => browser.off('disconnected', died));
      const surroundings: TabSurroundings = {
        context,
        wallTime,
        dialogs,
        onRefused,
        onDialog: (tab) => tabs.bringToFront(tab),
        onWindow: (opener, windowName) => tabs.announce(opener, windowName),
        count: () => tabs.count,
      };
      const first = await Tab.adopt(page, surroundings, { name: 't1' });
      const tabs = new Tabs(first, surroundings);
      context.on('page', (opened) => void tabs.receive(opened));
      const driver = new PageDriver(first, surroundings, tabs);
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

  /**
   * Lets the page play by itself for a while, and waits until what it did last has settled; dialogs of documents that came
   * of it are dismissed.
   */
  async play(play: Play): Promise<Played> {
    let played: Played | undefined;
    const first = this.#first;
    const settling = first.settled(first.navigations, async () => {
      const asked = first.call('play', play).then((reply) => {
        const { serving } = first;
        if (serving && reply.isRewritten) Object.assign(serving, { documents: 1, documentBegan: 0 });
        if (serving) serving.elapsed = serving.documentBegan + reply.settled.clock;
        return (played = reply);
      });
      if (first.serving) first.serving.held = asked.catch(() => undefined);
      return (await asked).settled;
    });
    // A document that has yet to play holds itself up with a dialog.
    await this.dialogs.dismissing(settling);
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
    const first = this.#first;
    if (this.#remains === 'nothing' && !outlivesRewriting.test(html)) {
      first.serving = serving;
      serving.documents = 1;
      const rewrite = () => first.call('rewrite', html, documentSeed(seed, 0), advanceMilliseconds);
      return { tier: 'in-page', seen: await this.dialogs.orOpen(first.settled(first.navigations, rewrite)) };
    }
    await first.send('Storage.clearDataForOrigin', { origin: taskOrigin, storageTypes: 'all' });
    first.serving = serving;
    // Replacing keeps the start the only entry of the history.
    return { tier: 'navigation', seen: await this.dialogs.orOpen(first.arrive(`${taskOrigin}/`)) };
  }

  /** Silences the page and finds out how much of it would outlive a rewriting. */
  async retire(): Promise<void> {
    this.#remains = 'context';
    await this.dialogs.dismissAll();
    // What other tabs used of what tabs share is not known.
    const isUntouched = !this.tabs.wereSeveral && this.#first.serving?.documents === 1;
    await this.tabs.closeOthers();
    const [remains, { names }] = await this.dialogs.dismissing(
      Promise.all([
        this.#first.call('silence', isUntouched),
        this.#first.send('Runtime.globalLexicalScopeNames', {}),
      ]),
    );
    this.#first.serving = undefined;
    await Promise.all([
      this.#first.removePointer(),
      remains === 'nothing' || this.#first.send('Page.resetNavigationHistory'),
    ]);
    this.#remains = remains === 'nothing' && names.length > 0 ? 'document' : remains;
  }

  /** Closes the page and all that belongs to it, also where it does not answer. */
  async close(): Promise<void> {
    this.#wallTime.fail(pageHung('closing'));
    const ended = this.tabs.terminate();
    // A page that a dialog holds ends only with its context.
    if (!this.dialogs.open) await ended;
    await this.#context.close().catch(() => undefined);
  }
}
