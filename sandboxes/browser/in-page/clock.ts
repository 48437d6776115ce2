import type { InPage, Timer } from './in-page.ts';

/**
 * Replaces the page's time by a clock that stands still until it is advanced. Timers, frames and idle callbacks run in
 * the order of their due time, ties in the order of their registration, each in a turn of its own.
 */
export function installClock(page: InPage): void {
  /** 2026-01-15T10:00:00Z: the middle of a morning and of a month, so that small sums of time cross no border. */
  const start = 1_768_471_200_000;
  const frameMilliseconds = 16;
  const NativeDate = Date;
  const { reportError } = window;
  // The clocks of workers cannot be paused, so pages have no workers.
  Reflect.deleteProperty(window, 'Worker');

  const time = page.parent?.time ?? {
    timers: new Map<number, Timer>(),
    now: 0,
    elapsedBefore: 0,
    lastId: 0,
    registrations: 0,
  };
  page.time = time;
  const { timers } = time;

  const schedule = (delay: number, run: () => void, interval?: number): number => {
    const id = ++time.lastId;
    // Never 0: a timer that sets itself again must let the clock move on.
    timers.set(id, {
      id,
      due: time.now + Math.max(1, delay),
      order: ++time.registrations,
      owner: page,
      run,
      ...(interval !== undefined && { interval }),
    });
    return id;
  };
  const delayOf = (value: unknown): number => Math.max(0, Math.trunc(Number(value)) || 0);
  const callOf = (handler: TimerHandler, values: unknown[]): (() => void) =>
    // A text handler is code, as it always was for timers.
    typeof handler === 'function'
      ? () => void handler.apply(window, values)
      : () => void (0, eval)(String(handler));
  const cancel = (id: unknown): void => void timers.delete(Number(id));

  page.now = () => time.now;
  page.resetClock = (elapsed) => {
    timers.clear();
    Object.assign(time, { now: 0, elapsedBefore: elapsed, lastId: 0, registrations: 0 });
  };
  if (page.parent) {
    const { addEventListener, removeEventListener } = window;
    const onLeave = (): void => {
      for (const { id, owner } of timers.values()) if (owner === page) timers.delete(id);
    };
    page.listenToLeaving = () => {
      removeEventListener.call(window, 'pagehide', onLeave);
      addEventListener.call(window, 'pagehide', onLeave);
    };
    page.listenToLeaving();
  }

  page.advance = async (milliseconds, isStill = async () => false) => {
    const end = time.now + milliseconds;
    for (;;) {
      let next: Timer | undefined;
      for (const timer of timers.values()) {
        if (timer.due > end) continue;
        if (!next || timer.due < next.due || (timer.due === next.due && timer.order < next.order))
          next = timer;
      }
      if (!next || page.leaving) break;
      time.now = Math.max(time.now, next.due);
      if (next.interval === undefined) timers.delete(next.id);
      else Object.assign(next, { due: time.now + next.interval, order: ++time.registrations });
      try {
        next.run();
      } catch (error) {
        reportError(error);
      }
      await page.turn();
      if (await isStill()) return end - time.now;
    }
    time.now = end;
    return 0;
  };

  const replace = (target: object, members: Record<string, unknown>): void => {
    for (const [name, value] of Object.entries(members)) {
      Object.defineProperty(target, name, { value, writable: true, configurable: true, enumerable: true });
    }
  };
  const frameDelay = (): number => frameMilliseconds - (time.now % frameMilliseconds);
  replace(window, {
    setTimeout: (handler: TimerHandler, delay?: unknown, ...values: unknown[]) =>
      schedule(delayOf(delay), callOf(handler, values)),
    setInterval: (handler: TimerHandler, delay?: unknown, ...values: unknown[]) =>
      schedule(delayOf(delay), callOf(handler, values), Math.max(1, delayOf(delay))),
    clearTimeout: cancel,
    clearInterval: cancel,
    requestAnimationFrame: (callback: FrameRequestCallback) =>
      schedule(frameDelay(), () => callback(time.now)),
    cancelAnimationFrame: cancel,
    requestIdleCallback: (callback: IdleRequestCallback) =>
      schedule(1, () => callback({ didTimeout: false, timeRemaining: () => 50 })),
    cancelIdleCallback: cancel,
  });

  const dateNow = (): number => start + time.elapsedBefore + time.now;
  NativeDate.now = dateNow;
  const PausedDate = new Proxy(NativeDate, {
    construct: (target, values, newTarget) =>
      Reflect.construct(target, values.length > 0 ? values : [dateNow()], newTarget) as object,
    apply: () => new NativeDate(dateNow()).toString(),
  });
  NativeDate.prototype.constructor = PausedDate;
  replace(window, { Date: PausedDate });

  const getter = (target: object, name: string, get: (this: never) => unknown): void => {
    Object.defineProperty(target, name, { get, configurable: true, enumerable: true });
  };
  replace(Performance.prototype, {
    now: () => time.now,
    getEntries: () => [],
    getEntriesByType: () => [],
    getEntriesByName: () => [],
  });
  getter(Performance.prototype, 'timeOrigin', () => start + time.elapsedBefore);
  getter(Event.prototype, 'timeStamp', () => time.now);
  getter(Document.prototype, 'lastModified', () => '01/15/2026 10:00:00');

  const { format } = Object.getOwnPropertyDescriptors(Intl.DateTimeFormat.prototype);
  const { formatToParts } = Intl.DateTimeFormat.prototype;
  getter(Intl.DateTimeFormat.prototype, 'format', function (this: Intl.DateTimeFormat) {
    const native = format.get?.call(this) as (date: unknown) => string;
    return (date: unknown = dateNow()) => native(date);
  });
  replace(Intl.DateTimeFormat.prototype, {
    formatToParts(this: Intl.DateTimeFormat, date: Date | number = dateNow()) {
      return formatToParts.call(this, date);
    },
  });

  const { Temporal, scheduler } = window as unknown as {
    Temporal?: { Now: object; Instant: { fromEpochMilliseconds(ms: number): TemporalInstant } };
    scheduler?: object;
  };
  interface TemporalInstant {
    toZonedDateTimeISO(
      zone: string,
    ): Record<'toPlainDate' | 'toPlainTime' | 'toPlainDateTime', () => unknown>;
  }
  if (Temporal) {
    const instant = (): TemporalInstant => Temporal.Instant.fromEpochMilliseconds(dateNow());
    const zoned = (zone = 'UTC') => instant().toZonedDateTimeISO(zone);
    replace(Temporal.Now, {
      instant,
      zonedDateTimeISO: zoned,
      plainDateISO: (zone?: string) => zoned(zone).toPlainDate(),
      plainTimeISO: (zone?: string) => zoned(zone).toPlainTime(),
      plainDateTimeISO: (zone?: string) => zoned(zone).toPlainDateTime(),
    });
  }
  if (scheduler) {
    const later = (delay: number): Promise<void> => new Promise((resolve) => schedule(delay, resolve));
    replace(Object.getPrototypeOf(scheduler) as object, {
      postTask: async (task: () => unknown, options: { delay?: number } = {}) => {
        await later(delayOf(options.delay));
        return task();
      },
      yield: () => later(1),
    });
  }
}
