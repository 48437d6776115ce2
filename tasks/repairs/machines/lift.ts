/** The floors that a lift passes on its way from one to another, both included. */
export function way(from: number, to: number): number[] {
  const step = from < to ? 1 : -1;
  const floors = [from];
  for (let floor = from; floor !== to; floor += step) floors.push(floor + step);
  return floors;
}

/** How many floors a lift goes in all that is called to one after the other, and begins at 0. */
export function travelled(calls: readonly number[]): number {
  let floor = 0;
  let total = 0;
  for (const call of calls) {
    total += Math.abs(call - floor);
    floor = call;
  }
  return total;
}

/** The calls in the order of a lift that goes up from a floor first: those at or above it rising, then those below falling. */
export function schedule(from: number, calls: readonly number[]): number[] {
  const sorted = [...calls].sort((one, other) => one - other);
  const above = sorted.filter((floor) => floor >= from);
  const below = sorted.filter((floor) => floor < from);
  return [...above, ...below.reverse()];
}
