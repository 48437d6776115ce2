import { once } from 'node:events';
import type { IncomingMessage, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { WebSocketServer, type WebSocket } from 'ws';
import { clauseOf, LamarckError } from '../protocol/index.ts';
import { createHostCheck } from './allowed-hosts.ts';
import type { Offer } from './offer.ts';
import { createHttpApp, isFromPage, MOST_BYTES } from './openenv-http.ts';
import { converse } from './openenv-socket.ts';
import { SessionPool } from './session-pool.ts';

/** Time in ms in which a connection has to answer a ping: one that was cut without a word is then given up. */
const HEARTBEAT = 30_000;
/** Time in ms after which a session that nothing was asked of is closed. */
const IDLE = 15 * 60_000;

export interface EnvironmentServer extends AsyncDisposable {
  /** `http://host:port` */
  readonly url: string;
  /** Sessions that are open. */
  readonly active: number;
  /** Takes no new sessions; resolves when the tasks under way have come to their ends, and all is closed. */
  drain(): Promise<void>;
}

/**
 * Serves an environment to others: OpenEnv over HTTP and WebSocket (`/ws`), MCP over streamable HTTP (`/mcp`).
 * Disposing closes all sessions at once.
 *
 * @param options.port 0 for any that is free
 * @param options.capacity sessions at once
 * @param options.allowHosts names that requests may be addressed to, besides addresses, `localhost` and the machine's own
 * @throws LamarckError `LAMARCK_PORT_UNAVAILABLE`
 */
export async function serveEnvironment(
  offer: Offer,
  options: { host: string; port: number; capacity: number; idle?: number; allowHosts?: readonly string[] },
): Promise<EnvironmentServer> {
  const { host, port, capacity, idle = IDLE, allowHosts = [] } = options;
  const isAllowedHost = createHostCheck([host, ...allowHosts]);
  const pool = new SessionPool(offer, { capacity, idle });
  const server = createAdaptorServer({ fetch: createHttpApp(pool, isAllowedHost).fetch }) as Server;
  try {
    await once(server.listen(port, host), 'listening');
  } catch (error) {
    throw new LamarckError({
      code: 'LAMARCK_PORT_UNAVAILABLE',
      boundary: 'user',
      message: `Port ${port} of ${host} cannot be listened on: ${clauseOf(error)}.`,
      remedy: 'Name another with --port; 0 takes any that is free.',
      cause: error,
    });
  }
  const sockets = new WebSocketServer({
    server,
    path: '/ws',
    maxPayload: MOST_BYTES,
    verifyClient: ({ req }: { req: IncomingMessage }) =>
      isAllowedHost(req.headers.host) && !isFromPage(req.headers.origin),
  });
  const silent = new WeakSet<WebSocket>();
  sockets.on('connection', (socket) => {
    socket.on('pong', () => silent.delete(socket));
    converse(socket, pool);
  });
  const heartbeat = setInterval(() => {
    for (const socket of sockets.clients) {
      if (silent.has(socket)) socket.terminate();
      else {
        silent.add(socket);
        socket.ping();
      }
    }
  }, HEARTBEAT);
  const { address, port: listening } = server.address() as AddressInfo;
  return {
    url: `http://${address.includes(':') ? `[${address}]` : address}:${listening}`,
    get active() {
      return pool.active;
    },
    drain: () => pool.drain(),
    async [Symbol.asyncDispose]() {
      clearInterval(heartbeat);
      const closed = once(server, 'close');
      server.close();
      await pool[Symbol.asyncDispose]();
      for (const socket of sockets.clients) socket.terminate();
      server.closeAllConnections();
      await closed;
    },
  };
}
