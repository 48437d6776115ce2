/**
 * Makes work fail as soon as the signal is aborted. One piece of work at a time; one listener for all of them, because
 * a signal looks through its listeners whenever it is given another.
 */
export function guardedBy(signal: AbortSignal): <T>(work: Promise<T>) => Promise<T> {
  let giveUp: ((reason: unknown) => void) | undefined;
  signal.addEventListener('abort', () => giveUp?.(signal.reason), { once: true });
  return (work) =>
    new Promise((resolve, reject) => {
      giveUp = reject;
      if (signal.aborted) reject(signal.reason as Error);
      work.then(resolve, reject);
    });
}
