import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { hostname } from 'node:os';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { z } from 'zod';
import { createBrowserSandbox } from '../../sandboxes/browser/index.ts';
import { signIn } from '../../tasks/web/sign-in/index.ts';
import { reach } from '../../tests/fixtures/counters/counter.ts';
import { createLocalWorld } from '../episode/index.ts';
import type { TaskFamily } from '../task/index.ts';
import { createOffer, serveEnvironment, type EnvironmentServer } from './index.ts';

type Data = Record<string, unknown> & { done?: boolean; reward?: number | null; code?: string };
interface Reply {
  type: string;
  data: Data & { observation?: Record<string, never> };
}

/** A client written from the protocol alone. */
class Client implements AsyncDisposable {
  readonly socket: WebSocket;
  readonly #replies: Reply[] = [];
  readonly #waiting: ((reply: Reply) => void)[] = [];

  constructor(url: string) {
    this.socket = new WebSocket(`${url.replace('http', 'ws')}/ws`);
    this.socket.on('message', (data: Buffer) => {
      const reply = JSON.parse(data.toString()) as Reply;
      const waiting = this.#waiting.shift();
      if (waiting) waiting(reply);
      else this.#replies.push(reply);
    });
  }

  static async open(url: string): Promise<Client> {
    const client = new Client(url);
    await once(client.socket, 'open');
    return client;
  }

  next(): Promise<Reply> {
    const reply = this.#replies.shift();
    return reply ? Promise.resolve(reply) : new Promise((resolve) => this.#waiting.push(resolve));
  }

  say(text: string): Promise<Reply> {
    this.socket.send(text);
    return this.next();
  }

  ask(type: string, data?: unknown): Promise<Reply> {
    return this.say(JSON.stringify({ type, data }));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.socket.readyState === WebSocket.CLOSED) return;
    const closed = once(this.socket, 'close');
    this.socket.close();
    await closed;
  }
}

let server: EnvironmentServer | undefined;
afterEach(async () => {
  await server?.[Symbol.asyncDispose]();
  server = undefined;
});

async function serve(
  family: TaskFamily = reach,
  {
    capacity = 100,
    sandboxes = {},
    allowHosts = [],
  }: { capacity?: number; sandboxes?: object; allowHosts?: string[] } = {},
): Promise<string> {
  const offer = createOffer([family], createLocalWorld(family, sandboxes as never), 1);
  server = await serveEnvironment(offer, { host: '127.0.0.1', port: 0, capacity, allowHosts });
  return server.url;
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 2));
}

/** Adds up to the goal that it sees, and submits. */
async function playCounter(client: Client, seed: number): Promise<Reply> {
  let reply = await client.ask('reset', { seed, difficulty: 1 + (seed % 3) });
  for (;;) {
    const { value, goal } = reply.data.observation as unknown as { value: number; goal: number };
    if (reply.data.done) return reply;
    reply = await client.ask(
      'step',
      value < goal ? { add: { amount: Math.min(9, goal - value) } } : { submit: {} },
    );
  }
}

