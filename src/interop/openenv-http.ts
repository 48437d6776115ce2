import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { z } from 'zod';
import { OpenEnvError, type OpenEnvCode } from '../environment/index.ts';
import { makeTask, type TaskFamily } from '../task/index.ts';
import { openEnvSchemas } from './json-schemas.ts';
import { createMcpEndpoint } from './mcp-http.ts';
import { parseMessage } from './message-json.ts';
import { wireError } from './openenv-socket.ts';
import type { SessionPool } from './session-pool.ts';
import { asOpenEnvError, type TaskSession } from './task-session.ts';

/** Bytes of a message, over HTTP and the WebSocket. */
export const MOST_BYTES = 4 * 1024 * 1024;

/** The longest that a timer waits, in ms; it would fire at once for any longer. */
const LONGEST = 2 ** 31 - 1;

const STATUS: Record<OpenEnvCode, 400 | 404 | 422 | 500 | 503> = {
  INVALID_JSON: 400,
  UNKNOWN_TYPE: 404,
  VALIDATION_ERROR: 422,
  EXECUTION_ERROR: 500,
  FACTORY_ERROR: 500,
  SESSION_ERROR: 503,
  CAPACITY_REACHED: 503,
};

/** A step over HTTP; what it holds beside these says which task is begun, as in a reset. */
const StepSchema = z.looseObject({
  action: z.record(z.string(), z.unknown()),
  timeout_s: z.number().positive().nullish(),
  request_id: z.string().max(255).nullish(),
});

/**
 * OpenEnv over HTTP. Nothing is kept between requests: a reset and a step each have an environment of their own, which is
 * closed before they are answered. Only the WebSocket keeps a task.
 *
 * @param isAllowedHost whether a `Host` header names this server
 */
export function createHttpApp(pool: SessionPool, isAllowedHost: (host: string | undefined) => boolean): Hono {
  const { environment, families } = pool.offer;
  const app = new Hono();
  app.use(async (context, next) => {
    const host = context.req.header('host');
    if (!isAllowedHost(host)) return context.json({ message: unknownHost(host), code: 'SESSION_ERROR' }, 403);
    if (isFromPage(context.req.header('origin')))
      return context.json({ message: 'Pages in a browser are not answered.', code: 'SESSION_ERROR' }, 403);
    return next();
  });
  app.use(
    bodyLimit({
      maxSize: MOST_BYTES,
      onError: (context) =>
        context.json({ message: `A body has at most ${MOST_BYTES} bytes.`, code: 'VALIDATION_ERROR' }, 413),
    }),
  );
  app.onError((error, context) => {
    const fault = asOpenEnvError(error, 'EXECUTION_ERROR');
    return context.json(wireError(fault), STATUS[fault.openEnvCode]);
  });
  app.notFound((context) =>
    context.json({ message: `There is no ${context.req.path} here.`, code: 'UNKNOWN_TYPE' }, 404),
  );

  app.get('/health', (context) => context.json({ status: 'healthy' }));
  app.get('/metadata', (context) =>
    context.json({
      name: environment.name,
      description: environment.description || `Actions: ${Object.keys(environment.actions).join(', ')}.`,
      readme_content: families.map((family) => `- ${family.name}: ${aboutOf(family)}`).join('\n'),
      version: null,
      author: null,
      documentation_url: null,
    }),
  );
  app.get('/schema', (context) => context.json(openEnvSchemas(environment)));
  app.get('/state', (context) => context.json({ episode_id: null, step_count: 0 }));
  app.post('/reset', async (context) => {
    const options = await bodyOf(context.req);
    return context.json(await once(pool, (session) => session.reset(options)));
  });
  app.post('/step', async (context) => {
    const parsed = StepSchema.safeParse(await bodyOf(context.req));
    if (!parsed.success) throw new OpenEnvError('VALIDATION_ERROR', z.prettifyError(parsed.error));
    const { action, timeout_s: seconds, request_id: _request, ...options } = parsed.data;
    return context.json(
      await once(pool, async (session) => {
        await session.reset(options);
        return within(seconds, session.step(action));
      }),
    );
  });
  const mcp = createMcpEndpoint(pool);
  app.all('/mcp', (context) => mcp(context.req.raw));
  return app;
}

/** What a family is about; where its author does not say, one of its tasks does. */
function aboutOf(family: TaskFamily): string {
  return family.description || `for instance, ${makeTask(family, 0, 1).instruction}`;
}

/** Only pages send an origin. None may play here: one that somebody happens to visit could reach a server on that machine. */
export function isFromPage(origin: string | undefined): boolean {
  return origin !== undefined;
}

function unknownHost(host = ''): string {
  return `This server does not answer to the name ${JSON.stringify(host.slice(0, 100))}: use its address, or start it with --allow-host and that name.`;
}

async function once<T>(pool: SessionPool, work: (session: TaskSession) => Promise<T>): Promise<T> {
  const session = pool.open(() => {});
  try {
    return await work(session);
  } finally {
    await session.close();
  }
}

/** A request's JSON; without a body, no options. */
async function bodyOf(request: { text(): Promise<string> }): Promise<unknown> {
  const text = await request.text();
  return text === '' ? {} : parseMessage(text);
}

async function within<T>(seconds: number | null | undefined, work: Promise<T>): Promise<T> {
  if (seconds == null) return work;
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => late.reject(new OpenEnvError('EXECUTION_ERROR', `The step took longer than ${seconds} s.`)),
    Math.min(1000 * seconds, LONGEST),
  );
  try {
    return await Promise.race([work, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
