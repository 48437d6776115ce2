import type { ApplicationLease, ApplicationLeaseOptions } from 'lamarck';
import type { Browser, Page } from 'playwright';
import { ApplicationGate } from './application-gate.ts';
import type { Seen } from './in-page/in-page.ts';
import { LeasedPage } from './leased-page.ts';
import { wallAround } from './network-wall.ts';
import { PageContext } from './page-context.ts';

type Prepared = Awaited<ReturnType<ApplicationLeaseOptions['prepare']>> & { readonly seed: string };

/** The page of an application, with the context that is its own. */
export class ApplicationPage extends LeasedPage implements ApplicationLease {
  readonly #page: Page;
  readonly #pages: PageContext;

  private constructor(pages: PageContext, seen: Seen, onRelease: () => Promise<void>) {
    super(pages, seen, onRelease);
    this.#page = pages.tabs.first.page;
    this.#pages = pages;
  }

  /** @throws LamarckError `LAMARCK_APPLICATION_UNREACHABLE` where nothing answers. */
  static async open(
    { application, path, seed }: Prepared,
    browser: Browser,
    {
      onRelease,
      ...heard
    }: {
      onRefused: () => void;
      onLate: (addresses: readonly string[]) => void;
      onRelease: () => void;
    },
  ): Promise<ApplicationPage> {
    const { origin, origins } = application;
    // An author's own proxy may be the only way to the application.
    const context = application.context.proxy
      ? application.context
      : { ...application.context, ...wallAround([origin, ...origins]) };
    const hosting = new ApplicationGate(application);
    const pages = await PageContext.open(browser, { hosting, context, ...heard });
    try {
      return await ApplicationPage.#arrive(pages, { application, path, seed }, async () => {
        await pages.close();
        onRelease();
      });
    } catch (error) {
      await pages.close();
      throw error;
    }
  }

  /** On a page of somebody else's, who decides what it may reach, and gets it back with the release. */
  static async visit(page: Page, { application, path, seed }: Prepared): Promise<ApplicationPage> {
    const { origin, script, patience, loading } = new ApplicationGate(application);
    const hosting = { origin, script, patience, loading, host: async () => undefined };
    const pages = await PageContext.visit(page, { hosting, onRefused: () => undefined });
    try {
      return await ApplicationPage.#arrive(pages, { application, path, seed }, () => pages.leave());
    } catch (error) {
      await pages.leave();
      throw error;
    }
  }

  static async #arrive(
    pages: PageContext,
    { application, path, seed }: Prepared,
    onRelease: () => Promise<void>,
  ): Promise<ApplicationPage> {
    pages.tabs.first.serving = { seed, documents: 0, elapsed: 0, documentBegan: 0 };
    const seen = await pages.arrive(new URL(path, application.origin).href);
    return new ApplicationPage(pages, seen, onRelease);
  }

  async inspect<T>(read: (page: Page) => Promise<T>): Promise<T> {
    this.assertHeld();
    await this.dismissDialogs();
    return this.#pages.tabs.letting(() => read(this.#page));
  }
}
