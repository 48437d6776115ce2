type Fields = Readonly<Record<string, number>>;

/** Names of the fields that one record has and the other has not, or has with another value; by the alphabet. */
export function changed(before: Fields, after: Fields): string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].filter((name) => before[name] !== after[name]).sort();
}

/** The fields of both; where both have one, the larger value. */
export function merged(one: Fields, other: Fields): Record<string, number> {
  const both: Record<string, number> = { ...one };
  for (const [name, value] of Object.entries(other)) {
    const own = both[name];
    both[name] = own === undefined ? value : Math.max(own, value);
  }
  return both;
}

/** The record without its fields below `least`. */
export function withoutSmall(fields: Fields, least: number): Record<string, number> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value >= least));
}
