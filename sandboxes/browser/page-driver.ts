import { messageOf, type LamarckError, type PageDialog, type Site } from 'lamarck';
import type { Browser, BrowserContext, CDPSession } from 'playwright';
import { browserDied, hungAfterMilliseconds, pageCrashed, pageHung } from './faults.ts';
import type { InPage, Play, Played, Remains, Seen, Settled, SettleOptions } from './in-page/in-page.ts';
import { inPage, inPageScript } from './in-page/script.ts';
import { documentSeed, serveSite, taskOrigin, type Serving } from './site-server.ts';

/** How far the clock goes on after each action, in ms: long enough for what debounces, short enough for what expires. */
export const advanceMilliseconds = 200;
/** Documents in a row that one action may lead through. */
const mostNavigations = 20;
/** Dialogs in a row that are dismissed when a page is given back. */
const mostDialogs = 20;

/** Features that outlive `document.open()`: a start page with one of them gets a new document each time. */
const outlivesRewriting =
  /autofocus|http-equiv|importmap|<(?:i?frame|object|embed|base)\b|<script[^>]*\ssrc|stylesheet|\bimport(?:\s*[({*"']|\s+\w)|customElements/i;

const contextGone = /context was destroyed|Cannot find (?:default execution )?context|navigated or closed/i;
const sessionGone = /has been closed|Session closed|Target closed|Target crashed/i;

type OpenDialog = PageDialog & { readonly url: string; readonly proposal: string | undefined };
/** What a page put into a drag, as the protocol hands it over and takes it back. */
interface DragData {
  items: { mimeType: string; data: string }[];
  dragOperationsMask: number;
}
/** What the protocol tells of a dialog. */
interface DialogOpening {
  readonly type: PageDialog['kind'];
  readonly message: string;
  readonly url: string;
  readonly defaultPrompt?: string;
}
type Call = {
  [Name in keyof InPage]: InPage[Name] extends (...values: never[]) => unknown ? Name : never;
}[keyof InPage];
type Reply<Name extends Call> = Awaited<ReturnType<InPage[Name]>>;

/**
 * One page, driven by raw protocol messages: each is bounded in wall time, and a page that exceeds it, crashes or loses
 * its browser fails everything that is under way on it, for good.
 */
export class PageDriver {
  readonly #context: BrowserContext;
  readonly #session: CDPSession;
  readonly #underWay = new Set<(error: LamarckError) => void>();
  /** Wake on the next navigation, refused or within the document ones included. */
  readonly #listening = new Set<() => void>();
  #serving: Serving | undefined;
  #pointer: { x: number; y: number } | undefined;
  /** Documents that this page has shown, and navigations of it that were refused. */
  #navigations = 0;
  #refusedNavigations = 0;
  #failure: LamarckError | undefined;
  #remains: Remains = 'document';
  #dialog: OpenDialog | undefined;
  #dialogsClosed = 0;
  #onDialog: () => void = () => undefined;
  /** What a dialog holds up. */
  #interrupted: Promise<Seen> | undefined;

  private constructor(context: BrowserContext, session: CDPSession) {
    this.#context = context;
    this.#session = session;
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
      session.on('Page.javascriptDialogOpening', (opened) => driver.#dialogOpened(opened));
      page.on('websocket', onRefused);
      page.on('crash', () => driver.#fail(pageCrashed()));
      const died = (): void => driver.#fail(browserDied());
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
    return this.#failure ? 'context' : this.#remains;
  }

  /** A protocol message, bounded in wall time. */
  readonly send: CDPSession['send'] = (method, params) =>
    this.#bounded(method, () => this.#session.send(method, params));

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

  /** Sent together, so that the page takes both as one; the press moves the pointer there. */
  click(point: { x: number; y: number }): Promise<unknown> {
    this.#pointer = point;
    const button = { ...point, button: 'left', clickCount: 1 } as const;
    return Promise.all([
      this.send('Input.dispatchMouseEvent', { type: 'mousePressed', ...button }),
      this.send('Input.dispatchMouseEvent', { type: 'mouseReleased', ...button }),
    ]);
  }

  hover(point: { x: number; y: number }): Promise<unknown> {
    this.#pointer = point;
    return this.#mouse('mouseMoved', point);
  }

  /** Presses at one point, moves and lets go at another; where the page begins a drag of the browser's own, drops there. */
  async drag(from: { x: number; y: number }, to: { x: number; y: number }): Promise<void> {
    let intercepted: DragData | undefined;
    const onIntercepted = ({ data }: { data: DragData }): void => void (intercepted = data);
    const along = (part: number) => ({
      x: from.x + (to.x - from.x) * part,
      y: from.y + (to.y - from.y) * part,
    });
    this.#session.once('Input.dragIntercepted', onIntercepted);
    await this.send('Input.setInterceptDrags', { enabled: true });
    try {
      await this.#mouse('mouseMoved', from);
      await this.#mouse('mousePressed', from);
      for (const part of [0.05, 0.25, 0.5, 0.75, 1]) {
        if (intercepted) break;
        await this.#mouse('mouseMoved', along(part), 1);
        if (await this.call('isDragging')) await this.#until(() => intercepted !== undefined);
      }
      this.#pointer = to;
      if (!intercepted) return void (await this.#mouse('mouseReleased', to));
      for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
        await this.send('Input.dispatchDragEvent', { type, ...to, data: intercepted });
    } finally {
      this.#session.off('Input.dragIntercepted', onIntercepted);
      await this.send('Input.setInterceptDrags', { enabled: false });
    }
  }

  #mouse(
    type: 'mouseMoved' | 'mousePressed' | 'mouseReleased',
    point: { x: number; y: number },
    buttons = type === 'mousePressed' ? 1 : 0,
  ): Promise<unknown> {
    const pressing = type === 'mouseMoved' && buttons === 0 ? {} : { button: 'left' as const };
    const clickCount = type === 'mouseMoved' ? 0 : 1;
    return this.send('Input.dispatchMouseEvent', { type, ...point, ...pressing, buttons, clickCount });
  }

  /** Waits for an event of the protocol that is on its way. */
  async #until(holds: () => boolean): Promise<void> {
    await this.#bounded('drag', async () => {
      while (!holds()) await new Promise((resolve) => setTimeout(resolve, 1));
    });
  }

  wheel(point: { x: number; y: number }, deltaY: number): Promise<unknown> {
    this.#pointer = point;
    return this.send('Input.dispatchMouseEvent', { type: 'mouseWheel', ...point, deltaX: 0, deltaY });
  }

  /** Does something to the page, waits until all that came of it has settled, and tells what is then seen. */
  async act(input: () => Promise<unknown>, options: { scrolled?: boolean } = {}): Promise<Seen> {
    const before = this.#navigations;
    return this.#orDialog(input().then(() => this.#settled(before, () => this.#settle(options))));
  }

  /** The dialog that holds the page. */
  get dialog(): PageDialog | undefined {
    return this.#dialog;
  }

  /** Answers the open dialog, and goes on with the action that it interrupted. */
  async answer(accept: boolean, promptText?: string): Promise<Seen> {
    const { kind, proposal } = this.#dialog ?? {};
    this.#dialog = undefined;
    this.#dialogsClosed++;
    const text = promptText ?? proposal;
    const interrupted = this.#interrupted;
    if (!interrupted) throw pageHung('a dialog that no action opened');
    const answered = this.send('Page.handleJavaScriptDialog', {
      accept,
      ...(kind === 'prompt' && accept && { promptText: text ?? '' }),
    });
    return this.#orDialog(answered.then(() => interrupted));
  }

  /** What is seen in the end, or as soon as a dialog holds the page; the rest then goes on with the answer. */
  #orDialog(work: Promise<Seen>): Promise<Seen> {
    this.#interrupted = work;
    const held = new Promise<Seen>((resolve) => (this.#onDialog = () => resolve(this.#dialogSeen())));
    if (this.#dialog) this.#onDialog();
    return Promise.race([work, held]);
  }

  #dialogSeen(): Seen {
    const { url = '/', kind = 'alert', message = '' } = this.#dialog ?? {};
    return { observation: { url, dialog: { kind, message }, elements: [] }, points: {} };
  }

  #dialogOpened({ type, message, url, defaultPrompt }: DialogOpening): void {
    if (type === 'beforeunload') {
      void this.#session.send('Page.handleJavaScriptDialog', { accept: true }).catch(() => undefined);
      return;
    }
    const { pathname, search } = new URL(url, taskOrigin);
    this.#dialog = { kind: type, message, url: pathname + search, proposal: defaultPrompt };
    this.#onDialog();
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
      return { tier: 'in-page', seen: await this.#orDialog(this.#settled(before, rewrite)) };
    }
    await this.send('Storage.clearDataForOrigin', { origin: taskOrigin, storageTypes: 'all' });
    this.#serving = serving;
    // Replacing keeps the start the only entry of the history.
    const arrive = async (): Promise<Seen> => {
      await this.send('Runtime.evaluate', { expression: `location.replace('${taskOrigin}/')` });
      await this.#navigationAfter(before);
      return this.#settled(this.#navigations, () => this.#settle({}));
    };
    return { tier: 'navigation', seen: await this.#orDialog(arrive()) };
  }

  /** Steps in the history of the site's pages; false where there is no such entry. */
  async traverse(steps: number): Promise<boolean> {
    const { currentIndex, entries } = await this.send('Page.getNavigationHistory');
    const entry = entries[currentIndex + steps];
    if (!entry?.url.startsWith(`${taskOrigin}/`)) return false;
    const moved = this.#bounded(
      'history',
      () => new Promise<void>((resolve) => this.#listening.add(resolve)),
    );
    await Promise.all([moved, this.send('Page.navigateToHistoryEntry', { entryId: entry.id })]);
    return true;
  }

  /** Silences the page and finds out how much of it would outlive a rewriting. */
  async retire(): Promise<void> {
    this.#remains = 'context';
    await this.dismissDialogs();
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

  /** Dismisses whatever dialogs hold the page; undefined where there was none. */
  async dismissDialogs(): Promise<Seen | undefined> {
    let seen: Seen | undefined;
    for (let count = 0; this.#dialog; count++) {
      if (count === mostDialogs) throw pageHung(`more than ${mostDialogs} dialogs in a row`);
      seen = await this.answer(false);
    }
    return seen;
  }

  /** Closes the page and all that belongs to it, also where it does not answer. */
  async close(): Promise<void> {
    this.#fail(pageHung('closing'));
    const ended = this.#session.send('Runtime.terminateExecution').catch(() => undefined);
    // A page that a dialog holds ends only with its context.
    if (!this.#dialog) await ended;
    await this.#context.close().catch(() => undefined);
  }

  async #settled(before: number, first: () => Promise<Settled>): Promise<Seen> {
    let next = first;
    let counted = before;
    for (let round = 0; round <= mostNavigations; round++) {
      const refused = this.#refusedNavigations;
      const { leaving, traversal, seen, clock } = await next().catch((error: unknown): Settled => {
        if (this.#failure === undefined && contextGone.test(messageOf(error)))
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
      await this.#bounded('navigation', () => new Promise<void>((resolve) => this.#listening.add(resolve)));
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

  #fail(error: LamarckError): void {
    this.#failure ??= error;
    for (const reject of this.#underWay) reject(this.#failure);
    this.#underWay.clear();
  }

  #bounded<T>(doing: string, work: () => Promise<T>): Promise<T> {
    if (this.#failure) return Promise.reject(this.#failure);
    return new Promise<T>((resolve, reject) => {
      let timer: NodeJS.Timeout;
      // While a dialog is open, the page waits for its answer.
      const watch = (): void => {
        const closed = this.#dialogsClosed;
        timer = setTimeout(() => {
          if (this.#dialog || this.#dialogsClosed !== closed) watch();
          else this.#fail(pageHung(doing));
        }, hungAfterMilliseconds);
      };
      watch();
      const end =
        <V>(settle: (value: V) => void) =>
        (value: V): void => {
          clearTimeout(timer);
          this.#underWay.delete(fail);
          settle(value);
        };
      const fail = end<unknown>(reject);
      this.#underWay.add(fail);
      work().then(end(resolve), (error: unknown) => {
        if (sessionGone.test(messageOf(error)))
          this.#fail(this.#isConnected() ? pageCrashed() : browserDied());
        fail(this.#failure ?? error);
      });
    });
  }

  #isConnected(): boolean {
    return this.#context.browser()?.isConnected() ?? false;
  }
}
