import { LamarckError, rejectAction, type Json, type PageObservation } from 'lamarck';
import type { Page } from 'playwright';
import type { PageDialogs } from './dialogs.ts';
import type { Seen, Settled } from './in-page/in-page.ts';
import { Recording } from './recording.ts';
import type { Tab } from './tab.ts';
import type { Tabs } from './tabs.ts';

/** The tabs of a context, and the dialogs that hold them. */
interface Pages {
  /** Of the viewport, where the wheel turns without an element. */
  readonly middle: Point;
  readonly tabs: Tabs;
  readonly dialogs: PageDialogs;
}

interface Point {
  x: number;
  y: number;
}

/** Between two turns of a page that is acted on by hand, in ms: what it has to do then is seen as if at once. */
const handMilliseconds = 50;
const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, handMilliseconds));

/** A page in the hands of one session. What it shows is taken with each action and kept until the next. */
export class LeasedPage {
  readonly #pages: Pages;
  readonly #onRelease: (idle: boolean) => Promise<void> | void;
  #seen: Seen;
  #underWay = 0;
  #released = false;

  constructor(pages: Pages, seen: Seen, onRelease: (idle: boolean) => Promise<void> | void) {
    this.#pages = pages;
    this.#seen = seen;
    this.#onRelease = onRelease;
  }

  async observe(): Promise<PageObservation> {
    this.assertHeld();
    const { observation } = this.#seen;
    const tabs = this.#pages.tabs.describe();
    return tabs ? { ...observation, ...tabs } : observation;
  }

  click(ref: string): Promise<void> {
    return this.#act(async () => this.#tab.click(await this.#aim(ref)));
  }

  fill(ref: string, text: string): Promise<void> {
    let isPicked = false;
    return this.#act(
      async () => {
        const point = await this.#aim(ref);
        isPicked = !this.#seen.fields.includes(ref) && (await this.#pick(ref, text));
        if (!isPicked) await this.#tab.click(point);
      },
      (tab) => (isPicked ? tab.settle() : tab.typeOver(ref, text)),
    );
  }

  select(ref: string, option: string): Promise<void> {
    return this.#act(async () => {
      await this.#aim(ref);
      const { error } = await this.#tab.call('choose', ref, option);
      if (error !== undefined) throw rejectAction(error);
    });
  }

  hover(ref: string): Promise<void> {
    return this.#act(async () => this.#tab.hover(await this.#aim(ref)));
  }

  drag(ref: string, to: string): Promise<void> {
    return this.#act(async () => {
      // Bringing the target into view may move what is dragged, so that one is aimed at last.
      await this.#aim(to);
      const from = await this.#aim(ref);
      await this.#tab.drag(from, await this.#aim(to));
    });
  }

  upload(ref: string, { name, content }: { name: string; content: string }): Promise<void> {
    return this.#act(async () => {
      await this.#aim(ref);
      const { error } = await this.#tab.call('giveFile', ref, name, content);
      if (error !== undefined) throw rejectAction(error);
    });
  }

  accept(text?: string): Promise<void> {
    return this.#answer(true, text);
  }

  dismiss(): Promise<void> {
    return this.#answer(false);
  }

  press(key: string): Promise<void> {
    return this.#act(async () => this.#tab.press(key));
  }

  scroll(deltaY: number, ref?: string): Promise<void> {
    return this.#act(
      async () => {
        const point = ref === undefined ? this.#pages.middle : await this.#aim(ref);
        await this.#tab.wheel(point, deltaY);
      },
      (tab) => tab.settle({ scrolled: true }),
    );
  }

  back(): Promise<void> {
    return this.#act(async () => {
      const { error } = await this.#tab.traverse(-1);
      if (error !== undefined) throw rejectAction(error);
    });
  }

  switchTab(tab: string): Promise<void> {
    return this.#turn(() => this.#pages.tabs.switchTo(tab));
  }

  closeTab(): Promise<void> {
    return this.#turn(() => this.#pages.tabs.closeCurrent());
  }

  async record(perform: (page: Page) => Promise<void>): Promise<readonly Json[]> {
    this.assertHeld();
    const { dialogs, tabs } = this.#pages;
    const recording = new Recording();
    await tabs.first.hearing(
      (told) => recording.hear(told),
      async () => {
        let isOver = false;
        const performing = perform(tabs.first.page).finally(() => (isOver = true));
        const ended = performing.catch(() => undefined);
        do {
          if (dialogs.open) {
            recording.add({ accept: {} });
            await this.accept();
          } else await this.#act(() => Promise.race([ended, pause()]));
        } while (!isOver);
        await performing;
      },
    );
    return recording.actions;
  }

  async release(): Promise<void> {
    if (this.#released) return;
    this.#released = true;
    await this.#onRelease(this.#underWay === 0);
  }

  get #tab(): Tab {
    return this.#pages.tabs.current;
  }

  #act(input: () => Promise<unknown>, settle?: (tab: Tab) => Promise<Settled>): Promise<void> {
    return this.#turn(() => this.#pages.tabs.act(input, settle));
  }

  /** Whether a field was set at once, which takes what the browser has a picker for. */
  async #pick(ref: string, text: string): Promise<boolean> {
    const { error, picked = false } = await this.#tab.call('checkField', ref, text);
    if (error !== undefined) throw rejectAction(error);
    return picked;
  }

  /** Does something that takes time, in whatever tab. */
  async #turn(work: () => Promise<Seen>): Promise<void> {
    this.assertHeld();
    if (this.#pages.dialogs.open) throw rejectAction('A dialog is open; accept or dismiss it first.');
    await this.#see(() => this.#pages.dialogs.orOpen(work()));
  }

  async #answer(accept: boolean, text?: string): Promise<void> {
    this.assertHeld();
    if (!this.#pages.dialogs.open) throw rejectAction('No dialog is open.');
    await this.#see(() => this.#pages.dialogs.answer(accept, text));
  }

  async #see(look: () => Promise<Seen>): Promise<void> {
    await this.underWay(async () => (this.#seen = await look()));
  }

  /** A page that is released in the midst of something cannot be used again. */
  protected async underWay<T>(work: () => Promise<T>): Promise<T> {
    this.#underWay++;
    try {
      return await work();
    } finally {
      this.#underWay--;
    }
  }

  /** Nothing holds the page any more. */
  protected async dismissDialogs(): Promise<void> {
    this.#seen = (await this.#pages.dialogs.dismissAll()) ?? this.#seen;
  }

  /** Where to click; what the last observation tells needs no question to the page. */
  async #aim(ref: string): Promise<Point> {
    const element = this.#seen.observation.elements.find((one) => one.ref === ref);
    if (!element) throw rejectAction(`There is no element ${ref} in the last observation.`);
    for (const refusal of ['disabled', 'forbidden'])
      if (element.state?.includes(refusal)) throw rejectAction(`${ref} is ${refusal}.`);
    if (element.coveredBy !== undefined) throw rejectAction(`${ref} is covered by ${element.coveredBy}.`);
    const point = this.#seen.points[ref];
    if (point) return { x: point[0], y: point[1] };
    const aim = await this.#tab.call('bringIntoView', ref);
    if ('error' in aim) throw rejectAction(aim.error);
    return aim;
  }

  protected assertHeld(): void {
    if (!this.#released) return;
    throw new LamarckError({
      code: 'LAMARCK_PAGE_RELEASED',
      boundary: 'environment',
      message: 'A page was used after its release.',
      remedy: 'Release a page last, when its session closes.',
    });
  }
}
