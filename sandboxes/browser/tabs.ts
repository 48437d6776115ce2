import { rejectAction, type PageTab } from 'lamarck';
import type { Page } from 'playwright';
import { documentSeed } from './hosting.ts';
import type { Seen, Settled } from './in-page/in-page.ts';
import { mostTabs } from './in-page/script.ts';
import { advanceMilliseconds, Tab, type TabSurroundings } from './tab.ts';

/** Tabs that one action may lead to be opened or closed, one after the other. */
const mostChanges = 20;

/** Where the address is that a new window is meant to show; see in-page/tabs.ts. */
const address = 'globalThis[Symbol.for("lamarck address")]';
/**
 * The tabs of one lease. One of them is in front, and takes the input; the clocks of all go on together: after each action
 * the tab that was acted on, then those that it opened, then the others as they were opened.
 */
export class Tabs {
  readonly #surroundings: TabSurroundings;
  readonly #open: Tab[];
  #current: Tab;
  /** How many were opened in this lease, the first included. */
  #opened = 1;
  #wereSeveral = false;
  /** Windows that pages opened, in this order, and those of them that the browser has made. */
  readonly #announced: { readonly opener: Tab; readonly windowName: string }[] = [];
  readonly #made: { readonly opener: Page | null; readonly page: Page }[] = [];
  #onMade: () => void = () => undefined;

  constructor(first: Tab, surroundings: TabSurroundings) {
    this.first = first;
    this.#open = [first];
    this.#current = first;
    this.#surroundings = surroundings;
  }

  readonly first: Tab;

  /** The one in front. */
  get current(): Tab {
    return this.#current;
  }

  get count(): number {
    return this.#open.length;
  }

  /** More than the first was there, if only for a while, or as a window that never came to be a tab. */
  get wereSeveral(): boolean {
    return this.#wereSeveral;
  }

  announce(opener: Tab, windowName: string): void {
    this.#wereSeveral = true;
    this.#announced.push({ opener, windowName });
  }

  /** Takes over a window that the browser has made; one that already leads somewhere was not opened by our leave. */
  async receive(page: Page): Promise<void> {
    const opener = await page.opener();
    const isAnnounced = this.#announced.some((one) => one.opener.isOf(opener));
    if (!isAnnounced && page.url() !== 'about:blank') return page.close().catch(() => undefined);
    this.#made.push({ opener, page });
    this.#onMade();
  }

  bringToFront(tab: Tab): void {
    this.#current = tab;
  }

  /**
   * Does something to the tab in front, waits until all that came of it has settled in every tab, and tells what is then seen.
   *
   * @param settle how that tab settles, where something is left to be done in it
   */
  async act(
    input: (tab: Tab) => Promise<unknown>,
    settle = (tab: Tab): Promise<Settled> => tab.settle(),
  ): Promise<Seen> {
    const tab = this.#current;
    await input(tab);
    const seen = await tab.settled(() => settle(tab));
    return this.#open.length === 1 && this.#announced.length === 0 ? seen : this.#settleOthers(tab);
  }

  async switchTo(name: string): Promise<Seen> {
    const tab = this.#open.find((one) => one.name === name);
    if (!tab) throw rejectAction(`There is no tab "${name}".`);
    this.#current = tab;
    return this.act(async () => undefined);
  }

