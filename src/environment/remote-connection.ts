import { LamarckError, messageOf } from '../protocol/index.ts';
import {
  OPENENV_CODES,
  OpenEnvError,
  OpenEnvReplySchema,
  type OpenEnvCode,
  type OpenEnvReply,
  type OpenEnvRequest,
} from './openenv-protocol.ts';

type Result = Extract<OpenEnvReply, { type: 'observation' }>['data'];

/** Address of one of a server's paths. */
export function endpointOf(url: string, path: string): URL {
  return new URL(path, url.endsWith('/') ? url : `${url}/`);
}

/** A session on an OpenEnv server: one WebSocket, one request at a time. */
export interface RemoteConnection {
  /** @throws OpenEnvError what the server answered, or LamarckError `LAMARCK_REMOTE_LOST`. */
  request(request: OpenEnvRequest & { type: 'reset' | 'step' }): Promise<Result>;
  close(): Promise<void>;
}

/**
 * Connects to an OpenEnv server.
 *
 * @param url of the server, `http://host:port`
 * @throws LamarckError `LAMARCK_REMOTE_LOST` where it cannot be reached
 */
export async function connectRemote(url: string, signal: AbortSignal): Promise<RemoteConnection> {
  signal.throwIfAborted();
  // It turns http: into ws: itself.
  const socket = new WebSocket(endpointOf(url, 'ws'));
  const opened = Promise.withResolvers<void>();
  const closed = Promise.withResolvers<void>();
  let waiting: PromiseWithResolvers<Result> | undefined;
  // A server that is full says so as soon as it is reached, before anything is asked of it.
  let refused: Error | undefined;

  const lost = (how: string): LamarckError =>
    new LamarckError({
      code: 'LAMARCK_REMOTE_LOST',
      boundary: 'environment',
      message: `The environment server at ${url} ${how}.`,
      remedy: 'See that it runs and can be reached from here; the episode has no reward and is tried again.',
    });
  const fail = (error: Error): void => {
    refused ??= error;
    opened.reject(error);
    waiting?.reject(error);
  };
  const hangUp = (): void => socket.close();
  signal.addEventListener('abort', hangUp, { once: true });
  socket.addEventListener('open', () => opened.resolve());
  socket.addEventListener('error', () => fail(lost('could not be reached, or broke the connection')));
  socket.addEventListener('close', ({ code, reason }) => {
    signal.removeEventListener('abort', hangUp);
    fail(lost(`closed the connection (${reason === '' ? `code ${code}` : reason})`));
    closed.resolve();
  });
  socket.addEventListener('message', ({ data }) => {
    try {
      const reply = OpenEnvReplySchema.parse(JSON.parse(String(data)));
      if (reply.type === 'observation') waiting?.resolve(reply.data);
      else if (reply.type !== 'error') return;
      else if (waiting) waiting.reject(errorOf(reply.data));
      else refused = errorOf(reply.data);
    } catch (error) {
      fail(lost(`answered with what is no message of OpenEnv's: ${messageOf(error)}`));
    }
  });
  await opened.promise;
  return {
    request(request) {
      if (refused) return Promise.reject(refused);
      waiting = Promise.withResolvers();
      socket.send(JSON.stringify(request));
      return waiting.promise;
    },
    async close() {
      if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify({ type: 'close' }));
      socket.close();
      await closed.promise;
    },
  };
}

function errorOf({ message, code, ...details }: { message: string; code: string }): OpenEnvError {
  const known = OPENENV_CODES.find((each): each is OpenEnvCode => each === code) ?? 'EXECUTION_ERROR';
  return new OpenEnvError(known, message, { details });
}