describe('an OpenEnv server, over the WebSocket', () => {
  it('lets 100 sessions play at once, each its own task to its end', async () => {
    const url = await serve();
    const clients = await Promise.all(Array.from({ length: 100 }, () => Client.open(url)));
    expect(server?.active).toBe(100);
    const ends = await Promise.all(clients.map((client, seed) => playCounter(client, seed)));
    for (const [seed, { type, data }] of ends.entries()) {
      expect(type).toBe('observation');
      expect(data).toMatchObject({ done: true, reward: 1 });
      expect(data.observation).toMatchObject({
        done: true,
        reward: 1,
        truncated: false,
        metadata: { family: 'counter/reach', seed, difficulty: 1 + (seed % 3), stop: 'environment-done' },
      });
    }
    await Promise.all(clients.map((client) => client[Symbol.asyncDispose]()));
    await until(() => server?.active === 0);
  });

  it('tells the state, and counts steps from each reset', async () => {
    await using client = await Client.open(await serve());
    expect(await client.ask('state')).toEqual({ type: 'state', data: { episode_id: null, step_count: 0 } });
    await client.ask('reset', { seed: 3, episode_id: 'mine' });
    await client.ask('step', { add: { amount: 1 } });
    expect((await client.ask('state')).data).toMatchObject({ episode_id: 'mine', step_count: 1, seed: 3 });
    const { data } = await client.ask('reset', { seed: 4 });
    expect(data.observation).toMatchObject({ value: 0, metadata: { seed: 4, step: 0 } });
    expect((await client.ask('state')).data).toMatchObject({ step_count: 0 });
  });

  it.each([
    ['{', 'INVALID_JSON', ''],
    ['7', 'UNKNOWN_TYPE', 'reset, step, state, close, mcp'],
    ['{"type":"fly"}', 'UNKNOWN_TYPE', 'reset, step'],
    ['{"type":"step"}', 'VALIDATION_ERROR', ''],
    ['{"type":"step","data":{"jump":{}}}', 'VALIDATION_ERROR', 'add, submit'],
    ['{"type":"step","data":{"add":{"amount":"much"}}}', 'VALIDATION_ERROR', 'amount'],
    ['{"type":"reset","data":{"family":"counter/none"}}', 'VALIDATION_ERROR', 'counter/reach'],
    ['{"type":"reset","data":{"difficulty":9}}', 'VALIDATION_ERROR', '1 to 3'],
    ['{"type":"reset","data":{"seed":-1}}', 'VALIDATION_ERROR', 'seed'],
  ])('answers %s with %s, and goes on', async (text, code, says) => {
    await using client = await Client.open(await serve());
    const { type, data } = await client.say(text);
    expect({ type, code: data.code }).toEqual({ type: 'error', code });
    expect(data['message']).toContain(says);
    expect((await playCounter(client, 1)).data.reward).toBe(1);
    expect((await client.ask('step', { submit: {} })).data.code).toBe('EXECUTION_ERROR');
  });

  it('refuses whoever comes when all sessions are taken, and says how many there are', async () => {
    const url = await serve(reach, { capacity: 2 });
    const first = await Client.open(url);
    await using _second = await Client.open(url);
    const third = await Client.open(url);
    expect(await third.next()).toMatchObject({
      type: 'error',
      data: { code: 'CAPACITY_REACHED', active_sessions: 2, max_sessions: 2 },
    });
    await first[Symbol.asyncDispose]();
    await until(() => server?.active === 1);
    await using fourth = await Client.open(url);
    expect((await playCounter(fourth, 2)).data.reward).toBe(1);
  });

  it('answers no page of a browser', async () => {
    const url = await serve();
    const socket = new WebSocket(`${url.replace('http', 'ws')}/ws`, { origin: 'http://evil.test' });
    const [error] = (await once(socket, 'error')) as [Error];
    expect(error.message).toContain('401');
    expect(
      (await fetch(`${url}/reset`, { method: 'POST', headers: { origin: 'http://evil.test' } })).status,
    ).toBe(403);
  });

  it('is reached by addresses and by names that it knows, and by no other', async () => {
    const url = await serve(reach, { allowHosts: ['proxy.example'] });
    const { port } = new URL(url);
    const asked = (host: string): Promise<[number, string]> =>
      new Promise((resolve, reject) => {
        const asking = request(`${url}/health`, { headers: { host } }, (response) => {
          let text = '';
          response.setEncoding('utf8').on('data', (part: string) => (text += part));
          response.on('end', () => resolve([response.statusCode ?? 0, text]));
        });
        asking.on('error', reject).end();
      });
    const own = [
      '127.0.0.1',
      `127.0.0.1:${port}`,
      `LOCALHOST:${port}`,
      `[::1]:${port}`,
      'a.localhost',
      '10.0.0.7',
    ];
    for (const host of [...own, 'proxy.example', `Proxy.Example.:${port}`, hostname()])
      expect([host, (await asked(host))[0]]).toEqual([host, 200]);
    const foreign = [
      'evil.test',
      `evil.test:${port}`,
      'localhost.evil.test',
      'notlocalhost',
      '127.0.0.1.evil.test',
    ];
    for (const host of foreign) {
      const [status, text] = await asked(host);
      expect([host, status]).toEqual([host, 403]);
      expect(text).toContain('--allow-host');
    }
    for (const host of ['x@127.0.0.1', 'proxy.example/127.0.0.1', '127.0.0.1:a'])
      expect([host, (await asked(host))[0] >= 400]).toEqual([host, true]);
    const socket = new WebSocket(`${url.replace('http', 'ws')}/ws`, { headers: { host: 'evil.test' } });
    const [error] = (await once(socket, 'error')) as [Error];
    expect(error.message).toContain('401');
    const mcp = request(`${url}/mcp`, { method: 'POST', headers: { host: 'evil.test' } }).end('{}');
    const [refused] = (await once(mcp, 'response')) as [IncomingMessage];
    expect(refused.statusCode).toBe(403);
    refused.resume();
    expect(server?.active).toBe(0);
  });

  it('lets tasks under way end when it drains, and takes no others', async () => {
    const url = await serve();
    await using client = await Client.open(url);
    await client.ask('reset', { seed: 1 });
    let isDrained = false;
    const drained = server?.drain().then(() => (isDrained = true));
    await using late = await Client.open(url);
    expect((await late.next()).data.code).toBe('SESSION_ERROR');
    expect(isDrained).toBe(false);
    let reply = await client.ask('step', { add: { amount: 1 } });
    expect(reply.type).toBe('observation');
    reply = await client.ask('step', { submit: {} });
    expect(reply.data.done).toBe(true);
    await drained;
  });
});

