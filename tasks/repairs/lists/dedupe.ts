/** Every member once, where it comes first. */
export function unique(list: readonly number[]): number[] {
  return list.filter((member, at) => list.indexOf(member) === at);
}

/** The members that come at least twice, each once, from small to large. */
export function repeated(list: readonly number[]): number[] {
  const counts = new Map<number, number>();
  for (const member of list) counts.set(member, (counts.get(member) ?? 0) + 1);
  return [...counts]
    .filter(([, count]) => count > 1)
    .map(([member]) => member)
    .sort((one, other) => one - other);
}
