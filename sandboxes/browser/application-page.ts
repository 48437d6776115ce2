import type { ApplicationLease, ApplicationLeaseOptions } from 'lamarck';
import type { Browser, Page } from 'playwright';
import { ApplicationGate } from './application-gate.ts';
import type { Seen } from './in-page/in-page.ts';
import { LeasedPage } from './leased-page.ts';
import { PageContext } from './page-context.ts';

/** The page of an application, with the context that is its own. */
export class ApplicationPage extends LeasedPage implements ApplicationLease {
  readonly #page: Page;

  private constructor(pages: PageContext, seen: Seen, onRelease: () => Promise<void>) {
    super(pages, seen, onRelease);
    this.#page = pages.tabs.first.page;
  }

  /** @throws LamarckError `LAMARCK_APPLICATION_UNREACHABLE` where nothing answers. */
  static async open(
    options: Awaited<ReturnType<ApplicationLeaseOptions['prepare']>> & { readonly seed: string },
    browser: Browser,
    counting: { onRefused: () => void; onRelease: () => void },
  ): Promise<ApplicationPage> {
    const { application, path, seed } = options;
    const hosting = new ApplicationGate(application);
    const { context } = application;
    const pages = await PageContext.open(browser, { hosting, context, onRefused: counting.onRefused });
    try {
      pages.tabs.first.serving = { seed, documents: 0, elapsed: 0, documentBegan: 0 };
      const seen = await pages.arrive(new URL(path, application.origin).href);
      return new ApplicationPage(pages, seen, async () => {
        await pages.close();
        counting.onRelease();
      });
    } catch (error) {
      await pages.close();
      throw error;
    }
  }

  async inspect<T>(read: (page: Page) => Promise<T>): Promise<T> {
    this.assertHeld();
    await this.dismissDialogs();
    return read(this.#page);
  }
}