describe('an OpenEnv server of pages', () => {
  it('queues sessions for pages, and gives every page back, also of connections that drop', async () => {
    await using browser = createBrowserSandbox({ pages: 2 });
    const url = await serve(signIn, { sandboxes: { browser } });
    const clients = await Promise.all(Array.from({ length: 5 }, () => Client.open(url)));
    const begun: number[] = [];
    const resets = clients.map(async (client, seed) => {
      const { data } = await client.ask('reset', { seed });
      begun.push(seed);
      expect(data.observation).toHaveProperty('elements');
    });
    await until(() => begun.length === 2);
    expect(browser.statistics.leased).toBe(2);
    // One that plays and one that waits hang up without a word: the place of the first goes to another that waits.
    const [playing = 0] = begun;
    const [gone = 0, ...waiting] = [0, 1, 2, 3, 4].filter((seed) => !begun.includes(seed));
    clients[gone]?.socket.terminate();
    clients[playing]?.socket.terminate();
    await until(() => begun.length === 3);
    expect(browser.statistics.leased).toBe(2);
    expect(waiting).toContain(begun[2]);
    for (const client of clients) await client[Symbol.asyncDispose]();
    await until(() => server?.active === 0 && browser.statistics.leased === 0);
    await Promise.allSettled([...resets.filter((_, seed) => begun.includes(seed))]);
  });
});

/** Its actions take longer than a timer that fires at once. */
const slow: TaskFamily = {
  ...reach,
  environment: {
    ...reach.environment,
    open: async (context) => {
      const hooks = await reach.environment.open(context);
      const submit = async () => {
        await new Promise((resolve) => setTimeout(resolve, 50));
        return { done: true };
      };
      return { ...hooks, act: { ...hooks.act, submit } };
    },
  },
};

/** A counter that has another action instead of its own, which ends the task. */
const withAction = (name: string, schema: z.ZodType): TaskFamily => ({
  ...reach,
  environment: {
    ...reach.environment,
    actions: { [name]: schema },
    open: async (context) => {
      const hooks = await reach.environment.open(context);
      return { ...hooks, act: { [name]: () => ({ done: true }) } };
    },
  },
});

