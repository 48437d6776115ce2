/** Signals within so many ms are one press of the keys. */
const ONE_PRESS = 500;
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Ctrl-C, SIGTERM and SIGHUP ask to drain; a second Ctrl-C or SIGTERM ends at once. What is finished is in the record either way.
 *
 * @param onFirst told which it was: Ctrl-C is a person's, SIGTERM another program's, SIGHUP a terminal's that is gone
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
    // A terminal that goes hangs up more than once: itself, by the shell, and by whoever started us.
    if (by !== 'SIGHUP' && performance.now() - first > ONE_PRESS) process.exit(130);
    if (controller.signal.aborted) return;
    first = performance.now();
    controller.abort();
    onFirst(by);
  };
  for (const signal of SIGNALS) process.on(signal, interrupt);
  return {
    signal: controller.signal,
    release() {
      for (const signal of SIGNALS) process.off(signal, interrupt);
    },
  };
}
