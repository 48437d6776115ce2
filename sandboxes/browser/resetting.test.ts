import type { BrowserSandbox, PageLease } from 'lamarck';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createBrowserSandbox } from './index.ts';
import { launchChromium } from './launch-chromium.ts';
import { PageDriver } from './page-driver.ts';
import { resolveChromium } from './resolve-chromium.ts';

let sandbox: BrowserSandbox;
beforeAll(() => {
  sandbox = createBrowserSandbox({ pages: 1 });
});
afterAll(() => sandbox[Symbol.asyncDispose]());

const lease = (html: string): Promise<PageLease> => sandbox.lease({ site: { '/': html }, seed: 'seed' });
const doubtful =
  'alert atob blur cancelAnimationFrame clearInterval close find focus getComputedStyle getSelection matchMedia moveBy onclick onload open origin parent postMessage print queueMicrotask scroll scrollTo self status stop structuredClone outerWidth toolbar Event Image Node Option Text';
/** Names those of them that a page before has put something under. */
const telling = `<!doctype html><p id=o></p><script>(() => {
  const leaked = '${doubtful}'.split(' ').filter((name) => String(window[name]).includes('leaked'));
  o.textContent = [leaked.join(' ') || 'nothing', window.parent === window.self, innerWidth, new Option('x').outerHTML].join(' '); })();</script>`;

describe('what a page puts in the place of a global', () => {
  it.each([
    ['declared functions', (name: string) => `function ${name}() { return 'leaked'; }`],
    ['variables', (name: string) => `var ${name} = 'leaked';`],
    ['properties', (name: string) => `window.${name} = function () { return 'leaked'; };`],
    [
      'definitions',
      (name: string) => `Object.defineProperty(window, '${name}', { value: 'leaked', configurable: true });`,
    ],
  ])(
    'as %s is not there for the next',
    async (_, define) => {
      for (const name of doubtful.split(' ')) {
        await (await lease(`<!doctype html><p>x</p><script>${define(name)}</script>`)).release();
        const page = await lease(telling);
        const [told] = (await page.observe()).elements;
        expect([name, told?.name]).toEqual([name, 'nothing true 1024 <option>x</option>']);
        await page.release();
      }
    },
    60_000,
  );

  it('is in nobody’s way while it is there', async () => {
    const names = ['close', 'getComputedStyle', 'getSelection', 'parent', 'scrollTo', 'stop'];
    const html = `<!doctype html><input aria-label=Name><p id=o></p><script>${names.map((name) => `function ${name}() { return '${name}'; }`).join(' ')}
      o.textContent = [${names.map((name) => `${name}()`).join()}].join(' ');</script>`;
    await (await lease('<!doctype html><p>x</p>')).release();
    for (const tier of ['in-page', 'navigation']) {
      const page = await lease(html);
      expect(page.tier).toBe(tier);
      await page.fill('e1', 'Ada');
      expect((await page.observe()).elements).toMatchObject([{ value: 'Ada' }, { name: names.join(' ') }]);
      await page.release();
    }
  });

  it('costs nothing where it is nobody’s', async () => {
    const html = `<!doctype html><p>x</p><script>(() => { const close = () => 1; var parent = 1; function stop() {} stop(close, parent); window.mine = 1; new Option(); })();</script>`;
    await (await lease(html)).release();
    for (let times = 0; times < 3; times++) {
      const page = await lease(html);
      expect(page.tier).toBe('in-page');
      await page.release();
    }
  });
});

it('forgets what the page before asked of the browser', async () => {
  const browser = await launchChromium(
    await resolveChromium(),
    { reach: 'nothing', visible: false },
    () => undefined,
  );
  try {
    const driver = await PageDriver.open(browser, { onRefused: () => undefined });
    await driver.start(
      { site: { '/': '<p>x</p><script>window.lamarckEvidence = () => window.close();</script>' } },
      '',
    );
    await driver.tabs.first.call('evidence');
    await driver.retire();
    expect((await driver.start({ site: { '/': '<p>y</p>' } }, '')).tier).toBe('in-page');
    expect(driver.tabs.first.asks).toBeUndefined();
  } finally {
    await browser.close();
  }
});