describe('an OpenEnv server, over HTTP', () => {
  const post = async (address: string, body: string): Promise<[number, Data]> => {
    const response = await fetch(address, { method: 'POST', body });
    return [response.status, (await response.json()) as Data];
  };

  it('refuses a body that is too large, in words', async () => {
    const [status, { code, message }] = await post(`${await serve()}/reset`, `"${'x'.repeat(2 ** 22)}"`);
    expect([status, code, message]).toEqual([413, 'VALIDATION_ERROR', 'A body has at most 4194304 bytes.']);
  });

  it.each([3_000_000, 1e300])('takes a time limit of %d s', async (seconds) => {
    const [status, { message = '' }] = await post(
      `${await serve(slow)}/step`,
      `{"action":{"submit":{}},"timeout_s":${seconds}}`,
    );
    expect(status, String(message)).toBe(200);
  });

  it('keeps nothing from one request to the next', async () => {
    const url = await serve();
    const [, reset] = await post(`${url}/reset`, '{"seed":5}');
    expect(reset).toMatchObject({ done: false, reward: null, observation: { value: 0 } });
    for (let time = 0; time < 2; time++) {
      const [status, step] = await post(`${url}/step`, '{"action":{"add":{"amount":2}},"seed":5}');
      expect([status, step['observation']]).toMatchObject([200, { value: 2 }]);
    }
    expect(server?.active).toBe(0);
  });

  it('tells of itself', async () => {
    const url = await serve();
    const get = async (path: string): Promise<Data> => (await fetch(`${url}${path}`)).json() as Promise<Data>;
    expect(await get('/health')).toEqual({ status: 'healthy' });
    expect(await get('/metadata')).toMatchObject({
      name: 'counter',
      description: 'Actions: add, submit.',
      readme_content: expect.stringMatching(/^- counter\/reach: for instance, Reach \d+$/) as string,
    });
    expect(await get('/state')).toEqual({ episode_id: null, step_count: 0 });
    const { action, observation } = (await get('/schema')) as unknown as Record<
      string,
      { anyOf?: unknown[] }
    >;
    expect(action?.anyOf).toHaveLength(2);
    expect(JSON.stringify(observation)).toContain('truncated');
  });

  it.each([
    ['/step', '{', 400, 'INVALID_JSON'],
    ['/step', '{}', 422, 'VALIDATION_ERROR'],
    ['/step', '{"action":{"jump":{}}}', 422, 'VALIDATION_ERROR'],
    ['/reset', '{"seed":"one"}', 422, 'VALIDATION_ERROR'],
    ['/fly', '{}', 404, 'UNKNOWN_TYPE'],
  ])('answers %s %s with %i', async (path, body, status, code) => {
    const url = await serve();
    expect(await post(`${url}${path}`, body)).toMatchObject([status, { code }]);
    expect(server?.active).toBe(0);
  });

  it('answers single MCP requests', async () => {
    const url = await serve();
    const [, listed] = await post(`${url}/mcp`, '{"jsonrpc":"2.0","id":1,"method":"tools/list"}');
    const { tools } = listed['result'] as { tools: { name: string }[] };
    expect(tools.map(({ name }) => name)).toEqual(['reset', 'observe', 'add', 'submit']);
    expect(await post(`${url}/mcp`, '{')).toMatchObject([400, { error: { code: -32700 } }]);
    expect(await post(`${url}/mcp`, '7')).toMatchObject([200, { error: { code: -32600 } }]);
    expect(server?.active).toBe(0);
  });

  it.each(['{}', '{"name":7}', '{"name":"add","arguments":"much"}'])(
    'answers a tool call by %s as one of invalid params',
    async (params) => {
      const request = `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":${params}}`;
      const [, { error }] = await post(`${await serve()}/mcp`, request);
      expect(error).toMatchObject({ code: -32602 });
    },
  );

  it.each([
    ['nested deeply', `${'['.repeat(60_000)}${']'.repeat(60_000)}`, 'nested more than 100 levels deep'],
    [
      'nested in objects',
      `${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`,
      'nested more than 100 levels deep',
    ],
    ['of many values', `[${'[],'.repeat(300_000)}[]]`, 'more than 50000 values'],
  ])('answers JSON that is %s with 400 and a sentence, at every door', async (_what, bomb, says) => {
    // A value of any depth fits this action, so that whatever checks it goes into it.
    const url = await serve(withAction('set', z.object({ value: z.json() })));
    const step = `{"action":{"set":{"value":${bomb}}}}`;
    for (const [path, body] of [
      ['/step', step],
      ['/reset', bomb],
      ['/reset', `{"seed":${bomb}}`],
    ] as const) {
      const [status, { code, message }] = await post(`${url}${path}`, body);
      expect([status, code]).toEqual([400, 'INVALID_JSON']);
      expect(message).toContain(says);
    }
    const call = `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"set","arguments":{"value":${bomb}}}}`;
    const [status, { error }] = await post(`${url}/mcp`, call);
    expect([status, (error as { message: string }).message]).toEqual([400, expect.stringContaining(says)]);
    await using client = await Client.open(url);
    for (const text of [
      `{"type":"step","data":{"set":{"value":${bomb}}}}`,
      `{"type":"mcp","data":${call}}`,
    ]) {
      const { type, data } = await client.say(text);
      expect([type, data.code]).toEqual(['error', 'INVALID_JSON']);
      expect(data['message']).toContain(says);
    }
    expect((await client.ask('step', { set: { value: [[1]] } })).data.done).toBe(true);
    expect(server?.active).toBe(1);
  });

  it('says what is wrong in as many words as can be read', async () => {
    const url = await serve(withAction('sum', z.object({ numbers: z.array(z.number()) })));
    const wrong = JSON.stringify({ action: { sum: { numbers: Array.from({ length: 40_000 }, () => '') } } });
    const [status, { message }] = await post(`${url}/step`, wrong);
    expect(status).toBe(422);
    expect(String(message).length).toBeLessThanOrEqual(4000);
  });

  it('answers no notification', async () => {
    const url = await serve();
    const note = '{"jsonrpc":"2.0","method":"notifications/initialized"}';
    const response = await fetch(`${url}/mcp`, { method: 'POST', body: note });
    expect([response.status, await response.text()]).toEqual([202, '']);
    await using client = await Client.open(url);
    client.socket.send(`{"type":"mcp","data":${note}}`);
    expect((await client.ask('state')).type).toBe('state');
  });
});
