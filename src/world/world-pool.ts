import type { z } from 'zod';
import type { HoldClock } from '../environment/index.ts';
import type { World, WorldOptions, WorldSession } from '../episode/index.ts';
import { startNodeChild, type Child } from '../processes/index.ts';
import { createPermits } from '../host/index.ts';
import { guardedBy, LamarckError, type Boundary, type Json, type TaskReference } from '../protocol/index.ts';
import {
  ActReplySchema,
  DemonstrateReplySchema,
  ExploreReplySchema,
  ResponseSchema,
  TamperingReplySchema,
  OpenReplySchema,
  type Request,
} from './messages.ts';

/** How an environment process is started: the file, its arguments and the flags of its Node. */
export interface EnvironmentProgram {
  file: string;
  /** Of the process at a place in the pool, from 0. */
  argumentsAt(place: number): readonly string[];
  execArguments: readonly string[];
}

type RequestBody = Request extends infer Each ? (Each extends unknown ? Omit<Each, 'id'> : never) : never;

/** Memory in MiB: some times what sessions of many families occupy together. */
const MOST_MEMORY = 4096;
/** Time for an answer to a request to close, in ms: longer than the session itself gives its hook. */
const CLOSE_LIMIT = 30_000;

/** One child process: requests out, replies in, in any order. */
class EnvironmentProcess {
  readonly #child: Child;
  readonly #pending = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  #nextId = 0;
  #died: LamarckError | undefined;
  readonly #lost: (how: string) => void;
  /** Clocks of sessions that are being opened. */
  readonly clocks = new Map<number, HoldClock>();
  #isReady = false;
  readonly #starting = Promise.withResolvers<void>();
  /** Rejects where it dies before that. */
  readonly ready = this.#starting.promise;
  sessions = 0;

