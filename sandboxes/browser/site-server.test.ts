import type { BrowserSandbox } from 'lamarck';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createBrowserSandbox } from './index.ts';

let sandbox: BrowserSandbox;
beforeAll(() => {
  sandbox = createBrowserSandbox({ pages: 1 });
});
afterAll(() => sandbox[Symbol.asyncDispose]());

it('answers that there is no page where an address is malformed', async () => {
  const html = `<!doctype html><a href="/%">On</a><p id=o></p><script>
    Promise.all(['/%', '/%E0%A4%A', '/a%2', '/%61'].map((path) => fetch(path).then(({ status }) => status))).then((all) => { o.textContent = all.join(' '); });
    </script>`;
  const page = await sandbox.lease({ site: { '/': html, '/a': 'found' }, seed: 'seed' });
  expect((await page.observe()).elements.map(({ name }) => name)).toEqual(['On', '404 404 404 200']);
  await page.click('e1');
  expect(await page.observe()).toMatchObject({ url: '/%', elements: [{ name: 'Page not found' }] });
  await page.release();
});
