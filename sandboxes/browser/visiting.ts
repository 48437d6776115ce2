import { LamarckError, type BrowserSandbox } from 'lamarck';
import type { Page } from 'playwright';
import { ApplicationPage } from './application-page.ts';

/** A browser sandbox of one page that is somebody else's: it shows applications there, one after the other. */
export function visitPage(page: Page): Pick<BrowserSandbox, 'lease' | 'leaseApplication'> {
  return {
    lease: () => {
      throw new LamarckError({
        code: 'LAMARCK_SITE_ELSEWHERE',
        boundary: 'environment',
        message: 'A page that is visited shows an application, not the site of a task.',
        remedy: 'Play tasks with sites of their own with playTask() of lamarck/testing.',
      });
    },
    leaseApplication: async ({ seed, prepare }) =>
      ApplicationPage.visit(page, { ...(await prepare(0)), seed }),
  };
}
