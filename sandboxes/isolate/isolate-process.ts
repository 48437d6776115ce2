import { LamarckError, startNodeChild, type Child } from 'lamarck';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { z } from 'zod';
import { PREDICTABLE_V8 } from './predictable-v8.ts';
import { EXTENSION, FOLDER, IS_DEVELOPMENT, type IsolateProgram } from './bundles.ts';

/** Time beyond a request's own limit before the process is held to be stuck, in ms. Generous: a busy machine is no fault. */
const GRACE_MILLISECONDS = 3_000;
/** Memory of the whole process in MiB: guests' own limits together are less. */
export const MOST_MEMORY = 2048;
/** For the first request, which waits for the process to start. */
export const START_MILLISECONDS = 60_000;

/** What no code in a process can send itself: it came from the system, from a person, or from a parent that ends. */
const SIGNALS_FROM_OUTSIDE: ReadonlySet<NodeJS.Signals> = new Set([
  'SIGKILL',
  'SIGTERM',
  'SIGINT',
  'SIGHUP',
  'SIGQUIT',
]);

interface Pending {
  readonly id: number;
  readonly milliseconds: number;
  readonly resolve: (message: unknown) => void;
  readonly reject: (error: LamarckError) => void;
}

/**
 * A child process that owns isolates and nothing else: nothing of this one's environment, no files but the code it
 * runs, no right to spawn. It may die of what runs in it; then what was asked of it fails with `LAMARCK_ISOLATES_DIED`.
 */
export class IsolateProcess {
  readonly #child: Child;
  readonly #onDeath: (reason: string) => void;
  /** Asked and not answered, the oldest first: the order in which they are served. */
  readonly #pending: Pending[] = [];
  #timer: NodeJS.Timeout | undefined;
  #nextId = 0;
  #stderr = '';
  #death: string | undefined;
  #wasKilled = false;

  /**
   * @param program names it
   * @param code of it
   * @param onDeath told once, with the reason, unless {@link close} ended it
   */
  constructor(program: IsolateProgram, code: string, onDeath: (reason: string) => void) {
    this.#onDeath = onDeath;
    this.#child = startNodeChild(join(FOLDER, `isolate-entry${EXTENSION}`), [program], {
      // A constant time zone, and whose family it is: dates must not depend on the machine.
      env: { TZ: 'UTC' },
      execArgv: [
        ...PERMISSIONS,
        ...PREDICTABLE_V8,
        '--no-node-snapshot',
        '--no-warnings',
        ...(IS_DEVELOPMENT ? ['--conditions=lamarck-source'] : []),
      ],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      serialization: 'json',
      limits: { megabytes: MOST_MEMORY },
      onExceeded: (how) => this.#die(how),
    });
    const { process: child } = this.#child;
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#stderr = (this.#stderr + text).slice(0, 2_000);
    });
    child.on('error', (error) => this.#die(`could not be started: ${error.message}`));
    child.on('message', (message) => this.#receive(message));
    // Not `exit`: by `close` its last words have been read too.
    child.on('close', (code, signal) => {
      if (!this.isDead) this.#wasKilled = signal !== null && SIGNALS_FROM_OUTSIDE.has(signal);
      this.#die(`ended with ${signal ?? `code ${code}`}`);
    });
    child.send({ code }, () => undefined);
  }

  get isDead(): boolean {
    return this.#death !== undefined;
  }

  /**
   * Asks one thing. It is on its way when this returns, and is served after what was asked before. A reply that `schema`
   * refuses ends the process: it is no longer ours.
   *
   * @param milliseconds that the work may take inside, once its turn has come; past them and a grace the process is killed.
   * @throws LamarckError `LAMARCK_ISOLATES_DIED`; `LAMARCK_ISOLATES_KILLED` where a signal from outside ended it.
   */
  async request<Reply>(
    body: Readonly<Record<string, unknown>>,
    schema: z.ZodType<Reply>,
    milliseconds: number,
  ): Promise<Reply> {
    if (this.isDead) throw this.#deathError();
    const id = this.#nextId++;
    const message = await new Promise<unknown>((resolve, reject) => {
      this.#pending.push({ id, milliseconds, resolve, reject });
      if (this.#pending.length === 1) this.#watchOldest();
      // Where it cannot be reached it has ended, or does so as it hears no more from here; how it ended comes with `close`.
      this.#child.process.send({ ...body, id }, () => undefined);
    });
    const reply = schema.safeParse(message);
    if (reply.success) return reply.data;
    this.#die('sent a malformed message');
    throw this.#deathError();
  }

  /** Ends it from outside; counts as a death. */
  kill(reason: string): void {
    this.#die(reason);
  }

  /** Ends it in good order. */
  close(): void {
    if (this.isDead) return;
    this.#death = 'was closed';
    this.#child.kill();
    this.#refusePending();
  }

  #watchOldest(): void {
    clearTimeout(this.#timer);
    const [oldest] = this.#pending;
    if (!oldest) return;
    const patience = oldest.milliseconds + GRACE_MILLISECONDS;
    this.#timer = setTimeout(() => this.#die(`did not answer within ${patience} ms`), patience);
  }

  #receive(message: unknown): void {
    const [oldest] = this.#pending;
    const isExpected =
      message !== null && typeof message === 'object' && (message as { id?: unknown }).id === oldest?.id;
    if (!oldest || !isExpected) return this.#die('sent a message that nobody asked for');
    this.#pending.shift();
    this.#watchOldest();
    oldest.resolve(message);
  }

  #die(reason: string): void {
    if (this.isDead) return;
    this.#death = reason;
    this.#child.kill();
    this.#onDeath(this.#describeDeath());
    this.#refusePending();
  }

  #refusePending(): void {
    clearTimeout(this.#timer);
    for (const { reject } of this.#pending.splice(0)) reject(this.#deathError());
  }

  #describeDeath(): string {
    const [cause] = /(FATAL ERROR|Fatal error|Error)[^\n]*/.exec(this.#stderr) ?? [];
    return `A process of isolates ${this.#death ?? 'died'}${cause ? ` (${cause})` : ''}`;
  }

  #deathError(): LamarckError {
    return new LamarckError({
      code: this.#wasKilled ? 'LAMARCK_ISOLATES_KILLED' : 'LAMARCK_ISOLATES_DIED',
      boundary: 'sandbox',
      message: `${this.#describeDeath()}.`,
      remedy:
        'It is replaced, and what it was doing can be tried again; what ends a process of its own again and again is to blame itself.',
    });
  }
}

/**
 * Node's permission model: no files but code, no processes, no workers. A seat belt, not the wall: it leaves the network
 * open. The wall is that guests are in isolates, and that this process holds nothing worth having.
 */
const PERMISSIONS: readonly string[] = (() => {
  const require = createRequire(import.meta.url);
  const readable = new Set([packageRoot(FOLDER)]);
  const addon = require.resolve('isolated-vm');
  readable.add(addon.slice(0, addon.lastIndexOf('node_modules') + 'node_modules'.length));
  // isolated-vm looks for Alpine's release file to choose its binary.
  readable.add('/etc/alpine-release');
  return ['--permission', '--allow-addons', ...[...readable].map((path) => `--allow-fs-read=${path}`)];
})();

function packageRoot(folder: string): string {
  return existsSync(join(folder, 'package.json')) ? folder : packageRoot(dirname(folder));
}