  async closeCurrent(): Promise<Seen> {
    if (this.#current === this.first) throw rejectAction('The first tab cannot be closed.');
    await this.#close(this.#current);
    return this.act(async () => undefined);
  }

  /** Leaves only the first. */
  async closeOthers(): Promise<void> {
    for (const tab of this.#open.slice(1)) await this.#close(tab);
    for (const { page } of this.#made.splice(0)) await page.close();
    this.#announced.length = 0;
    this.first.asks = undefined;
    this.#opened = 1;
    this.#wereSeveral = false;
  }

  /** What an observation tells of them; nothing while there is only one. */
  describe(): { readonly tab: string; readonly tabs: readonly PageTab[] } | undefined {
    if (this.#open.length === 1) return undefined;
    return { tab: this.#current.name, tabs: this.#open.map(({ name, shown }) => ({ tab: name, ...shown })) };
  }

  /** Does something with the pages that none of their requests waits for. */
  letting<T>(work: () => Promise<T>): Promise<T> {
    return this.#open.reduce((inner, tab) => () => tab.arrivals.letting(inner), work)();
  }

  async leave(): Promise<void> {
    await Promise.all(this.#open.map((tab) => tab.leave()));
  }

  async terminate(): Promise<void> {
    await Promise.all(this.#open.map((tab) => tab.terminate()));
  }

  async #settleOthers(acted: Tab): Promise<Seen> {
    const settled = new Set([acted]);
    for (let changes = 0; ; changes++) {
      await this.#openAnnounced(settled);
      for (const tab of this.#open.filter((one) => !settled.has(one))) {
        settled.add(tab);
        await tab.settled();
      }
      const seen = await this.#look();
      const isDone = this.#announced.length === 0 && !(await this.#doAsAsked());
      if (isDone || changes === mostChanges) return seen;
    }
  }

  /** What the tab in front shows once it has heard from the others. */
  #look(): Promise<Seen> {
    const tab = this.#current;
    return tab.settled(() => tab.settle({}, 0));
  }

  /** Closes and brings to the front what scripts asked for; false where they did not. */
  async #doAsAsked(): Promise<boolean> {
    const asking = this.#open.filter(({ asks }) => asks);
    for (const tab of asking) {
      const asks = tab.asks ?? { close: true };
      tab.asks = undefined;
      if ('close' in asks) await this.#close(tab);
      else this.#current = this.#open.find(({ windowName }) => windowName === asks.front) ?? this.#current;
    }
    return asking.length > 0;
  }

  /** Opens what pages have opened windows for, each in front of the one before. */
  async #openAnnounced(settled: Set<Tab>): Promise<void> {
    for (let [next] = this.#announced; next; [next] = this.#announced) {
      const page = await this.#madeBy(next.opener);
      this.#announced.shift();
      if (page.isClosed()) continue;
      const adopting = Tab.adopt(page, this.#surroundings, { name: `t${this.#opened + 1}`, ...next });
      // Playwright may hear that it was closed later than its opener answers.
      const tab = await adopting.catch((error: unknown) => {
        if (!page.isClosed()) throw error;
      });
      if (!tab) continue;
      const { result } = await tab.send('Runtime.evaluate', { expression: address });
      if (!this.#isOfHost(result.value) || this.#open.length >= mostTabs) {
        await tab.close();
        continue;
      }
      this.#opened++;
      this.#open.push(tab);
      this.#current = tab;
      settled.add(tab);
      const { seed = '', elapsed = advanceMilliseconds } = next.opener.serving ?? {};
      // It begins with the action, as the others' time does.
      const began = elapsed - advanceMilliseconds;
      tab.serving = {
        seed: documentSeed(seed, -this.#opened),
        documents: 0,
        elapsed: began,
        documentBegan: began,
      };
      await tab.arrive(result.value);
    }
  }

  /** A script could have left another address. */
  #isOfHost(left: unknown): left is string {
    return typeof left === 'string' && URL.parse(left)?.origin === this.#surroundings.hosting.origin;
  }

  #madeBy(opener: Tab): Promise<Page> {
    return this.#surroundings.wallTime.bounded('opening a tab', async () => {
      for (;;) {
        const index = this.#made.findIndex((one) => opener.isOf(one.opener));
        const [made] = index < 0 ? [] : this.#made.splice(index, 1);
        if (made) return made.page;
        await new Promise<void>((resolve) => (this.#onMade = resolve));
      }
    });
  }

  async #close(tab: Tab): Promise<void> {
    if (tab === this.first || !this.#open.includes(tab)) return;
    this.#open.splice(this.#open.indexOf(tab), 1);
    let back = tab.opener ?? this.first;
    while (!this.#open.includes(back)) back = back.opener ?? this.first;
    if (this.#current === tab) this.#current = back;
    await tab.close();
  }
}
