import { AsyncLocalStorage } from 'node:async_hooks';
import type { ChildProcess } from 'node:child_process';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { EventEmitter } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import type { Browser, CDPSession, Page } from 'playwright';

/** What is asked of a page by the DevTools protocol, and heard of it. */
export type Session = Pick<CDPSession, 'send' | 'on' | 'once' | 'off' | 'detach'>;

/** As it comes through the pipe: an answer has an `id`, an event a `method`. */
interface Message {
  readonly id?: number;
  readonly sessionId?: string;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

const pipes = new WeakMap<Browser, BrowserPipe>();
const processes = new WeakMap<Browser, ChildProcess>();
const launching = new AsyncLocalStorage<ChildProcess[]>();

/** Remembers the pipe to a browser that Playwright launches, so that pages can be spoken to without its layers. */
export async function withPipe(launch: () => Promise<Browser>): Promise<Browser> {
  const started: ChildProcess[] = [];
  const onProcess = (message: unknown): void =>
    void launching.getStore()?.push((message as { process: ChildProcess }).process);
  subscribe('child_process', onProcess);
  try {
    const browser = await launching.run(started, launch);
    // Chromium reads from its fourth channel, and writes to its fifth.
    const child = started.find(({ stdio }) => stdio?.[4]);
    if (child) processes.set(browser, child);
    const pipe = await BrowserPipe.to(browser, child);
    if (pipe) pipes.set(browser, pipe);
    return browser;
  } finally {
    unsubscribe('child_process', onProcess);
  }
}

/** The process of a browser that was launched by {@link withPipe}. */
export function processOf(browser: Browser): ChildProcess | undefined {
  return processes.get(browser);
}

/**
 * A session with a page. Where the pipe to its browser is known, a message costs a third of what it costs through
 * Playwright, which takes a stack trace of each, checks it twice and writes it alone; elsewhere the session is Playwright's.
 */
export async function openSession(page: Page): Promise<Session> {
  const context = page.context();
  const browser = context.browser();
  const pipe = browser && pipes.get(browser);
  const session = await context.newCDPSession(page);
  if (!pipe) return session;
  const { targetInfo } = await session.send('Target.getTargetInfo');
  await session.detach();
  return pipe.attach(targetInfo.targetId);
}

/** Where Playwright hears and speaks too: it ignores what belongs to sessions that it does not know. */
class BrowserPipe {
  readonly #root: CDPSession;
  readonly #writing: Writable;
  readonly #sessions = new Map<string, PipeSession>();
  #unsent = '';
  /** Of a message that has not come to its end; undefined within one that began before anybody listened here. */
  #begun: Buffer[] | undefined;

  private constructor(root: CDPSession, writing: Writable, reading: Readable) {
    this.#root = root;
    this.#writing = writing;
    reading.on('data', (bytes: Buffer) => this.#hear(bytes));
    root.on('Target.detachedFromTarget', ({ sessionId }) => this.#end(sessionId));
  }

  static async to(browser: Browser, child: ChildProcess | undefined): Promise<BrowserPipe | undefined> {
    const [, , , writing, reading] = child?.stdio ?? [];
    if (!writing || !reading) return undefined;
    const root = await browser.newBrowserCDPSession();
    const pipe = new BrowserPipe(root, writing as Writable, reading as Readable);
    browser.on('disconnected', () => {
      for (const id of pipe.#sessions.keys()) pipe.#end(id);
    });
    return pipe;
  }

  async attach(targetId: string): Promise<Session> {
    const { sessionId } = await this.#root.send('Target.attachToTarget', { targetId, flatten: true });
    const session = new PipeSession(
      (message) => this.#send({ ...message, sessionId }),
      async () => void (await this.#root.send('Target.detachFromTarget', { sessionId })),
    );
    this.#sessions.set(sessionId, session);
    return session;
  }

  /** What is sent in one turn goes out as one: each write wakes the browser. */
  #send(message: Message): void {
    if (this.#unsent === '')
      queueMicrotask(() => {
        this.#writing.write(this.#unsent);
        this.#unsent = '';
      });
    this.#unsent += `${JSON.stringify(message)}\0`;
  }

  #hear(bytes: Buffer): void {
    let start = 0;
    for (let end = bytes.indexOf(0); end >= 0; end = bytes.indexOf(0, start)) {
      const begun = this.#begun;
      if (begun) {
        const text = Buffer.concat([...begun, bytes.subarray(start, end)]).toString();
        // As Playwright does: what follows from one message is done before the next is taken.
        setImmediate(() => this.#take(text));
      }
      this.#begun = [];
      start = end + 1;
    }
    this.#begun?.push(bytes.subarray(start));
  }

  #take(text: string): void {
    const message = JSON.parse(text) as Message;
    this.#sessions.get(message.sessionId ?? '')?.take(message);
  }

  #end(sessionId: string): void {
    this.#sessions.get(sessionId)?.end();
    this.#sessions.delete(sessionId);
  }
}

class PipeSession implements Session {
  readonly detach: () => Promise<void>;
  readonly #write: (message: Message) => void;
  readonly #events = new EventEmitter();
  readonly #asked = new Map<number, { resolve(result: unknown): void; reject(error: Error): void }>();
  #lastId = 0;
  #isOver = false;

  constructor(write: (message: Message) => void, detach: () => Promise<void>) {
    this.#write = write;
    this.detach = detach;
  }

  readonly on = this.#events.on.bind(this.#events) as unknown as CDPSession['on'];
  readonly once = this.#events.once.bind(this.#events) as unknown as CDPSession['once'];
  readonly off = this.#events.off.bind(this.#events) as unknown as CDPSession['off'];

  readonly send: CDPSession['send'] = (method, params) =>
    new Promise<never>((resolve, reject) => {
      if (this.#isOver) return reject(new Error(`Session closed (${method}).`));
      const id = ++this.#lastId;
      this.#asked.set(id, { resolve: resolve as (result: unknown) => void, reject });
      this.#write({ id, method, params });
    });

  take({ id, method, params, result, error }: Message): void {
    if (id === undefined) return void this.#events.emit(method ?? '', params);
    const asked = this.#asked.get(id);
    this.#asked.delete(id);
    if (error) asked?.reject(new Error(error.message));
    else asked?.resolve(result);
  }

  end(): void {
    this.#isOver = true;
    for (const { reject } of this.#asked.values()) reject(new Error('Session closed.'));
    this.#asked.clear();
  }
}
