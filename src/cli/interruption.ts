/** Signals within so many ms are one press of the keys. */
const ONE_PRESS = 500;

/**
 * Ctrl-C and SIGTERM ask to drain; a second Ctrl-C ends at once. What is finished is in the record either way.
 *
 * @param onFirst told which it was: Ctrl-C is a person's, SIGTERM another program's
 * @returns the signal that is aborted at the first, and a way to stop listening
 */
export function drainOnInterrupt(onFirst: (by: NodeJS.Signals) => void): {
  signal: AbortSignal;
  release(): void;
} {
  const controller = new AbortController();
  let first = Infinity;
  const interrupt = (by: NodeJS.Signals): void => {
    // One Ctrl-C can arrive twice: from the terminal, and passed on by whoever started us.
    if (performance.now() - first > ONE_PRESS) process.exit(130);
    if (controller.signal.aborted) return;
    first = performance.now();
    controller.abort();
    onFirst(by);
  };
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', interrupt);
  return {
    signal: controller.signal,
    release() {
      process.off('SIGINT', interrupt);
      process.off('SIGTERM', interrupt);
    },
  };
}
