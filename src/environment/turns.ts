import { createPermits, type Permits } from '../host/index.ts';
import type { Environment } from './define-environment.ts';

/** Of exclusive environments: one permit each. */
const permits = new WeakMap<Environment, Permits>();

/**
 * Waits for the turn to open a session: at once, or where the environment is exclusive, once those who asked before have
 * given theirs up. Turns are of this process, so whoever plays episodes takes them, not the world.
 *
 * @returns gives the turn up
 */
export async function takeTurn(environment: Environment, signal: AbortSignal): Promise<() => void> {
  if (!environment.exclusive) return () => undefined;
  const one = permits.get(environment) ?? createPermits(1);
  permits.set(environment, one);
  return one.take(signal);
}
