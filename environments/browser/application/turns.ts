/** Hands out turns, one at a time, in the order in which they were asked for. */
export function createTurns(): { take(signal: AbortSignal): Promise<() => void> } {
  let last: Promise<void> = Promise.resolve();
  return {
    async take(signal) {
      const before = last;
      const { promise, resolve } = Promise.withResolvers<void>();
      last = before.then(() => promise);
      const aborted = Promise.withResolvers<never>();
      const abort = (): void => aborted.reject(signal.reason as Error);
      signal.addEventListener('abort', abort, { once: true });
      try {
        signal.throwIfAborted();
        await Promise.race([before, aborted.promise]);
      } catch (error) {
        resolve();
        throw error;
      } finally {
        signal.removeEventListener('abort', abort);
      }
      return resolve;
    },
  };
}
