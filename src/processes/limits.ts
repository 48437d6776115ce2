import { descendantsOf, usageOf } from './process-usage.ts';

/** What a child may take; without end where it is left out. */
export interface ChildLimits {
  /** Memory that it occupies, in MiB. */
  readonly megabytes?: number;
  /** Processor time, in seconds. */
  readonly cpuSeconds?: number;
  /** Wall time, in seconds. A busy machine may use it up: for what stands still, not for what works. */
  readonly seconds?: number;
}

/** Time in ms from one look to the next. */
const LOOK = 200;
/** The same for all processes of a family. */
const LOOK_AT_FAMILY = 1_000;

/**
 * Looks at a process until it is told to stop.
 *
 * @param exceed called once, with what was exceeded in a few words
 * @returns stops looking
 */
export function watchLimits(pid: number, limits: ChildLimits, exceed: (how: string) => void): () => void {
  const { megabytes = Infinity, cpuSeconds = Infinity, seconds } = limits;
  const over = (how: string): void => {
    stop();
    exceed(how);
  };
  const look = async (): Promise<void> => {
    const usage = await usageOf(pid);
    if (isStopped || !usage) return;
    if (usage.megabytes > megabytes) over(`occupied more than ${megabytes} MiB of memory`);
    else if (usage.cpuSeconds > cpuSeconds) over(`took more than ${cpuSeconds} s of processor time`);
  };
  let isStopped = false;
  const looking =
    megabytes < Infinity || cpuSeconds < Infinity ? setInterval(() => void look(), LOOK).unref() : undefined;
  const late =
    seconds === undefined
      ? undefined
      : setTimeout(() => over(`took more than ${seconds} s`), 1000 * seconds).unref();
  const stop = (): void => {
    isStopped = true;
    clearInterval(looking);
    clearTimeout(late);
  };
  return stop;
}

/**
 * Kills each descendant of a process that occupies too much memory, and leaves the others: of a browser, the one page.
 *
 * @returns stops looking
 */
export function limitDescendants(pid: number, megabytes: number): () => void {
  const look = async (): Promise<void> => {
    for (const each of descendantsOf(pid)) {
      if (((await usageOf(each))?.megabytes ?? 0) <= megabytes) continue;
      try {
        process.kill(each, 'SIGKILL');
      } catch {
        // It has ended by itself.
      }
    }
  };
  const looking = setInterval(() => void look(), LOOK_AT_FAMILY).unref();
  return () => clearInterval(looking);
}
