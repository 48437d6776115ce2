import {
  LamarckError,
  rejectAction,
  type Json,
  type PageLease,
  type PageObservation,
  type ResetTier,
  type SyntheticPlay,
  type SyntheticWalk,
} from 'lamarck';
import type { Seen } from './in-page/in-page.ts';
import { pressKey, typeText } from './keyboard.ts';
import type { PageDriver } from './page-driver.ts';
import { playSynthetically, type Beginning } from './synthetic-play.ts';
import type { Tab } from './tab.ts';

/** Of synthetic play, after which a page is used again. */
const mostSteps = 500;
/** Of the viewport. */
const middle = { x: 512, y: 384 };

interface Point {
  x: number;
  y: number;
}

/** A page in the hands of one session. What it shows is taken with each action and kept: its clock stands still in between. */
export class DrivenPageLease implements PageLease {
  readonly tier: ResetTier;
  readonly #driver: PageDriver;
  readonly #beginning: Beginning;
  readonly #onRelease: (clean: boolean) => Promise<void>;
  #seen: Seen;
  #underWay = 0;
  /** Thousands of steps in one document leave a renderer with hundreds of megabytes that it does not give back. */
  #isWorn = false;
  #released = false;

  constructor(
    driver: PageDriver,
    start: Beginning & { tier: ResetTier; seen: Seen },
    onRelease: (clean: boolean) => Promise<void>,
  ) {
    this.#driver = driver;
    this.tier = start.tier;
    this.#beginning = start;
    this.#seen = start.seen;
    this.#onRelease = onRelease;
  }

  async observe(): Promise<PageObservation> {
    this.#assertHeld();
    const { observation } = this.#seen;
    const tabs = this.#driver.tabs.describe();
    return tabs ? { ...observation, ...tabs } : observation;
  }

  click(ref: string): Promise<void> {
    return this.#act(async () => this.#tab.click(await this.#aim(ref)));
  }

  fill(ref: string, text: string): Promise<void> {
    return this.#act(async () => {
      const point = await this.#aim(ref);
      const { error, picked } = await this.#tab.call('checkField', ref, text);
      if (error !== undefined) throw rejectAction(error);
      if (picked) return;
      await this.#tab.click(point);
      await this.#tab.call('selectContent', ref);
      await (text === '' ? pressKey(this.#tab, 'Delete') : typeText(this.#tab, text));
    });
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
    return this.#act(async () => pressKey(this.#tab, key));
  }

  scroll(deltaY: number, ref?: string): Promise<void> {
    return this.#act(
      async () => {
        const point = ref === undefined ? middle : await this.#aim(ref);
        await this.#tab.wheel(point, deltaY);
      },
      { scrolled: true },
    );
  }

  back(): Promise<void> {
    return this.#act(async () => {
      if (!(await this.#tab.traverse(-1))) throw rejectAction('There is no earlier page to go back to.');
    });
  }

  switchTab(tab: string): Promise<void> {
    return this.#turn(() => this.#driver.tabs.switchTo(tab));
  }

  closeTab(): Promise<void> {
    return this.#turn(() => this.#driver.tabs.closeCurrent());
  }

  async evidence(): Promise<Json> {
    this.#assertHeld();
    const { dialogs, tabs } = this.#driver;
    this.#seen = (await dialogs.dismissAll()) ?? this.#seen;
    const { value = null, error } = await dialogs.dismissing(tabs.first.call('evidence'));
    if (error === undefined) return value;
    throw new LamarckError({
      code: 'LAMARCK_EVIDENCE_FAILED',
      boundary: 'environment',
      message: `The page's lamarckEvidence() failed: ${error}`,
      remedy: 'Mend the page: lamarckEvidence() returns plain data and never throws.',
    });
  }

  async explore(play: SyntheticPlay): Promise<readonly SyntheticWalk[]> {
    this.#assertHeld();
    this.#isWorn ||= play.tries * play.steps > mostSteps;
    this.#underWay++;
    try {
      return await playSynthetically(this.#driver, this.#beginning, play);
    } finally {
      this.#underWay--;
    }
  }

  async release(): Promise<void> {
    if (this.#released) return;
    this.#released = true;
    await this.#onRelease(this.#underWay === 0 && !this.#isWorn);
  }

  get #tab(): Tab {
    return this.#driver.tabs.current;
  }

  #act(input: () => Promise<unknown>, options?: { scrolled?: boolean }): Promise<void> {
    return this.#turn(() => this.#driver.tabs.act(input, options));
  }

  /** Does something that takes time, in whatever tab. */
  async #turn(work: () => Promise<Seen>): Promise<void> {
    this.#assertHeld();
    if (this.#driver.dialogs.open) throw rejectAction('A dialog is open; accept or dismiss it first.');
    await this.#see(() => this.#driver.dialogs.orOpen(work()));
  }

  async #answer(accept: boolean, text?: string): Promise<void> {
    this.#assertHeld();
    if (!this.#driver.dialogs.open) throw rejectAction('No dialog is open.');
    await this.#see(() => this.#driver.dialogs.answer(accept, text));
  }

  async #see(look: () => Promise<Seen>): Promise<void> {
    this.#underWay++;
    try {
      this.#seen = await look();
    } finally {
      this.#underWay--;
    }
  }

  /** Where to click; what the last observation tells needs no question to the page. */
  async #aim(ref: string): Promise<Point> {
    const element = this.#seen.observation.elements.find((one) => one.ref === ref);
    if (!element) throw rejectAction(`There is no element ${ref} in the last observation.`);
    if (element.state?.includes('disabled')) throw rejectAction(`${ref} is disabled.`);
    if (element.coveredBy !== undefined) throw rejectAction(`${ref} is covered by ${element.coveredBy}.`);
    const point = this.#seen.points[ref];
    if (point) return { x: point[0], y: point[1] };
    const aim = await this.#tab.call('bringIntoView', ref);
    if ('error' in aim) throw rejectAction(aim.error);
    return aim;
  }

  #assertHeld(): void {
    if (!this.#released) return;
    throw new LamarckError({
      code: 'LAMARCK_PAGE_RELEASED',
      boundary: 'environment',
      message: 'A page was used after its release.',
      remedy: 'Release a page last, when its session closes.',
    });
  }
}
