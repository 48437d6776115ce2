import { Transform } from 'node:stream';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import type { JSONRPCMessage } from '@modelcontextprotocol/sdk/types.js';
import { createMcpServer } from './mcp-server.ts';
import type { Offer } from './offer.ts';
import { TaskSession } from './task-session.ts';

/**
 * Serves one client over this process's input and output, which nothing else may use meanwhile.
 *
 * @returns when the client has hung up and all that it asked is answered, or `signal` is aborted
 */
export async function serveStdio(offer: Offer, signal: AbortSignal): Promise<void> {
  const alone = { begins: () => {}, busy: () => {}, rest: () => {}, closed: () => {} };
  const session = new TaskSession(offer, alone);
  const server = createMcpServer(session, offer);
  const ended = Promise.withResolvers<void>();
  server.onclose = ended.resolve;
  signal.addEventListener('abort', () => ended.resolve(), { once: true });
  const input = process.stdin.pipe(endingItsLastLine());
  const transport = new StdioServerTransport(input as unknown as typeof process.stdin);
  await server.connect(transport);
  const allAnswered = followAnswers(transport);
  input.once('end', () => void allAnswered().then(ended.resolve));
  await ended.promise;
  await server.close();
  await session.close();
}

/** A message is a line; a client that hangs up may leave the last one without its end. */
function endingItsLastLine(): Transform {
  let last = '\n';
  return new Transform({
    transform: (chunk: Buffer, _encoding, done) => {
      last = chunk.subarray(-1).toString('latin1');
      done(null, chunk);
    },
    flush: (done) => done(null, last === '\n' ? null : '\n'),
  });
}

/**
 * Follows the requests and the answers of a transport that is connected.
 *
 * @returns resolves when no request is unanswered; one that the client has cancelled is not answered
 */
function followAnswers(transport: Transport): () => Promise<void> {
  const unanswered = new Set<unknown>();
  let answered: (() => void) | undefined;
  const settle = (id: unknown): void => {
    unanswered.delete(id);
    if (unanswered.size === 0) answered?.();
  };
  const receive = transport.onmessage;
  transport.onmessage = (message: JSONRPCMessage, ...more) => {
    if ('method' in message && 'id' in message) unanswered.add(message.id);
    receive?.(message, ...more);
    if ('method' in message && message.method === 'notifications/cancelled')
      settle((message.params as { requestId?: unknown } | undefined)?.requestId);
  };
  const send = transport.send.bind(transport);
  transport.send = async (message, ...more) => {
    await send(message, ...more);
    if (!('method' in message) && 'id' in message) settle(message.id);
  };
  return () =>
    new Promise((resolve) => {
      if (unanswered.size === 0) resolve();
      else answered = resolve;
    });
}
