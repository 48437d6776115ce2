/**
 * A bound on how many things go on at once. Whoever asks for one more waits until a permit is given back: first come,
 * first served.
 */
export interface Permits {
  readonly count: number;
  /**
   * @returns gives the permit back; safe to call twice
   * @throws the signal's reason, where it is aborted before there is a permit
   */
  take(signal?: AbortSignal): Promise<() => void>;
}

/**
 * A bound on how many things go on at once.
 *
 * @example createPermits(2).count // 2
 */
export function createPermits(count: number): Permits {
  /** Wakes those who wait for a permit, the one who asked first in front. */
  const waiting = new Set<() => void>();
  let free = count;

  const giveBack = (): void => {
    const [next] = waiting;
    if (next) next();
    else free += 1;
  };
  const permit = (): (() => void) => {
    let isHeld = true;
    return () => {
      if (isHeld) giveBack();
      isHeld = false;
    };
  };

  return {
    count,
    async take(signal) {
      signal?.throwIfAborted();
      if (free > 0) free -= 1;
      else await inTurn(waiting, signal);
      return permit();
    },
  };
}

/** Resolves when it is called from among `waiting`, which it has left by then. */
function inTurn(waiting: Set<() => void>, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const leave = (): void => {
      waiting.delete(next);
      signal?.removeEventListener('abort', abort);
    };
    const next = (): void => {
      leave();
      resolve();
    };
    const abort = (): void => {
      leave();
      reject(signal?.reason as Error);
    };
    signal?.addEventListener('abort', abort);
    waiting.add(next);
  });
}

/**
 * What `work` makes of each item, in the order of the items, with a permit for each. Callers that share permits have them
 * in turn, however many items each has. Once one item has failed no further one asks for a permit.
 *
 * @throws the first failure in the order of the items, when none is under way any more
 */
export async function mapWithPermits<Item, Result>(
  items: readonly Item[],
  permits: Permits,
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Promise<Result>[] = [];
  let hasFailed = false;
  const workThrough = async (): Promise<void> => {
    while (results.length < items.length && !hasFailed) {
      const item = items[results.length] as Item;
      const result = withPermit(permits, () => work(item));
      results.push(result);
      await result.catch(() => (hasFailed = true));
    }
  };
  // As many at once as there are permits, so that no caller queues all of its items before those of another.
  await Promise.all(Array.from({ length: permits.count }, workThrough));
  return Promise.all(results);
}

async function withPermit<Result>(permits: Permits, work: () => Promise<Result>): Promise<Result> {
  const giveBack = await permits.take();
  try {
    return await work();
  } finally {
    giveBack();
  }
}