  constructor(program: EnvironmentProgram, place: number, onNotice: (text: string) => void) {
    this.ready.catch(() => undefined);
    this.#child = startNodeChild(program.file, program.argumentsAt(place), {
      execArgv: [...program.execArguments],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      limits: { megabytes: MOST_MEMORY },
      onExceeded: (how) => this.#lost(`${how} and was ended`),
    });
    const { process: child } = this.#child;
    let complaints = '';
    child.stderr?.on('data', (chunk: Buffer) => (complaints = (complaints + chunk.toString()).slice(-2000)));
    child.on('message', (message) => this.#receive(message, onNotice));
    this.#lost = (how) => {
      this.#died ??= new LamarckError({
        code: 'LAMARCK_ENVIRONMENT_DIED',
        boundary: 'sandbox',
        message: `An environment process ${how}${complaints ? `: ${complaints.trim()}` : '.'}`,
        remedy: {
          text: 'Its episodes are tried again in a new one; if it keeps dying, ask what is missing.',
          command: 'doctor',
        },
      });
      this.#starting.reject(this.#died);
      for (const { reject } of this.#pending.values()) reject(this.#died);
      this.#pending.clear();
    };
    child.on('error', (error) => this.#lost(`could not be started (${error.message})`));
    child.on('exit', (code, signal) => this.#lost(`ended (${signal ?? `exit code ${code}`})`));
  }

  get isAlive(): boolean {
    return this.#died === undefined;
  }

  request(body: RequestBody): Promise<unknown> {
    if (this.#died) return Promise.reject(this.#died);
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { resolve, reject });
      this.#child.process.send({ ...body, id });
    });
  }

  /** Closes a session; a process that is too busy even for that has a hook in it that loops for ever, and is given up. */
  async close(session: number): Promise<void> {
    const impatient = setTimeout(() => {
      if (!this.#isReady) return;
      this.#lost(`did not answer within ${CLOSE_LIMIT / 1000} s and was ended`);
      this.#child.kill();
    }, CLOSE_LIMIT);
    try {
      await this.request({ method: 'close', session });
    } finally {
      clearTimeout(impatient);
    }
  }

  async stop(): Promise<void> {
    if (this.#died) return;
    const { process: child } = this.#child;
    const exited = new Promise((resolve) => child.once('exit', resolve));
    child.disconnect();
    const impatient = setTimeout(this.#child.kill, 3000);
    await exited;
    clearTimeout(impatient);
  }

  #receive(message: unknown, onNotice: (text: string) => void): void {
    const parsed = ResponseSchema.safeParse(message);
    if (!parsed.success) {
      this.#child.kill();
      return;
    }
    const response = parsed.data;
    this.#isReady = true;
    this.#starting.resolve();
    if (response.type === 'notice') onNotice(response.text);
    if (response.type === 'hold') this.clocks.get(response.session)?.(response.isHeld);
    if (response.type !== 'reply') return;
    const pending = this.#pending.get(response.id);
    this.#pending.delete(response.id);
    if (response.ok) pending?.resolve(response.value);
    else {
      const { code, boundary, message: text, remedy } = response.error;
      pending?.reject(
        new LamarckError({
          code: code as `LAMARCK_${string}`,
          boundary: boundary as Boundary,
          message: text,
          remedy,
        }),
      );
    }
  }
}

export interface WorldPool extends World, AsyncDisposable {
  /** Processes started so far: those that were asked for, those in the place of dead ones, and that of sessions that are alone. */
  readonly started: number;
}

/**
 * Environment processes behind the {@link World} interface. Sessions go to the process that holds fewest; a dead process is
 * replaced when the next session is opened. One more process, started when it is first needed, holds sessions that are to be alone: one
 * at a time.
 */
export function createWorldPool(options: {
  program: EnvironmentProgram;
  processes: number;
  onNotice?: (text: string) => void;
}): WorldPool {
  const pool: (EnvironmentProcess | undefined)[] = Array.from({ length: options.processes }, () => undefined);
  let nextSession = 0;
  let started = 0;
  let isClosed = false;
  /** Of the session that is alone. */
  const permits = createPermits(1);
  /** The process of those sessions. */
  let alone: EnvironmentProcess | undefined;

  function choose(): EnvironmentProcess {
    let best = 0;
    for (let place = 0; place < pool.length; place++) {
      if (
        (pool[place]?.isAlive ? pool[place]!.sessions : 0) < (pool[best]?.isAlive ? pool[best]!.sessions : 0)
      )
        best = place;
    }
    let process = pool[best];
    if (!process?.isAlive) {
      process = start(best);
      pool[best] = process;
    }
    return process;
  }

  function start(place: number): EnvironmentProcess {
    started++;
    return new EnvironmentProcess(options.program, place, options.onNotice ?? (() => {}));
  }

  /** Waits until no other session is alone, and for the process to start: that time is not the session's. */
  async function openAlone(
    task: TaskReference,
    signal: AbortSignal,
    hold?: HoldClock,
  ): Promise<WorldSession> {
    hold?.(true);
    const giveBack = await permits.take(signal);
    try {
      // The place behind those of the pool, whose pages have other numbers.
      if (!alone?.isAlive) alone = start(pool.length);
      await guardedBy(signal)(alone.ready);
      hold?.(false);
      const session = await openIn(alone, task, signal, hold);
      return { ...session, close: () => session.close().finally(giveBack) };
    } catch (error) {
      giveBack();
      throw error;
    }
  }

  async function openIn(
    process: EnvironmentProcess,
    task: TaskReference,
    signal: AbortSignal,
    hold: HoldClock | undefined,
  ): Promise<WorldSession> {
    const session = nextSession++;
    process.sessions++;
    if (hold) process.clocks.set(session, hold);
    const close = (): Promise<void> => process.close(session);
    const aborted = Promise.withResolvers<never>();
    // Aborting is listened to only while the session opens.
    aborted.promise.catch(() => {});
    const abandon = (): void => {
      aborted.reject(signal.reason as Error);
      void close().catch(() => {});
    };
    signal.addEventListener('abort', abandon, { once: true });
    try {
      const { family, seed, difficulty } = task;
      const begun = check(
        OpenReplySchema,
        await Promise.race([
          process.request({ method: 'open', session, task: { family, seed, difficulty } }),
          aborted.promise,
        ]),
      );
      return {
        ...(begun as Pick<WorldSession, 'first' | 'instruction'>),
        act: async (action: Json) =>
          check(ActReplySchema, await process.request({ method: 'act', session, action })) as Awaited<
            ReturnType<WorldSession['act']>
          >,
        evidence: async () => (await process.request({ method: 'evidence', session })) as Json,
        tampering: async () =>
          check(TamperingReplySchema, await process.request({ method: 'tampering', session })),
        demonstrate: async () =>
          check(DemonstrateReplySchema, await process.request({ method: 'demonstrate', session })),
        explore: async (search) => {
          const playouts = await process.request({ method: 'explore', session, ...search });
          return check(ExploreReplySchema, playouts) ?? undefined;
        },
        close: async () => {
          signal.removeEventListener('abort', abandon);
          process.sessions--;
          await close();
        },
      };
    } catch (error) {
      signal.removeEventListener('abort', abandon);
      process.sessions--;
      // Where it was opened and could not be looked at.
      abandon();
      throw error;
    } finally {
      process.clocks.delete(session);
    }
  }

  return {
    get started() {
      return started;
    },
    async open(task, signal, { hold, isAlone = false }: WorldOptions = {}): Promise<WorldSession> {
      signal.throwIfAborted();
      if (isClosed) throw new Error('The world is closed: no session is opened in it any more.');
      return isAlone ? openAlone(task, signal, hold) : openIn(choose(), task, signal, hold);
    },
    async [Symbol.asyncDispose]() {
      isClosed = true;
      await Promise.all([...pool, alone].flatMap((process) => process?.stop() ?? []));
    },
  };
}

function check<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new LamarckError({
    code: 'LAMARCK_WORLD_MALFORMED',
    boundary: 'environment',
    message: `A session answered with what is no view of a world: ${parsed.error.message}`,
    remedy: 'Observations and affordances must be plain JSON.',
  });
}
