import { messageOf } from 'lamarck';
import type { Page, Request } from 'playwright';
import { Arrivals } from './arrivals.ts';
import { openSession, type Session } from './browser-pipe.ts';
import type { PageDialogs } from './dialogs.ts';
import { pageCrashed, pageHung, pageUnreachable } from './faults.ts';
import type { Hosting, Serving } from './hosting.ts';
import type { InPage, Seen, Settled, SettleOptions, TabRequest } from './in-page/in-page.ts';
import { inPage } from './in-page/script.ts';
import { pressKey, typeText } from './keyboard.ts';
import { LoadingWait } from './loading-wait.ts';
import { click, drag, move, turnWheel, type Point } from './pointer.ts';
import type { WallTime } from './wall-time.ts';

/** How far the clock goes on after each action, in ms: long enough for what debounces, short enough for what expires. */
export const advanceMilliseconds = 200;
/** Documents in a row that one action may lead through. */
const mostNavigations = 20;

const contextGone = /context was destroyed|Cannot find (?:default execution )?context|navigated or closed/i;

type Call = {
  [Name in keyof InPage]-?: InPage[Name] extends (...values: never[]) => unknown ? Name : never;
}[keyof InPage];
type Reply<Name extends Call> = Awaited<ReturnType<InPage[Name]>>;

/** What the tabs of one browser context have in common. */
export interface TabSurroundings {
  readonly hosting: Hosting;
  readonly wallTime: WallTime;
  readonly dialogs: PageDialogs;
  /** A dialog holds this tab, and with it all of them. */
  onDialog(tab: Tab): void;
  /** Called when the tab's page has opened a window; `windowName` is '' unless other windows may find it by that name. */
  onWindow(opener: Tab, windowName: string): void;
  /** How many there are. */
  count(): number;
  onRefused(): void;
  /** A page was looked at before all resources had arrived that it had asked for. */
  onLate(addresses: readonly string[]): void;
}

export interface TabPlace {
  /** `t1` for the first of a lease, `t2` for the next that was opened. */
  readonly name: string;
  readonly opener?: Tab;
  /** What scripts call its window, '' where nothing. */
  readonly windowName?: string;
}

/**
 * One tab, driven by raw protocol messages: each is bounded in wall time, and a tab that exceeds it, crashes or loses
 * its browser fails everything that is under way in its context, for good.
 */
export class Tab {
  readonly name: string;
  readonly opener: Tab | undefined;
  readonly windowName: string;
  readonly page: Page;
  readonly arrivals: Arrivals;
  readonly #session: Session;
  readonly #surroundings: TabSurroundings;
  /** Wake on the next navigation, refused or within the document ones included. */
  readonly #listening = new Set<() => void>();
  serving: Serving | undefined;
  /** What it showed last, and what its scripts asked of the browser and was not done yet. */
  shown: { readonly title: string; readonly url: string } = { title: '', url: '/' };
  asks: TabRequest | undefined;
  #pointer: Point | undefined;
  #isCrashed = false;
  /** Of the last request for a document, and the entries of the history that answered a form. */
  #method = 'GET';
  readonly #answers = new Set<number>();
  #stopListening: () => void = () => undefined;
  /** Documents that this tab has shown and navigations of it that were refused, and of these the refused ones alone. */
  #navigations = 0;
  #refusedNavigations = 0;
  /** The same when the page was last seen, or known to have gone on: later ones came of what is settling now. */
  #settled = { navigations: 0, refused: 0 };

  private constructor(
    page: Page,
    session: Session,
    surroundings: TabSurroundings,
    { name, opener, windowName = '' }: TabPlace,
  ) {
    this.page = page;
    this.#session = session;
    this.#surroundings = surroundings;
    this.arrivals = new Arrivals(surroundings.hosting.loading.isHeld);
    this.name = name;
    this.opener = opener;
    this.windowName = windowName;
  }

