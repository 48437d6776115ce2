import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createRandom, defineTask, makeTask, type BrowserSandbox, type Sandboxes } from 'lamarck';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createBrowserSandbox } from '../../../sandboxes/browser/index.ts';
import { defineWebEnvironment } from './index.ts';

const secret = "correct/horse & Co's";
const before = 'x'.repeat(490);
const html = `<!doctype html><p>${before}${secret}</p><button title="${before}${secret}">Go</button>
  <div style="position: relative"><button>Covered</button>
  <p style="position: absolute; inset: 0; margin: 0; opacity: 0">${'y'.repeat(34)}${secret}</p></div>`;

let server: Server;
let sandbox: BrowserSandbox;
beforeAll(async () => {
  server = createServer((_, response) => void response.setHeader('content-type', 'text/html').end(html));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  sandbox = createBrowserSandbox({ pages: 1 });
});
afterAll(async () => {
  await sandbox[Symbol.asyncDispose]();
  server.closeAllConnections();
  server.close();
});

const environmentWith = (password: string | undefined) =>
  defineWebEnvironment({
    name: 'shop',
    baseURL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    params: z.object({ product: z.string() }),
    evidence: z.object({}),
    secrets: { password },
    readEvidence: () => ({}),
  });
const taskOf = (instruction: string, product = 'Tea', password: string | undefined = secret) =>
  makeTask(
    defineTask({
      name: 'shop/buy',
      environment: environmentWith(password),
      generate: () => ({ instruction, params: { product } }),
      verify: () => true,
    }),
    0,
    1,
  );

describe('an environment of an application with secrets', () => {
  it.each([
    ['its instruction', () => taskOf(`Sign in with ${secret}.`)],
    ['its parameters', () => taskOf('Sign in.', secret.toUpperCase())],
  ])('has no task that tells one in %s', (_, make) => {
    expect(make).toThrow(
      expect.objectContaining({
        code: 'LAMARCK_SECRET_TOLD',
        message: 'A task of "shop/buy" tells the value of a secret.',
      }),
    );
  });

  it('has tasks also where a secret has no value, so that they can be listed', () => {
    const family = defineTask({
      name: 'shop/buy',
      environment: environmentWith(undefined),
      generate: () => ({ instruction: 'Use {{password}}.', params: { product: 'Tea' } }),
      verify: () => true,
    });
    expect(makeTask(family, 0, 1).instruction).toBe('Use {{password}}.');
  });

  it('shows nothing of one where the page cuts a long name', async () => {
    const session = await environmentWith(secret).open({
      params: { product: 'Tea' },
      instruction: 'Use {{password}}.',
      random: createRandom('seed'),
      signal: new AbortController().signal,
      sandboxes: { browser: sandbox } as Partial<Sandboxes> as Sandboxes,
    });
    const { elements } = await session.observe();
    const covered = elements.find(({ name }) => name === 'Covered');
    await expect(async () => session.act.click({ ref: covered?.ref ?? '' })).rejects.toThrow(
      /^e\d is covered by text y+\{\{password\}\}\.$/,
    );
    expect(elements[0]?.name).toBe(`${before}{{password}}`);
    expect(JSON.stringify(elements)).not.toContain('corr');
    await session.close?.();
  });
});

it.each<[string, object, RegExp]>([
  ['a member that nobody knows', { forbids: {} }, /no member "forbids"; did you mean "forbid"\?/],
  [
    'one of what is forbidden',
    { forbid: { method: ['DELETE'] } },
    /no member "method"; did you mean "methods"\?.*at forbid/s,
  ],
  [
    'a method that is none',
    { forbid: { methods: ['DELTE'] } },
    /no HTTP method "DELTE".*at forbid\.methods\[0\]/s,
  ],
  [
    'a role that is none',
    { forbid: { roles: ['buton'] } },
    /no role "buton": use one of button, link,.*at forbid\.roles\[0\]/s,
  ],
  ['a role in capitals, which no element has', { forbid: { roles: ['Button'] } }, /no role "Button"/],
  [
    'a name that is a text',
    { forbid: { names: ['Sign in'] } },
    /no regular expression.*at forbid\.names\[0\]/s,
  ],
  ['methods that are no list', { forbid: { methods: 'DELETE' } }, /expected array.*at forbid\.methods/s],
  ['an isolation', { isolation: 'workers' }, /at isolation/],
  ['a clock', { clock: 'virtul' }, /at clock/],
  ['a settle rule that is a number', { settle: 300 }, /at settle/],
  ['an origin', { origins: ['x.y'] }, /is no origin.*at origins\[0\]/s],
  ['a start that is a path', { start: '/cart' }, /is not a function.*at start/s],
  [
    'no way to read evidence',
    { readEvidence: undefined, readEvidenceX: () => ({}) },
    /did you mean "readEvidence".*is not a function.*at readEvidence/s,
  ],
])('is refused as it is defined where %s does not fit', (_, given, says) => {
  const define = () =>
    defineWebEnvironment({
      ...{ name: 'shop', baseURL: 'http://127.0.0.1:1', params: z.object({}), evidence: z.object({}) },
      ...{ readEvidence: () => ({}), forbid: { methods: ['delete'], roles: ['button'], names: [/wipe/i] } },
      ...given,
    });
  expect(define).toThrow(says);
});
