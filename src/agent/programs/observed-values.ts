/** Values larger than these are dead ends in practice: characters or members, and the size of a number. */
const LONGEST = 200;
const LARGEST = 1e9;

/**
 * Whether JSON can hold a value as it is, and it is of a sensible size. Functions are judged by what they give.
 *
 * @example isSound([1, 'a', true]) // true
 */
export function isSound(value: unknown): boolean {
  if (typeof value === 'number') return value <= LARGEST && value >= -LARGEST;
  if (typeof value === 'string') return value.length <= LONGEST;
  if (typeof value === 'boolean' || typeof value === 'function') return true;
  if (!Array.isArray(value)) return typeof value === 'object' && value !== null;
  if (value.length > LONGEST) return false;
  for (const member of value) if (!isSound(member)) return false;
  return true;
}

/**
 * A text that is equal for equal behaviour on the examples (observational equivalence). `undefined` for a lambda that
 * has a value nowhere.
 *
 * @param probes arguments on which lambdas are compared, by their type.
 */
export function behaviourOf(
  type: string,
  values: readonly unknown[],
  probes: Readonly<Record<string, readonly unknown[]>>,
): string | undefined {
  const arrow = type.indexOf('=>');
  if (arrow < 0) return type + JSON.stringify(values);
  const points = probes[type.slice(0, arrow)] ?? [];
  // Null is no sound value: it stands for having none.
  const outcomes: unknown[] = [];
  let isAnywhere = false;
  for (let example = 0; example < values.length; example++) {
    const lambda = values[example] as (argument: unknown) => unknown;
    if (example > 0 && lambda === values[example - 1]) continue;
    for (const point of points) {
      const value = lambda(point);
      if (isSound(value)) {
        isAnywhere = true;
        outcomes.push(value);
      } else outcomes.push(null);
    }
  }
  return isAnywhere ? type + JSON.stringify(outcomes) : undefined;
}
