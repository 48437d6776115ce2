import { IsolateProcess, START_MILLISECONDS } from './isolate-process.ts';
import { isProcessEnd } from './process-deaths.ts';
import type { z } from 'zod';

/** Starts that end before anything was asked, before that is an error. */
const MOST_STARTS = 4;

/** A place for one process: the process in it is started when first needed, and again after a death. */
export interface ProcessSlot {
  /** The living process of this place. */
  process(): Promise<IsolateProcess>;
  /** A process beside it that nothing ran in, and nothing else will: its user closes it. */
  separateProcess(): Promise<IsolateProcess>;
  /** Gives the place back. Safe to call twice. */
  release(): void;
}

export interface ProcessPoolOptions {
  readonly entry: 'mind-process' | 'program-process';
  readonly processes: number;
  /** What each context begins with; sent once to each process. */
  readonly prelude: () => Promise<string>;
  readonly replySchema: z.ZodType;
  readonly onNotice?: ((notice: string) => void) | undefined;
}

/** A fixed number of places, handed out first come, first served; processes stay warm between leases. */
export class ProcessPool {
  readonly statistics = { started: 0, died: 0 };
  readonly #options: ProcessPoolOptions;
  /** By place. */
  readonly #processes = new Map<number, Promise<IsolateProcess>>();
  readonly #separate = new Set<IsolateProcess>();
  readonly #free: number[];
  readonly #waiting = new Set<{
    readonly take: (place: number) => void;
    readonly refuse: (reason: unknown) => void;
  }>();
  #isClosed = false;

  constructor(options: ProcessPoolOptions) {
    this.#options = options;
    this.#free = Array.from({ length: options.processes }, (_, place) => options.processes - 1 - place);
  }

  /** Waits for a free place; rejects with the signal's reason, or if the pool is closed meanwhile. */
  async lease(signal?: AbortSignal): Promise<ProcessSlot> {
    signal?.throwIfAborted();
    if (this.#isClosed) throw new Error('The pool of isolate processes is closed.');
    const place = this.#free.pop() ?? (await this.#wait(signal));
    let isLeased = true;
    return {
      process: () => this.#processOf(place),
      separateProcess: () => this.#startSeparate(),
      release: () => {
        if (!isLeased) return;
        isLeased = false;
        const [next] = this.#waiting;
        if (next) next.take(place);
        else this.#free.push(place);
      },
    };
  }

  #wait(signal: AbortSignal | undefined): Promise<number> {
    return new Promise((resolve, reject) => {
      const settle = <T>(then: (value: T) => void) => {
        return (value: T): void => {
          this.#waiting.delete(waiter);
          signal?.removeEventListener('abort', abort);
          then(value);
        };
      };
      const waiter = { take: settle(resolve), refuse: settle(reject) };
      const abort = (): void => waiter.refuse(signal?.reason);
      signal?.addEventListener('abort', abort);
      this.#waiting.add(waiter);
    });
  }

  #processOf(place: number): Promise<IsolateProcess> {
    // Kept at once: whoever asks meanwhile waits for the same process.
    const process = this.#livingOrNew(this.#processes.get(place));
    this.#processes.set(place, process);
    return process;
  }

  async #livingOrNew(known: Promise<IsolateProcess> | undefined): Promise<IsolateProcess> {
    const process = await known?.catch(() => undefined);
    return process && !process.isDead ? process : this.#start();
  }

  async #startSeparate(): Promise<IsolateProcess> {
    const process = await this.#start();
    for (const earlier of this.#separate) if (earlier.isDead) this.#separate.delete(earlier);
    this.#separate.add(process);
    return process;
  }

  /** A process that ends before anything was asked of it says nothing of what it was started for: another is started. */
  async #start(): Promise<IsolateProcess> {
    for (let starts = 1; ; starts++) {
      try {
        return await this.#startOnce();
      } catch (error) {
        if (!isProcessEnd(error) || starts === MOST_STARTS) throw error;
      }
    }
  }

  async #startOnce(): Promise<IsolateProcess> {
    const code = await this.#options.prelude();
    if (this.#isClosed) throw new Error('The pool of isolate processes is closed.');
    this.statistics.started += 1;
    const process = new IsolateProcess(this.#options.entry, (reason) => {
      this.statistics.died += 1;
      this.#options.onNotice?.(`${reason}; it is replaced.`);
    });
    await process.request({ type: 'prelude', code }, this.#options.replySchema, START_MILLISECONDS);
    return process;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isClosed = true;
    for (const waiter of this.#waiting) waiter.refuse(new Error('The pool of isolate processes is closed.'));
    const processes = await Promise.allSettled(this.#processes.values());
    for (const process of processes) if (process.status === 'fulfilled') process.value.close();
    for (const process of this.#separate) process.close();
  }
}
