import type { WebSocket } from 'ws';
import { z } from 'zod';
import {
  OPENENV_REQUESTS,
  OpenEnvError,
  OpenEnvRequestSchema,
  type OpenEnvReply,
} from '../environment/index.ts';
import { answerRpc } from './mcp-server.ts';
import { MOST_TOLD, parseMessage } from './message-json.ts';
import type { SessionPool } from './session-pool.ts';
import { asOpenEnvError, type TaskSession } from './task-session.ts';

// Close codes of RFC 6455 and its registry.
const DONE = 1000;
const GOING_AWAY = 1001;
const TRY_AGAIN_LATER = 1013;

/** Speaks OpenEnv on a WebSocket that was just opened: its session lives as long as the connection. */
export function converse(socket: WebSocket, pool: SessionPool): void {
  const send = (reply: OpenEnvReply): void => socket.send(JSON.stringify(reply));
  // What breaks a connection also closes it.
  socket.on('error', () => {});
  let session: TaskSession;
  try {
    session = pool.open((reason) => socket.close(GOING_AWAY, reason));
  } catch (error) {
    send(errorReply(error));
    socket.close(TRY_AGAIN_LATER);
    return;
  }
  let answered = Promise.resolve();
  socket.on('message', (data) => {
    answered = answered.then(async () => {
      const reply = await replyTo(String(data), session, pool).catch(errorReply);
      if (reply === 'goodbye') socket.close(DONE);
      else if (reply) send(reply);
    });
  });
  socket.on('close', () => void session.close());
}

/** Nothing where none is wanted. */
async function replyTo(
  text: string,
  session: TaskSession,
  pool: SessionPool,
): Promise<OpenEnvReply | 'goodbye' | undefined> {
  const request = parse(text);
  switch (request.type) {
    case 'reset':
      return { type: 'observation', data: await session.reset(request.data) };
    case 'step':
      return { type: 'observation', data: await session.step(request.data) };
    case 'state':
      return { type: 'state', data: session.state };
    case 'mcp': {
      const data = await answerRpc(request.data, session, pool.offer);
      return data === undefined ? undefined : { type: 'mcp', data };
    }
    case 'close':
      return 'goodbye';
  }
}

function parse(text: string): z.output<typeof OpenEnvRequestSchema> {
  const message = parseMessage(text);
  const type: unknown = (message as { type?: unknown } | null)?.type;
  if (typeof type !== 'string' || !OPENENV_REQUESTS.includes(type)) {
    throw new OpenEnvError(
      'UNKNOWN_TYPE',
      `A message has one of these types: ${OPENENV_REQUESTS.join(', ')}.`,
    );
  }
  const parsed = OpenEnvRequestSchema.safeParse(message);
  if (parsed.success) return parsed.data;
  throw new OpenEnvError('VALIDATION_ERROR', z.prettifyError(parsed.error));
}

function errorReply(error: unknown): OpenEnvReply {
  return { type: 'error', data: wireError(asOpenEnvError(error, 'EXECUTION_ERROR')) };
}

/** An error's body, over the WebSocket and over HTTP. */
export function wireError({ openEnvCode, message, details }: OpenEnvError): {
  message: string;
  code: string;
} {
  return { message: message.slice(0, MOST_TOLD), code: openEnvCode, ...details };
}