  /** Takes over a page that has shown nothing yet. */
  static async adopt(page: Page, surroundings: TabSurroundings, place: TabPlace): Promise<Tab> {
    const { hosting, wallTime, dialogs, onRefused } = surroundings;
    const session = await openSession(page);
    const tab = new Tab(page, session, surroundings, place);
    dialogs.listenTo(session, tab.send, () => surroundings.onDialog(tab));
    // Without a listener, dialogs would be closed at once.
    const onDialog = (): void => undefined;
    const onCrash = (): void => {
      tab.#isCrashed = true;
      wallTime.fail(pageCrashed());
    };
    const onRequest = (request: Request): void => {
      if (request.isNavigationRequest() && request.frame() === page.mainFrame())
        tab.#method = request.method();
    };
    page.on('dialog', onDialog);
    page.on('crash', onCrash);
    page.on('request', onRequest);
    tab.#stopListening = () => {
      page.off('dialog', onDialog);
      page.off('crash', onCrash);
      page.off('request', onRequest);
    };
    const { frameTree } = await tab.send('Page.getFrameTree');
    const mainFrame = frameTree.frame.id;
    session.on('Page.frameNavigated', ({ frame }) => {
      if (frame.id !== mainFrame) return;
      if (frame.unreachableUrl !== undefined) wallTime.fail(pageUnreachable(frame.unreachableUrl));
      tab.#navigated();
    });
    session.on('Page.navigatedWithinDocument', ({ frameId }) => {
      if (frameId === mainFrame) tab.#heard();
    });
    session.on('Page.windowOpen', ({ windowName }) => surroundings.onWindow(tab, windowName));
    const countRefusal = (isNavigation: boolean): void => {
      onRefused();
      if (!isNavigation) return;
      tab.#refusedNavigations++;
      tab.#navigated();
    };
    await Promise.all([
      tab.send('Page.enable'),
      tab.send('Page.addScriptToEvaluateOnNewDocument', { source: hosting.script }),
      tab.arrivals.listenTo(session, mainFrame),
      hosting.host({
        page,
        session,
        mainFrame,
        arrivals: tab.arrivals,
        serving: () => tab.serving,
        onRefused: countRefusal,
      }),
    ]);
    return tab;
  }

  isOf(page: Page | null): boolean {
    return this.page === page;
  }

  /** A protocol message, bounded in wall time. */
  readonly send: Session['send'] = (method, params) =>
    this.#surroundings.wallTime.bounded(method, () => this.#session.send(method, params));

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

  /** Hears what is done by hand, in this document and in those that follow, until the work is done. */
  async hearing<T>(hear: (told: string) => void, work: () => Promise<T>): Promise<T> {
    const name = 'lamarckRecorded';
    const expression = `${inPage}.record('${name}')`;
    const onCall = (called: { name: string; payload: string }): void => {
      if (called.name === name) hear(called.payload);
    };
    this.#session.on('Runtime.bindingCalled', onCall);
    // Without it, later documents would not have the function.
    await this.send('Runtime.enable');
    await this.send('Runtime.addBinding', { name });
    const { identifier } = await this.send('Page.addScriptToEvaluateOnNewDocument', { source: expression });
    try {
      await this.send('Runtime.evaluate', { expression });
      return await work();
    } finally {
      this.#session.off('Runtime.bindingCalled', onCall);
      await this.send('Page.removeScriptToEvaluateOnNewDocument', { identifier });
      await this.send('Runtime.removeBinding', { name });
      await this.send('Runtime.disable');
    }
  }

  click(point: Point): Promise<unknown> {
    this.#pointer = point;
    return click(this.send, point);
  }

  hover(point: Point): Promise<unknown> {
    this.#pointer = point;
    return move(this.send, point);
  }

  press(key: string): Promise<unknown> {
    return pressKey(this.send, key);
  }

  wheel(point: Point, deltaY: number): Promise<unknown> {
    this.#pointer = point;
    return turnWheel(this.send, point, deltaY);
  }

  async drag(from: Point, to: Point): Promise<void> {
    this.#pointer = to;
    const until = (holds: () => boolean): Promise<void> =>
      this.#surroundings.wallTime.bounded('drag', async () => {
        while (!holds()) await new Promise((resolve) => setTimeout(resolve, 1));
      });
    const isDragging = (): Promise<boolean> => this.call('isDragging');
    await drag({ session: this.#session, send: this.send, isDragging, until }, from, to);
  }

  /** The size in CSS px that its documents have from now on. */
  async resize({ width, height }: { width: number; height: number }): Promise<void> {
    await this.send('Emulation.setDeviceMetricsOverride', {
      width,
      height,
      deviceScaleFactor: 1,
      mobile: false,
    });
  }

  /** Steps in the history of the site's pages; or why it stays where it is, in a sentence. */
  async traverse(steps: number): Promise<{ error?: string }> {
    const { currentIndex, entries } = await this.send('Page.getNavigationHistory');
    const entry = entries[currentIndex + steps];
    if (!entry?.url.startsWith(`${this.#surroundings.hosting.origin}/`))
      return { error: 'There is no earlier page to go back to.' };
    // Such an answer need not be kept, and browsers do not send a form again unasked.
    if (this.#answers.has(entry.id))
      return { error: 'That page was the answer to a form, which would have to be sent again.' };
    this.#method = 'GET';
    const moved = this.#nextNavigation('history');
    await Promise.all([moved, this.send('Page.navigateToHistoryEntry', { entryId: entry.id })]);
    return {};
  }

  /** Shows an address of the site in the place of what it shows: the history gets no new entry. */
  async arrive(address: string): Promise<Seen> {
    const before = this.#navigations;
    await this.send('Runtime.evaluate', { expression: `location.replace(${JSON.stringify(address)})` });
    await this.#navigationAfter(before);
    this.#noteSettled();
    return this.settled();
  }

  /**
   * What is seen once all has settled that came of something.
   *
   * @param first does it, or only asks; later rounds, in the documents that it leads through, only ask.
   */
  async settled(first: () => Promise<Settled> = () => this.settle()): Promise<Seen> {
    const before = this.#settled.navigations;
    const seen = await this.#settledBy(first);
    if (this.#method !== 'GET' && this.#navigations > before) {
      const { currentIndex, entries } = await this.send('Page.getNavigationHistory');
      this.#answers.add(entries[currentIndex]?.id ?? -1);
    }
    return seen;
  }

  async #settledBy(first: () => Promise<Settled>): Promise<Seen> {
    let next = first;
    const loading = new LoadingWait(this.arrivals, this.#surroundings, () =>
      this.call('turn').catch(() => undefined),
    );
    for (let round = 0; round <= mostNavigations;) {
      const {
        leaving,
        traversal,
        seen,
        clock,
        waiting,
        title = '',
        asks,
      } = await next().catch((error: unknown): Settled => {
        if (this.#surroundings.wallTime.failure === undefined && contextGone.test(messageOf(error)))
          return { leaving: true, clock: 0 };
        throw error;
      });
      if (waiting !== undefined || (seen && this.arrivals.areAwaited && !loading.isGivenUp)) {
        await loading.round();
        next = () => this.settle({ isGivenUp: loading.isGivenUp }, waiting ?? 0);
        continue;
      }
      if (seen) {
        if (this.serving) this.serving.elapsed = this.serving.documentBegan + clock;
        this.shown = { title, url: seen.observation.url };
        this.asks = asks ?? this.asks;
        this.#noteSettled();
        return seen;
      }
      // It may have gone on, or have been refused to, before it was asked.
      if (leaving) await this.#navigationAfter(this.#settled.navigations);
      else if (traversal !== undefined) await this.traverse(traversal);
      const stayed = this.#refusedNavigations > this.#settled.refused;
      this.#noteSettled();
      next = () => this.settle({ stayed });
      round++;
    }
    throw pageHung(`more than ${mostNavigations} navigations after one action`);
  }

  settle(options: SettleOptions = {}, milliseconds = advanceMilliseconds): Promise<Settled> {
    return this.call('settle', milliseconds, this.#surrounded(options));
  }

  /** Puts a text into a field that was clicked, in the place of what it holds, and settles. */
  async typeOver(ref: string, text: string): Promise<Settled> {
    const options = this.#surrounded({});
    const { settled, isHeard = false } = await this.call('typeOver', ref, text, advanceMilliseconds, options);
    if (settled) return settled;
    await (text === '' ? this.press('Delete') : typeText(this.send, text, isHeard));
    return this.settle();
  }

  #surrounded(options: SettleOptions): SettleOptions {
    const otherTabs = this.#surroundings.count() - 1;
    return { ...options, ...(otherTabs > 0 && { otherTabs }), pointer: this.#pointer };
  }

  /**
   * Takes the pointer off the page, where it is before a lease and after. The key makes that take effect at once
   * instead of with the next frame; nobody listens to it.
   */
  async removePointer(): Promise<void> {
    this.#pointer = undefined;
    await Promise.all([
      this.send('Input.dispatchMouseEvent', { type: 'mouseMoved', x: -10, y: -10 }),
      this.send('Input.dispatchKeyEvent', { type: 'keyUp', key: 'Shift', code: 'ShiftLeft' }),
    ]);
  }

  close(): Promise<void> {
    return this.#surroundings.wallTime.bounded('closing a tab', () => this.page.close());
  }

  /** Lets go of a page that goes on without us: what was installed ends with the document. */
  async leave(): Promise<void> {
    this.#stopListening();
    await this.#session.detach().catch(() => undefined);
  }

  /** Ends its scripts, also where it does not answer. */
  async terminate(): Promise<void> {
    if (!this.#isCrashed) await this.#session.send('Runtime.terminateExecution').catch(() => undefined);
  }

  #noteSettled(): void {
    this.#settled = { navigations: this.#navigations, refused: this.#refusedNavigations };
  }

  async #navigationAfter(count: number): Promise<void> {
    while (this.#navigations <= count) await this.#nextNavigation('navigation');
  }

  #nextNavigation(doing: string): Promise<void> {
    return this.#surroundings.wallTime.bounded(
      doing,
      () => new Promise<void>((resolve) => this.#listening.add(resolve)),
    );
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
