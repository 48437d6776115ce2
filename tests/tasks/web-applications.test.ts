import { readFile, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { defineTask } from 'lamarck';
import { defineWebEnvironment, type WebEnvironmentDefinition } from 'lamarck/environments';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { createBrowserSandbox } from '../../sandboxes/browser/index.ts';
import { createLocalWorld, oracleActor, runEpisode } from '../../src/episode/index.ts';
import { createProject, type Project } from '../support/project.ts';

const params = z.object({});
const evidence = z.object({});
type Definition = WebEnvironmentDefinition<typeof params, typeof evidence>;
type Shop = ReturnType<typeof defineWebEnvironment<typeof params, typeof evidence>>;

const sandboxes = { browser: createBrowserSandbox({ pages: 1 }) };
let server: Server;
let baseURL: string;
beforeAll(async () => {
  server = createServer((_, response) => {
    response.setHeader('content-type', 'text/html').end('<!doctype html><button>Buy</button>');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  baseURL = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  await sandboxes.browser[Symbol.asyncDispose]();
  server.closeAllConnections();
  server.close();
});

/** How an episode of the oracle ends at an application. */
async function endOf(
  definition: Partial<Definition>,
  { timeLimit = 30_000, perform }: { timeLimit?: number; perform?: Parameters<Shop['byPage']>[0] } = {},
) {
  const environment = defineWebEnvironment({
    name: 'shop',
    baseURL,
    params,
    evidence,
    readEvidence: () => ({}),
    ...definition,
  });
  const family = defineTask({
    name: 'shop/buy',
    environment,
    timeLimit,
    generate: () => ({ instruction: 'Buy.', params: {} }),
    verify: () => true,
    oracle: environment.byPage(perform ?? (({ page }) => page.getByRole('button', { name: 'Buy' }).click())),
  });
  const job = { actor: oracleActor, family, seed: 0, difficulty: 1, repeat: 0 };
  return (await runEpisode(job, createLocalWorld(family, sandboxes), new AbortController().signal)).end;
}

describe('an oracle by page', () => {
  it('that finds nothing fails soon, by what Playwright says of it, and is not tried again', async () => {
    const perform: Parameters<Shop['byPage']>[0] = ({ page }) =>
      page.getByRole('button', { name: 'Sell' }).click();
    const end = await endOf({}, { perform });
    expect(end).toMatchObject({
      stop: 'infrastructure-error',
      reward: null,
      attempts: 1,
      error: { code: 'LAMARCK_ORACLE_FAILED', boundary: 'task' },
    });
    expect(end.error?.message).toMatch(
      /^The oracle of "shop\/buy" failed at seed 0, difficulty 1: locator\.click: Timeout 5000ms exceeded\.[^]*waiting for getByRole\('button', \{ name: 'Sell' \}\)/,
    );
    expect(end.error?.message).not.toContain('\u001b');
  });

  it('that never ends is cut off by the time limit, which is named', async () => {
    const end = await endOf({}, { timeLimit: 4_000, perform: () => new Promise<void>(() => undefined) });
    expect(end).toMatchObject({
      attempts: 1,
      error: {
        code: 'LAMARCK_OVERDUE',
        message: 'The oracle of "shop/buy" was not done at seed 0, difficulty 1 within its timeLimit of 4 s.',
      },
    });
  });
});

async function freePort(): Promise<number> {
  const reserved = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => reserved.once('listening', resolve));
  const { port } = reserved.address() as AddressInfo;
  await new Promise((resolve) => reserved.close(resolve));
  return port;
}

describe('a web server that takes longer than an episode may', () => {
  it('is told by its command and its address where it never answers, and is started once', async () => {
    const url = `http://127.0.0.1:${await freePort()}/`;
    const webServer = { command: 'sleep 60', url, timeout: 2_000 };
    expect(await endOf({ webServer }, { timeLimit: 1_000 })).toMatchObject({
      stop: 'infrastructure-error',
      attempts: 1,
      error: {
        code: 'LAMARCK_WEB_SERVER_FAILED',
        message: `The web server \`sleep 60\` did not answer at ${url} within 2 s.`,
      },
    });
  });

  it('is waited for', async () => {
    const port = await freePort();
    const answer = "answer.setHeader('content-type', 'text/html').end('<button>Buy</button>')";
    const listen = `require('node:http').createServer((_, answer) => ${answer}).listen(${port}, '127.0.0.1')`;
    const url = `http://127.0.0.1:${port}`;
    const webServer = { command: `node -e "setTimeout(() => ${listen}, 11000)"`, url };
    const end = await endOf({ baseURL: url, webServer }, { timeLimit: 10_000 });
    expect(end).toMatchObject({ stop: 'environment-done', reward: 1, attempts: 1 });
  });
});

describe('a reset', () => {
  it('that never ends is told by its name, and gives its page up', async () => {
    const end = await endOf({ reset: () => new Promise<void>(() => undefined) }, { timeLimit: 2_000 });
    expect(end).toMatchObject({
      stop: 'infrastructure-error',
      error: {
        code: 'LAMARCK_OVERDUE',
        boundary: 'environment',
        message: 'reset() of the environment "shop" did not return within 1.8 s.',
      },
    });
    expect(await endOf({})).toMatchObject({ reward: 1 });
  });

  it('that fails is told by its name', async () => {
    const reset = () => Promise.reject(new Error('the shop is closed'));
    expect((await endOf({ reset })).error?.message).toBe(
      'The environment "shop" failed in reset: the shop is closed',
    );
  });
});

describe("the documentation's example", () => {
  let project: Project;
  let application: Server;
  let resetting: 'works' | 'is not there';
  beforeEach(async () => {
    resetting = 'works';
    application = createShop(() => resetting === 'works');
    await new Promise<void>((ready) => application.listen(0, '127.0.0.1', ready));
    const { port } = application.address() as AddressInfo;
    const docs = await readFile(resolve(import.meta.dirname, '../../docs/web-applications.md'), 'utf8');
    project = await createProject('shop');
    await write({
      'shop.ts': /```ts\n(\/\/ shop\.ts\n[^]*?)```/.exec(docs)?.[1] ?? '',
      'playwright.config.ts': `export default { use: { baseURL: 'http://127.0.0.1:${port}' } };`,
      'lamarck.config.ts': `import { defineConfig } from 'lamarck';
        import { buy } from './shop.ts';
        export default defineConfig({ suites: { shop: [buy] } });`,
    });
    vi.stubEnv('SHOP_PASSWORD', 's3cret&horse');
  });
  afterEach(async () => {
    vi.unstubAllEnvs();
    application.closeAllConnections();
    application.close();
    await project[Symbol.asyncDispose]();
  });
  const write = (files: Record<string, string>) =>
    Promise.all(Object.entries(files).map(([name, text]) => writeFile(join(project.folder, name), text)));
  const endOfOracle = async () => {
    const { output } = await project.lamarck('run', 'shop/buy', '--agent', 'oracle', '--json');
    return JSON.parse(output) as object;
  };

  it('is solved by its oracle', async () => {
    expect(await endOfOracle()).toMatchObject({ end: { reward: 1, attempts: 1 } });
  });

  it('fails where the application has nothing to reset it', async () => {
    resetting = 'is not there';
    expect(await endOfOracle()).toMatchObject({
      end: {
        reward: null,
        error: { message: 'The environment "shop" failed in reset: The shop was not reset: 404 Not Found' },
      },
    });
  });

  it('waits in its own process for a server longer than an episode may take', async () => {
    const url = `http://127.0.0.1:${await freePort()}/`;
    await write({
      'playwright.config.ts': `export default { use: { baseURL: '${url}' },
        webServer: { command: 'sleep 60', url: '${url}', timeout: 10_000 } };`,
      'lamarck.config.ts': `import { defineConfig } from 'lamarck';
        import { buy } from './shop.ts';
        export default defineConfig({ suites: { shop: [{ ...buy, timeLimit: 8_000 }] } });`,
    });
    expect(await endOfOracle()).toMatchObject({
      end: {
        attempts: 1,
        error: { message: `The web server \`sleep 60\` did not answer at ${url} within 10 s.` },
      },
    });
    const { output, errors } = await project.lamarck('tasks', 'check');
    expect(output + errors).toMatch(
      /`sleep 60` did not answer at \S+ within 10 s\.[^]*see that it answers at this address/,
    );
  });
});

/** The application that the documentation's example is of: one cart, whoever is signed in. */
function createShop(canReset: () => boolean): Server {
  const cart: string[] = [];
  const signIn = `<form action=/shop><label>Name <input name=user></label>
    <label>Password <input name=password type=password></label><button>Sign in</button></form>`;
  const products = ['Kettle', 'Teapot', 'Tray'].map(
    (name) => `<button onclick="fetch('/add?${name}', { method: 'POST' })">Add ${name}</button>`,
  );
  return createServer(({ url = '', method }, response) => {
    const { pathname, search } = new URL(url, baseURL);
    if (pathname === '/test/reset') {
      if (!canReset()) response.statusCode = 404;
      cart.length = 0;
      return response.end();
    }
    if (pathname === '/test/cart') return response.end(JSON.stringify(cart));
    if (method === 'POST') cart.push(search.slice(1));
    const shown = pathname === '/shop' ? products.join('') : signIn;
    return response.setHeader('content-type', 'text/html').end(`<!doctype html>${shown}`);
  });
}
