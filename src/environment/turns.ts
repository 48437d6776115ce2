import type { Environment } from './define-environment.ts';

/** When the last turn that was asked for in an environment ends. */
const lastTurns = new WeakMap<Environment, Promise<void>>();

/**
 * Waits for the turn to open a session: at once, or where the environment is exclusive, once those who asked before have
 * given theirs up. Turns are of this process, so whoever plays episodes takes them, not the world.
 *
 * @returns gives the turn up
 */
export async function takeTurn(environment: Environment, signal: AbortSignal): Promise<() => void> {
  if (!environment.exclusive) return () => undefined;
  const before = lastTurns.get(environment) ?? Promise.resolve();
  const turn = Promise.withResolvers<void>();
  const aborted = Promise.withResolvers<never>();
  const abort = (): void => aborted.reject(signal.reason as Error);
  lastTurns.set(
    environment,
    before.then(() => turn.promise),
  );
  signal.addEventListener('abort', abort, { once: true });
  try {
    signal.throwIfAborted();
    await Promise.race([before, aborted.promise]);
    return turn.resolve;
  } catch (error) {
    turn.resolve();
    throw error;
  } finally {
    signal.removeEventListener('abort', abort);
  }
}
