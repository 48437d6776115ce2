import { WebStandardStreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js';
import { ErrorCode } from '@modelcontextprotocol/sdk/types.js';
import { messageOf } from '../protocol/index.ts';
import { answerRpc, createMcpServer, rpcError } from './mcp-server.ts';
import { parseMessage } from './message-json.ts';
import type { SessionPool } from './session-pool.ts';
import { asOpenEnvError } from './task-session.ts';

/**
 * Answers `/mcp`, which both protocols use: MCP's streamable HTTP with sessions, begun by `initialize`; and OpenEnv's single
 * JSON-RPC requests, each in a session of its own.
 *
 * @returns the handler of all methods of that path
 */
export function createMcpEndpoint(pool: SessionPool): (request: Request) => Promise<Response> {
  const transports = new Map<string, WebStandardStreamableHTTPServerTransport>();

  async function connect(): Promise<WebStandardStreamableHTTPServerTransport> {
    const transport = new WebStandardStreamableHTTPServerTransport({
      sessionIdGenerator: () => crypto.randomUUID(),
      onsessioninitialized: (id) => void transports.set(id, transport),
      enableJsonResponse: true,
    });
    const session = pool.open(() => void transport.close(), 'playing');
    const server = createMcpServer(session, pool.offer);
    server.onclose = () => {
      transports.delete(transport.sessionId ?? '');
      void session.close();
    };
    await server.connect(transport);
    return transport;
  }

  return async (request) => {
    // Nothing is ever told that was not asked for, so there is no stream to listen to.
    if (request.method === 'GET') return refuse(405, ErrorCode.InvalidRequest, 'Use POST.');
    let body: unknown;
    try {
      if (request.method === 'POST') body = parseMessage(await request.text());
    } catch (error) {
      return refuse(400, ErrorCode.ParseError, messageOf(error));
    }
    const id = request.headers.get('mcp-session-id');
    if (id !== null) {
      const transport = transports.get(id);
      return (
        transport?.handleRequest(request, { parsedBody: body }) ??
        refuse(404, ErrorCode.InvalidRequest, `There is no session "${id}".`)
      );
    }
    try {
      if (isInitialize(body)) {
        const transport = await connect();
        const response = await transport.handleRequest(request, { parsedBody: body });
        // A transport whose first request was refused has no session, and nobody else would close it.
        if (transport.sessionId === undefined) await transport.close();
        return response;
      }
      const session = pool.open(() => {}, 'playing');
      try {
        const reply = await answerRpc(body, session, pool.offer);
        return reply === undefined ? new Response(null, { status: 202 }) : Response.json(reply);
      } finally {
        await session.close();
      }
    } catch (error) {
      return refuse(503, ErrorCode.InternalError, asOpenEnvError(error, 'SESSION_ERROR').message);
    }
  };
}

function isInitialize(body: unknown): boolean {
  return typeof body === 'object' && body !== null && 'method' in body && body.method === 'initialize';
}

function refuse(status: number, code: number, message: string): Response {
  return Response.json(rpcError(code, message), { status });
}
