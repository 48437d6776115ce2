import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { BrowserSandbox, PageObservation } from 'lamarck';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocketServer } from 'ws';
import { createBrowserSandbox } from './index.ts';

const settle = { quietMilliseconds: 300, mostMilliseconds: 5_000 };
const pages: Record<string, string> = {};
/** By server: what came to it, connections that asked for nothing included. */
const heard: Record<'own' | 'other', string[]> = { own: [], other: [] };

let own: Server;
let other: Server;
let sandbox: BrowserSandbox;
const serve = async (which: 'own' | 'other'): Promise<Server> => {
  const server = createServer((request, response) => {
    heard[which].push(`${request.method} ${request.url}`);
    request.resume();
    response.setHeader('access-control-allow-origin', '*');
    response.setHeader('content-type', request.url?.endsWith('.js') ? 'text/javascript' : 'text/html');
    response.end(pages[request.url ?? ''] ?? '<!doctype html><p>answered');
  });
  server.on('connection', () => which === 'other' && heard.other.push('a connection'));
  new WebSocketServer({ server }).on('connection', (_, { url }) => heard[which].push(`socket ${url}`));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
};
const portOf = (server: Server): number => (server.address() as AddressInfo).port;
beforeAll(async () => {
  [own, other] = [await serve('own'), await serve('other')];
  sandbox = createBrowserSandbox({ pages: 1 });
});
afterAll(async () => {
  await sandbox[Symbol.asyncDispose]();
  for (const server of [own, other]) {
    server.closeAllConnections();
    server.close();
  }
});

const host = (): string => `127.0.0.1:${portOf(own)}`;
const otherHost = (): string => `127.0.0.1:${portOf(other)}`;

/** What came to the two servers of a page that runs a script, and what it showed then. */
async function reached(
  body: string,
  { origins = [] as string[], wait = 600 } = {},
): Promise<{ own: string[]; other: string[]; seen: PageObservation }> {
  pages['/page'] = `<!doctype html><title>App</title>${body}`;
  heard.own.length = heard.other.length = 0;
  const page = await sandbox.leaseApplication({
    seed: 'seed',
    prepare: async () => ({
      application: {
        origin: `http://${host()}`,
        origins,
        clock: 'real',
        settle,
        forbidden: { methods: ['delete'], roles: [], names: [] },
        context: { serviceWorkers: 'block' },
      },
      path: '/page',
    }),
  });
  await new Promise((resolve) => setTimeout(resolve, wait));
  const seen = await page.observe();
  await page.release();
  const isOfPage = (each: string): boolean => !/ \/(?:page|favicon\.ico|worker\.js)$/.test(each);
  return { own: heard.own.filter(isOfPage), other: heard.other, seen };
}

const inWorker = (code: string): string =>
  `<script>new Worker(URL.createObjectURL(new Blob([${JSON.stringify(code)}])))</script>`;

describe('what the pages of an application reach', () => {
  it('is the application, by requests and by sockets, in workers too', async () => {
    const code = `fetch('http://${host()}/asked'); new WebSocket('ws://${host()}/socket')`;
    expect((await reached(inWorker(code))).own.toSorted()).toEqual(['GET /asked', 'socket /socket']);
  });

  it('is what else is named, and then no more', async () => {
    const body = inWorker(`new WebSocket('ws://${otherHost()}/named')`);
    const { other: heardThere } = await reached(body, { origins: [`http://${otherHost()}`] });
    expect(heardThere).toContain('socket /named');
  });

  it('is not another origin by the socket of a worker', async () => {
    expect((await reached(inWorker(`new WebSocket('ws://${otherHost()}/socket')`))).other).toEqual([]);
  });

  it('is not another origin by what is fetched ahead', async () => {
    const rules = { prefetch: [{ urls: [`http://${otherHost()}/ahead`], eagerness: 'immediate' }] };
    const body = `<script type=speculationrules>${JSON.stringify(rules)}</script>`;
    expect((await reached(body, { wait: 2_000 })).other).toEqual([]);
  });

  it('is nothing by a shared worker, which no page has', async () => {
    pages['/worker.js'] =
      `fetch('http://${otherHost()}/', { mode: 'no-cors' }); fetch('/gone', { method: 'DELETE' })`;
    const body = `<p id=said></p><script>
      said.textContent = typeof SharedWorker;
      new SharedWorker('/worker.js');
    </script>`;
    const { own: asked, other: heardThere, seen } = await reached(body);
    expect([asked, heardThere, seen.elements[0]?.name]).toEqual([[], [], 'undefined']);
  });

  it.each([
    ['in the address', "fetch('/gone?_method=delete', { method: 'POST' })"],
    ['in a header', "fetch('/gone', { method: 'POST', headers: { 'X-HTTP-Method-Override': 'DELETE' } })"],
    [
      'in a sent form',
      "fetch('/gone', { method: 'POST', body: new URLSearchParams({ _method: 'DELETE' }) })",
    ],
    [
      'in a form of parts',
      "const form = new FormData(); form.append('_method', 'DELETE'); fetch('/gone', { method: 'POST', body: form })",
    ],
    ['in JSON', `fetch('/gone', { method: 'POST', body: JSON.stringify({ id: 1, _method: 'DELETE' }) })`],
  ])('is not what a forbidden method would do, which is stated %s', async (_, code) => {
    expect((await reached(`<script>{ ${code} }</script>`)).own).toEqual([]);
  });

  it('is what a method does that is not forbidden, wherever that is stated', async () => {
    const code = "fetch('/kept?_method=PUT', { method: 'POST', body: 'not _method=DELETE' })";
    expect((await reached(`<script>${code}</script>`)).own).toEqual(['POST /kept?_method=PUT']);
  });

  it('is held in frames of other origins too', async () => {
    const frame = `http://localhost:${portOf(own)}`;
    pages['/frame'] =
      `<script>fetch('http://${otherHost()}/', { mode: 'no-cors' }); fetch('/gone', { method: 'DELETE' }); fetch('/framed')</script>`;
    const answer = await reached(`<iframe src="${frame}/frame"></iframe>`, { origins: [frame], wait: 1_500 });
    expect([answer.own, answer.other]).toEqual([['GET /frame', 'GET /framed'], []]);
  });
});
