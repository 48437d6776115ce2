import type { SiteView } from 'lamarck';
import type { Browser } from 'playwright';
import type { PageDialogs } from './dialogs.ts';
import { pageHung } from './faults.ts';
import { documentSeed, type Serving } from './hosting.ts';
import type { Play, Played, Remains, Seen } from './in-page/in-page.ts';
import { middleOf, PageContext, plainViewport } from './page-context.ts';
import type { Point } from './pointer.ts';
import { SiteServer, taskOrigin, type ReadSiteFile } from './site-server.ts';
import { advanceMilliseconds, type Tab } from './tab.ts';
import type { Tabs } from './tabs.ts';

type Viewport = Required<SiteView>['viewport'] & {};

interface Heard {
  readonly onRefused: () => void;
  readonly onLate?: (addresses: readonly string[]) => void;
}

/** Features that outlive `document.open()`: a start page with one of them gets a new document each time. */
const outlivesRewriting =
  /autofocus|http-equiv|importmap|<(?:i?frame|object|embed|base)\b|<script[^>]*\ssrc|stylesheet|\bimport(?:\s*[({*"']|\s+\w)|customElements/i;

/** A browser context whose first tab is brought to the start of one site after the other. */
export class PageDriver {
  readonly #pages: PageContext;
  readonly #server: SiteServer;
  #remains: Remains = 'document';
  #viewport = plainViewport;

  private constructor(pages: PageContext, server: SiteServer) {
    this.#pages = pages;
    this.#server = server;
  }

  static async open(
    browser: Browser,
    {
      readFile,
      hungAfterMilliseconds,
      ...heard
    }: Heard & { readFile?: ReadSiteFile | undefined; hungAfterMilliseconds?: number | undefined },
  ): Promise<PageDriver> {
    const hosting = new SiteServer(readFile, hungAfterMilliseconds);
    const pages = await PageContext.open(browser, { hosting, ...heard });
    try {
      const driver = new PageDriver(pages, hosting);
      // The first document in a process finds the pointer at 0, 0; later ones find it where it was left.
      await driver.start({ site: { '/': '' } }, '');
      await driver.retire();
      return driver;
    } catch (error) {
      await pages.close();
      throw error;
    }
  }

  get dialogs(): PageDialogs {
    return this.#pages.dialogs;
  }

  get tabs(): Tabs {
    return this.#pages.tabs;
  }

  get middle(): Point {
    return middleOf(this.#viewport);
  }

  get #first(): Tab {
    return this.#pages.tabs.first;
  }

  /** What a reset has to do next: rewrite the document, navigate, or give up this context. */
  get remains(): Remains {
    return this.#pages.wallTime.failure ? 'context' : this.#remains;
  }

  /**
   * Lets the page play by itself for a while, and waits until what it did last has settled; dialogs of documents that came
   * of it are dismissed.
   */
  async play(play: Play): Promise<Played> {
    let played: Played | undefined;
    const first = this.#first;
    const settling = first.settled(async () => {
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
  selfStart(view: SiteView, seed: string): { start?: { html: string; seed: string } } {
    const html = view.site['/'] ?? '';
    return this.#canRewrite(view) ? { start: { html, seed: documentSeed(seed, 0) } } : {};
  }

  /** Brings the page to the start of a site, in the cheapest way that leaves no trace of what was there before. */
  async start(view: SiteView, seed: string): Promise<{ tier: 'in-page' | 'navigation'; seen: Seen }> {
    const serving: Serving = { seed, documents: 0, elapsed: 0, documentBegan: 0 };
    const html = view.site['/'] ?? '';
    const first = this.#first;
    this.#server.view = view;
    await this.#resize(view.viewport ?? plainViewport);
    if (this.#canRewrite(view)) {
      first.serving = serving;
      serving.documents = 1;
      const rewrite = () => first.call('rewrite', html, documentSeed(seed, 0), advanceMilliseconds);
      return { tier: 'in-page', seen: await this.dialogs.orOpen(first.settled(rewrite)) };
    }
    await first.send('Storage.clearDataForOrigin', { origin: taskOrigin, storageTypes: 'all' });
    first.serving = serving;
    // Replacing keeps the start the only entry of the history.
    return { tier: 'navigation', seen: await this.#pages.arrive(`${taskOrigin}${view.start ?? '/'}`) };
  }

  /** Only the first page stands where every document begins. */
  #canRewrite({ site, start = '/' }: SiteView): boolean {
    return this.#remains === 'nothing' && start === '/' && !outlivesRewriting.test(site['/'] ?? '');
  }

  async #resize(viewport: Viewport): Promise<void> {
    if (viewport.width === this.#viewport.width && viewport.height === this.#viewport.height) return;
    await this.#first.resize(viewport);
    this.#viewport = viewport;
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
    const leavesTraces = names.length > 0 || this.#first.arrivals.wereAsked;
    this.#first.arrivals.forgetAll();
    this.#remains = remains === 'nothing' && leavesTraces ? 'document' : remains;
  }

  close(): Promise<void> {
    return this.#pages.close();
  }
}
