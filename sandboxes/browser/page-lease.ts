import {
  LamarckError,
  type Json,
  type PageLease,
  type ResetTier,
  type SyntheticPlay,
  type SyntheticPlayout,
} from 'lamarck';
import type { Seen } from './in-page/in-page.ts';
import { LeasedPage } from './leased-page.ts';
import type { PageDriver } from './page-driver.ts';
import { playSynthetically, type Beginning } from './synthetic-play.ts';

/** Of synthetic play, after which a page is used again. */
const mostSteps = 500;

/** The page of a site. Its clock stands still between actions. */
export class SiteLease extends LeasedPage implements PageLease {
  readonly tier: ResetTier;
  readonly #driver: PageDriver;
  readonly #beginning: Beginning;
  /** Thousands of steps in one document leave a renderer with hundreds of megabytes that it does not give back. */
  #isWorn = false;

  constructor(
    driver: PageDriver,
    start: Beginning & { tier: ResetTier; seen: Seen },
    onRelease: (clean: boolean) => void,
  ) {
    super(driver, start.seen, (idle) => onRelease(idle && !this.#isWorn));
    this.#driver = driver;
    this.tier = start.tier;
    this.#beginning = start;
  }

  async evidence(): Promise<Json> {
    this.assertHeld();
    await this.dismissDialogs();
    const { dialogs, tabs } = this.#driver;
    const { value = null, error } = await dialogs.dismissing(tabs.first.call('evidence'));
    if (error === undefined) return value;
    throw new LamarckError({
      code: 'LAMARCK_EVIDENCE_FAILED',
      boundary: 'environment',
      message: `The page's lamarckEvidence() failed: ${error}`,
      remedy: 'Mend the page: lamarckEvidence() returns plain data and never throws.',
    });
  }

  async explore(play: SyntheticPlay): Promise<readonly SyntheticPlayout[]> {
    this.assertHeld();
    this.#isWorn ||= play.tries * play.steps > mostSteps;
    return this.underWay(() => playSynthetically(this.#driver, this.#beginning, play));
  }
}
