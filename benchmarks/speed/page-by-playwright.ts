import type { Browser } from 'playwright';
import type { ElementSign, Json } from '../../src/index.ts';

/** An action whose element is named by its role and its name. */
export type WrittenAction =
  { click: { ref: ElementSign } } | { fill: { ref: ElementSign; text: string } } | { done: object };

/**
 * An episode as tests are written for Playwright: a context and a page of its own, locators that wait until an element
 * can be acted on, and the page's evidence in the end.
 */
export async function playByPlaywright(
  browser: Browser,
  address: string,
  actions: readonly WrittenAction[],
): Promise<Json> {
  const context = await browser.newContext({
    viewport: { width: 1024, height: 768 },
    reducedMotion: 'reduce',
  });
  try {
    const page = await context.newPage();
    await page.goto(address);
    const locate = ({ role, name, place = 0 }: ElementSign) =>
      page.getByRole(role as 'button', { name, exact: true }).nth(place);
    for (const action of actions) {
      if ('click' in action) await locate(action.click.ref).click();
      else if ('fill' in action) await locate(action.fill.ref).fill(action.fill.text);
    }
    return await page.evaluate(() => (window as unknown as { lamarckEvidence(): Json }).lamarckEvidence());
  } finally {
    await context.close();
  }
}
