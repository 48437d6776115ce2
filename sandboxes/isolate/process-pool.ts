import { createPermits, type Permits } from 'lamarck';
import { IsolateProcess, MOST_MEMORY, START_MILLISECONDS } from './isolate-process.ts';
import { buildIsolateProgram, type IsolateProgram } from './bundles.ts';
import { isProcessEnd } from './process-deaths.ts';
import type { z } from 'zod';

/** Starts that end before anything was asked, before that is an error. */
const MOST_STARTS = 4;
/** Of the memory of a process, for all guests in it: it needs some itself. */
const MOST_GUESTS_MEGABYTES = 0.75 * MOST_MEMORY;

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
  readonly program: IsolateProgram;
  /** Places, as long as their memory is enough for those who share them. */
  readonly processes: number;
  /** What each context begins with; sent once to each process. */
  readonly prelude: () => Promise<string>;
  readonly replySchema: z.ZodType;
  readonly onNotice?: ((notice: string) => void) | undefined;
}

interface Place {
  process?: Promise<IsolateProcess>;
  users: number;
  /** Memory that the process may need for its users, in MiB. */
  megabytes: number;
}
const newPlace = (): Place => ({ users: 0, megabytes: 0 });

/** A number of places for processes, which stay warm from one user to the next. */
export class ProcessPool {
  readonly statistics = { started: 0, died: 0 };
  readonly #options: ProcessPoolOptions;
  readonly #separate = new Set<IsolateProcess>();
  readonly #permits: Permits;
  readonly #places: Place[];
  readonly #closing = new AbortController();

  constructor(options: ProcessPoolOptions) {
    this.#options = options;
    this.#permits = createPermits(options.processes);
    this.#places = Array.from({ length: options.processes }, newPlace);
  }

  /**
   * A place to oneself, once one is free: first come, first served.
   *
   * @throws the signal's reason where it is aborted meanwhile; that the pool is closed.
   */
  async lease(signal?: AbortSignal): Promise<ProcessSlot> {
    const giveBack = await this.#permits.take(
      signal ? AbortSignal.any([signal, this.#closing.signal]) : this.#closing.signal,
    );
    return this.#take(0, giveBack);
  }

  /**
   * The place that fewest have, at once. What several of them ask of its process is done in the order in which they ask.
   *
   * @param megabytes that the process may need for it: where none has as much left, there is one place more
   */
  share(megabytes: number): ProcessSlot {
    this.#closing.signal.throwIfAborted();
    return this.#take(megabytes, () => undefined);
  }

  #take(megabytes: number, onRelease: () => void): ProcessSlot {
    const place = this.#roomyPlace(megabytes);
    place.users += 1;
    place.megabytes += megabytes;
    let isHeld = true;
    return {
      process: () => this.#processOf(place),
      separateProcess: () => this.#startSeparate(),
      release: () => {
        if (!isHeld) return;
        isHeld = false;
        place.users -= 1;
        place.megabytes -= megabytes;
        onRelease();
      },
    };
  }

  #roomyPlace(megabytes: number): Place {
    const roomy = this.#places.filter(
      (place) => place.users === 0 || place.megabytes + megabytes <= MOST_GUESTS_MEGABYTES,
    );
    const [fewest] = roomy.sort((one, other) => one.users - other.users);
    if (fewest) return fewest;
    const added = newPlace();
    this.#places.push(added);
    return added;
  }

  #processOf(place: Place): Promise<IsolateProcess> {
    // Kept at once: whoever asks meanwhile waits for the same process.
    const process = this.#livingOrNew(place.process);
    place.process = process;
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
    const { program, prelude } = this.#options;
    const [code, shared] = await Promise.all([buildIsolateProgram(program), prelude()]);
    this.#closing.signal.throwIfAborted();
    this.statistics.started += 1;
    const process = new IsolateProcess(program, code, (reason) => {
      this.statistics.died += 1;
      this.#options.onNotice?.(`${reason}; it is replaced.`);
    });
    await process.request({ type: 'prelude', code: shared }, this.#options.replySchema, START_MILLISECONDS);
    return process;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing.abort(new Error('The pool of isolate processes is closed.'));
    const processes = await Promise.allSettled(this.#places.flatMap(({ process }) => process ?? []));
    for (const process of processes) if (process.status === 'fulfilled') process.value.close();
    for (const process of this.#separate) process.close();
  }
}
