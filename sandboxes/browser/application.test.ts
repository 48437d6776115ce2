import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Application, BrowserSandbox } from 'lamarck';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createBrowserSandbox } from './index.ts';

const html = `<!doctype html><title>App</title>
<form action=/sent><label>Word <input name=word></label><button>Delete it</button></form>
<button id=call>Call</button><button id=away>Away</button><a href=/later>Later</a><p id=said role=status></p>
<script>
  const said = document.getElementById('said');
  const told = (request) => request.then((answer) => answer.text()).then((text) => (said.textContent = text), () => (said.textContent = 'failed'));
  call.onclick = () => told(fetch('/api', { method: 'DELETE' }));
  away.onclick = () => told(fetch('http://other.test/'));
</script>`;
const posting = '<!doctype html><form method=post action=/posted><button>Send</button></form>';
const posted = '<!doctype html><a href=/later>Later</a>';
const later = `<!doctype html><p id=late>wait</p><p id=now></p><script>
  now.textContent = Date.now() > 1769000000000 ? 'real' : 'virtual';
  setTimeout(() => fetch('/slow').then(() => (late.textContent = 'there')), 50);
</script>`;

const pages: Record<string, string> = { '/later': later, '/posting': posting, '/posted': posted };

let server: Server;
let sandbox: BrowserSandbox;
let application: Application;
const requested: string[] = [];
beforeAll(async () => {
  server = createServer((request, response) => {
    requested.push(`${request.method} ${request.url}`);
    // What is no success is not kept to go back to.
    if (request.url === '/posted') response.statusCode = 401;
    setTimeout(
      () => response.setHeader('content-type', 'text/html').end(pages[request.url ?? ''] ?? html),
      30,
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  application = {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    origins: [],
    clock: 'real',
    settle: { quietMilliseconds: 300, mostMilliseconds: 5_000 },
    forbidden: { methods: ['delete'], roles: [], names: [/^delete/gi] },
    context: {},
  };
  sandbox = createBrowserSandbox({ pages: 2 });
});
afterAll(async () => {
  await sandbox[Symbol.asyncDispose]();
  server.closeAllConnections();
  server.close();
});

const open = (changed: Partial<Application> = {}, path = '/') =>
  sandbox.leaseApplication({
    seed: 'seed',
    prepare: async () => ({ application: { ...application, ...changed }, path }),
  });

describe('the page of an application', () => {
  it('is acted on by real input, once what it loads is there', async () => {
    const page = await open();
    await page.fill('e1', 'tea');
    expect((await page.observe()).elements[0]).toMatchObject({ name: 'Word', value: 'tea' });
    await page.click('e5');
    const { url, elements } = await page.observe();
    expect([url, ...elements.map(({ name }) => name)]).toEqual(['/later', 'there', 'real']);
    await page.back();
    expect((await page.observe()).url).toBe('/');
    expect(await page.inspect((shown) => shown.title())).toBe('App');
    await page.release();
  });

  it('does nothing that is forbidden, by whatever way', async () => {
    requested.length = 0;
    const page = await open();
    expect((await page.observe()).elements[1]).toMatchObject({ name: 'Delete it', state: ['forbidden'] });
    await expect(page.click('e2')).rejects.toThrow('e2 is forbidden.');
    await page.click('e1');
    // A form is sent by its first button, which is this one; so is what has the focus.
    await page.press('Enter');
    await page.press('Tab');
    await page.press('Enter');
    await page.press('Space');
    expect((await page.observe()).url).toBe('/');
    await page.click('e3');
    expect((await page.observe()).elements.at(-1)).toMatchObject({ role: 'status', name: 'failed' });
    expect(requested).toEqual(['GET /', 'GET /favicon.ico'].filter((each) => requested.includes(each)));
    await page.release();
    const free = await open({ forbidden: { methods: [], roles: [], names: [] } });
    await free.click('e1');
    await free.press('Enter');
    expect((await free.observe()).url).toBe('/sent?word=');
    await free.release();
  });

  it('does not go back to the answer to a form', async () => {
    const page = await open({}, '/posting');
    await page.click('e1');
    await page.click('e1');
    expect((await page.observe()).url).toBe('/later');
    await expect(page.back()).rejects.toThrow('That page was the answer to a form');
    const { url, elements } = await page.observe();
    expect([url, elements[0]?.name]).toEqual(['/later', 'there']);
    await page.release();
  });

  it('reaches no other origin', async () => {
    const page = await open();
    const { refusedRequests } = sandbox.statistics;
    await page.click('e4');
    expect((await page.observe()).elements.at(-1)).toMatchObject({ name: 'failed' });
    expect(sandbox.statistics.refusedRequests).toBe(refusedRequests + 1);
    await page.release();
  });

  it('may have a clock that stands still between actions', async () => {
    const page = await open({ clock: 'virtual' });
    await page.click('e5');
    expect((await page.observe()).elements.map(({ name }) => name)).toEqual(['there', 'virtual']);
    await page.release();
  });

  it('is told from others by its seat, and leaves nothing behind', async () => {
    const seats: number[] = [];
    const lease = () =>
      sandbox.leaseApplication({
        seed: 'seed',
        prepare: async (seat) => {
          seats.push(seat);
          return { application, path: '/' };
        },
      });
    const [one, other] = await Promise.all([lease(), lease()]);
    expect(seats.toSorted()).toEqual([0, 1]);
    await Promise.all([one.release(), other.release()]);
    await one.release();
    expect(sandbox.statistics).toMatchObject({ leased: 0, pages: 0 });
  });

  it('is a fault of the environment where nothing answers, or what prepares it fails', async () => {
    await expect(open({ origin: 'http://127.0.0.1:9' })).rejects.toMatchObject({
      code: 'LAMARCK_APPLICATION_UNREACHABLE',
      boundary: 'environment',
    });
    const failing = sandbox.leaseApplication({
      seed: '',
      prepare: () => Promise.reject(new Error('no reset')),
    });
    await expect(failing).rejects.toThrow('no reset');
    expect(sandbox.statistics.leased).toBe(0);
    const site = await sandbox.lease({ site: { '/': '<p>still here' }, seed: '' });
    expect((await site.observe()).elements).toMatchObject([{ name: 'still here' }]);
    await site.release();
  });
});
