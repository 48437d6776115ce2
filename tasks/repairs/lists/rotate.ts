/** The list with its first `steps` members at the end; backwards where `steps` is negative. */
export function rotate(list: readonly number[], steps: number): number[] {
  if (list.length === 0) return [];
  const shift = ((steps % list.length) + list.length) % list.length;
  return [...list.slice(shift), ...list.slice(0, shift)];
}

/** By how many steps the list has to be rotated until its smallest member comes first; -1 for an empty list. */
export function stepsToSmallest(list: readonly number[]): number {
  let best = -1;
  for (const [at, member] of list.entries()) {
    if (best === -1 || member < (list[best] ?? 0)) best = at;
  }
  return best;
}
