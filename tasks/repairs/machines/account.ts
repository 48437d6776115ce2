interface Event {
  readonly kind: 'deposit' | 'withdraw' | 'freeze' | 'thaw';
  readonly amount: number;
}

/**
 * The balance of an account after some events. Nothing is withdrawn beyond the limit below 0, and nothing at all while the
 * account is frozen; deposits are always taken.
 */
export function balance(events: readonly Event[], limit: number): number {
  let total = 0;
  let isFrozen = false;
  for (const { kind, amount } of events) {
    if (kind === 'freeze') isFrozen = true;
    else if (kind === 'thaw') isFrozen = false;
    else if (kind === 'deposit') total += amount;
    else if (!isFrozen && total - amount >= -limit) total -= amount;
  }
  return total;
}

/** How many withdrawals were refused. */
export function refused(events: readonly Event[], limit: number): number {
  let count = 0;
  for (const [at, { kind }] of events.entries()) {
    if (kind !== 'withdraw') continue;
    const before = balance(events.slice(0, at), limit);
    if (balance(events.slice(0, at + 1), limit) === before) count++;
  }
  return count;
}
