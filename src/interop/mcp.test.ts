import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { reach } from '../../tests/fixtures/counters/counter.ts';
import { createLocalWorld } from '../episode/index.ts';
import { createOffer, serveEnvironment } from './index.ts';

interface Seen {
  value: number;
  goal: number;
  done: boolean;
  reward: number | null;
}

/** Plays a task by tools alone. */
async function play(transport: Transport): Promise<void> {
  const client = new Client({ name: 'test', version: '1' });
  await client.connect(transport);
  const call = async (name: string, given: Record<string, unknown> = {}): Promise<Seen> =>
    (await client.callTool({ name, arguments: given })).structuredContent as unknown as Seen;
  const { tools } = await client.listTools();
  expect(tools.map(({ name }) => name)).toEqual(['reset', 'observe', 'add', 'submit']);
  expect(tools.find(({ name }) => name === 'add')?.inputSchema).toMatchObject({
    type: 'object',
    required: ['amount'],
  });
  const refused = await client.callTool({ name: 'add', arguments: { amount: 100 } });
  expect(refused.isError).toBe(true);
  let seen = await call('reset', { seed: 8, difficulty: 3 });
  expect(await call('observe')).toEqual(seen);
  while (seen.value < seen.goal) seen = await call('add', { amount: Math.min(9, seen.goal - seen.value) });
  expect(await call('submit')).toMatchObject({ done: true, reward: 1 });
  if (transport instanceof StreamableHTTPClientTransport) await transport.terminateSession();
  await client.close();
}

it("is played by the MCP SDK's own client over streamable HTTP, and keeps no session of it", async () => {
  const offer = createOffer([reach], createLocalWorld(reach, {} as never), 1);
  await using server = await serveEnvironment(offer, { host: '127.0.0.1', port: 0, capacity: 2 });
  const transport = new StreamableHTTPClientTransport(new URL(`${server.url}/mcp`));
  await play(transport);
  expect(server.active).toBe(0);
});

it('takes a place only while a task is under way', async () => {
  const offer = createOffer([reach], createLocalWorld(reach, {} as never), 1);
  await using server = await serveEnvironment(offer, { host: '127.0.0.1', port: 0, capacity: 2 });
  const clients = await Promise.all(
    [1, 2, 3, 4].map(async () => {
      const client = new Client({ name: 'test', version: '1' });
      await client.connect(new StreamableHTTPClientTransport(new URL(`${server.url}/mcp`)) as Transport);
      return client;
    }),
  );
  expect(server.active).toBe(0);
  const call = (client: Client | undefined, name: string) =>
    client?.callTool({ name, arguments: {} }).then(({ isError, content }) => ({ isError, content }));
  const [first, second, third] = clients;
  for (const client of [first, second]) expect((await call(client, 'reset'))?.isError).toBeUndefined();
  expect(server.active).toBe(2);
  expect(await call(third, 'reset')).toMatchObject({
    isError: true,
    content: [{ text: 'CAPACITY_REACHED: All 2 sessions are taken.' }],
  });
  await call(first, 'submit');
  expect(server.active).toBe(1);
  expect((await call(third, 'reset'))?.isError).toBeUndefined();
  for (const client of clients) await client.close();
});

const root = join(import.meta.dirname, '..', '..');
/** A server over standard input and output. */
const STDIO = [
  '--disable-warning=ExperimentalWarning',
  '--conditions=lamarck-source',
  join(root, 'src/cli/main.ts'),
  ...['env', 'serve', 'counter/reach', '--mcp', 'stdio'],
  ...['--config', join(root, 'tests/fixtures/counters/lamarck.config.ts')],
];

it("is played by the MCP SDK's own client over standard input and output", async () => {
  await play(new StdioClientTransport({ command: process.execPath, args: STDIO, stderr: 'ignore' }));
});

it.each(['\n', ''])('answers all that was asked before its input ended, by %j', async (end) => {
  const child = spawn(process.execPath, STDIO, { stdio: ['pipe', 'pipe', 'ignore'] });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  const calls = [
    ['reset', { seed: 1 }],
    ['add', { amount: 1 }],
    ['submit', {}],
  ] as const;
  const messages = [
    {
      id: 0,
      method: 'initialize',
      params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'test', version: '1' } },
    },
    { method: 'notifications/initialized' },
    ...calls.map(([name, given], at) => ({
      id: at + 1,
      method: 'tools/call',
      params: { name, arguments: given },
    })),
    { id: 9, method: 'tools/call', params: { name: 'observe', arguments: {} } },
    { method: 'notifications/cancelled', params: { requestId: 9 } },
    { id: 4, method: 'tools/list' },
  ];
  child.stdin.end(messages.map((message) => JSON.stringify({ jsonrpc: '2.0', ...message })).join('\n') + end);
  expect(await new Promise((resolve) => child.once('close', resolve))).toBe(0);
  const answers = output
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { id: number; result?: { structuredContent?: Seen } });
  expect(
    answers
      .map(({ id }) => id)
      .filter((id) => id !== 9)
      .sort(),
  ).toEqual([0, 1, 2, 3, 4]);
  expect(answers.find(({ id }) => id === 3)?.result?.structuredContent?.done).toBe(true);
});
