import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { defineTask } from 'lamarck';
import { defineWebEnvironment, type WebEnvironmentDefinition } from 'lamarck/environments';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createBrowserSandbox } from '../sandboxes/browser/index.ts';
import { createLocalWorld, oracleActor, runEpisode } from '../src/episode/index.ts';
import type { Sandboxes } from '../src/sandbox/index.ts';

const params = z.object({});
const evidence = z.object({});
type Definition = WebEnvironmentDefinition<typeof params, typeof evidence>;
type Shop = ReturnType<typeof defineWebEnvironment<typeof params, typeof evidence>>;

const sandboxes = { browser: createBrowserSandbox({ pages: 1 }) } as unknown as Sandboxes;
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
    expect(end.wallMilliseconds).toBeLessThan(20_000);
  }, 60_000);

  it('that never ends is cut off by the time limit, which is named', async () => {
    const end = await endOf({}, { timeLimit: 4_000, perform: () => new Promise<void>(() => undefined) });
    expect(end).toMatchObject({
      attempts: 1,
      error: {
        code: 'LAMARCK_OVERDUE',
        message: 'The oracle of "shop/buy" was not done at seed 0, difficulty 1 within its timeLimit of 4 s.',
      },
    });
  }, 60_000);
});
