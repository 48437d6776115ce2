import { pristine } from './pristine.ts';

/** More timers waiting at once are refused with a RangeError. */
const MOST_TIMERS = 1_000;

interface Timer {
  readonly id: number;
  due: number;
  /** Milliseconds between runs; undefined for a timeout. */
  readonly every: number | undefined;
  readonly run: () => unknown;
  next: Timer | undefined;
}

/** Timers whose time passes only when {@link advance} is called: waiting costs nothing, and is the same every time. */
export interface VirtualClock {
  /** Milliseconds since the guest began. */
  now(): number;
  /** Jumps to the next timer and runs it; false where none waits. Passes on what the timer throws. */
  advance(): boolean;
  readonly setTimeout: (run: unknown, delay?: unknown, ...given: unknown[]) => number;
  readonly setInterval: (run: unknown, delay?: unknown, ...given: unknown[]) => number;
  readonly clear: (id: unknown) => void;
}

export function createVirtualClock(): VirtualClock {
  let now = 0;
  let nextId = 1;
  let waiting = 0;
  /** Linked in order of `due`; equal ones in order of creation. */
  let first: Timer | undefined;

  const insert = (timer: Timer): void => {
    waiting += 1;
    if (first === undefined || timer.due < first.due) {
      timer.next = first;
      first = timer;
      return;
    }
    let before = first;
    while (before.next !== undefined && before.next.due <= timer.due) before = before.next;
    timer.next = before.next;
    before.next = timer;
  };

  const start = (run: unknown, delay: unknown, repeats: boolean, given: readonly unknown[]): number => {
    if (typeof run !== 'function') throw new pristine.TypeError('A timer needs a function.');
    if (waiting >= MOST_TIMERS)
      throw new pristine.RangeError(`More than ${MOST_TIMERS} timers wait at once.`);
    const milliseconds = typeof delay === 'number' && delay > 0 ? delay : 0;
    const id = nextId++;
    insert({
      id,
      due: now + milliseconds,
      every: repeats ? (milliseconds > 1 ? milliseconds : 1) : undefined,
      run: () => void pristine.apply(run, undefined, given),
      next: undefined,
    });
    return id;
  };

  return {
    now: () => now,
    advance: () => {
      const timer = first;
      if (timer === undefined) return false;
      first = timer.next;
      waiting -= 1;
      now = timer.due;
      if (timer.every !== undefined) {
        timer.due = now + timer.every;
        insert(timer);
      }
      timer.run();
      return true;
    },
    setTimeout: (run, delay, ...given) => start(run, delay, false, given),
    setInterval: (run, delay, ...given) => start(run, delay, true, given),
    clear: (id) => {
      let before: Timer | undefined;
      for (let timer = first; timer !== undefined; before = timer, timer = timer.next) {
        if (timer.id !== id) continue;
        if (before === undefined) first = timer.next;
        else before.next = timer.next;
        waiting -= 1;
        return;
      }
    },
  };
}
