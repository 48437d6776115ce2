/** What is in both lists, as often as in the one that has it fewer times; in the order of the first. */
export function common(one: readonly number[], other: readonly number[]): number[] {
  const rest = [...other];
  return one.filter((member) => {
    const at = rest.indexOf(member);
    if (at === -1) return false;
    rest.splice(at, 1);
    return true;
  });
}

/** What is left of a list when each member of the other is taken away once. */
export function without(one: readonly number[], other: readonly number[]): number[] {
  const rest = [...one];
  for (const member of other) {
    const at = rest.indexOf(member);
    if (at !== -1) rest.splice(at, 1);
  }
  return rest;
}

/** Whether two lists have the same members, in whatever order. */
export function sameMembers(one: readonly number[], other: readonly number[]): boolean {
  return one.length === other.length && without(one, other).length === 0;
}
