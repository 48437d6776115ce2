import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { createMcpServer } from './mcp-server.ts';
import type { Offer } from './offer.ts';
import { TaskSession } from './task-session.ts';

/**
 * Serves one client over this process's input and output, which nothing else may use meanwhile.
 *
 * @returns when the client has hung up, or `signal` is aborted
 */
export async function serveStdio(offer: Offer, signal: AbortSignal): Promise<void> {
  const alone = { begins: () => {}, busy: () => {}, rest: () => {}, closed: () => {} };
  const session = new TaskSession(offer, alone);
  const server = createMcpServer(session, offer);
  const ended = Promise.withResolvers<void>();
  server.onclose = ended.resolve;
  process.stdin.once('end', ended.resolve);
  signal.addEventListener('abort', () => ended.resolve(), { once: true });
  await server.connect(new StdioServerTransport());
  await ended.promise;
  await server.close();
  await session.close();
}
