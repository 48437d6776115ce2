/** Which operators come with which properties of a task's examples: counted in verified programs, and what follows of it. */

/** How many programs there were, and for how many of them each property held. */
interface Tally {
  readonly programs: number;
  readonly properties: Readonly<Record<string, number>>;
}

/** Of all verified programs with one type of result, and of those among them with each operator. */
export interface PropertyTally {
  readonly all: Tally;
  readonly with: Readonly<Record<string, Tally>>;
}

/** How many programs without an operator weigh as much as one with it, where a property's chance beside it is told. */
const PRIOR = 4;
/** How far properties are trusted, because they hang together, and the most bits that they add or take. */
const TEMPER = 0.6;
const MOST_BITS = 5;
const NONE: Tally = { programs: 0, properties: {} };

/** The tally with one more program. */
export function tallyWith(
  known: PropertyTally | undefined,
  operators: Iterable<string>,
  properties: readonly string[],
): PropertyTally {
  const { all, with: beside } = known ?? { all: NONE, with: {} };
  const joined = [...new Set(operators)].map(
    (name) => [name, plusOne(beside[name] ?? NONE, properties)] as const,
  );
  return { all: plusOne(all, properties), with: { ...beside, ...Object.fromEntries(joined) } };
}

function plusOne({ programs, properties: counts }: Tally, properties: readonly string[]): Tally {
  const added = properties.map((name) => [name, (counts[name] ?? 0) + 1] as const);
  return { programs: programs + 1, properties: { ...counts, ...Object.fromEntries(added) } };
}

/**
 * How many times likelier the properties of a task make each operator: P(properties | operator) / P(properties) by naive
 * Bayes, tempered.
 */
export function liftsFrom(
  { all, with: beside }: PropertyTally,
  properties: readonly string[],
): (operator: string) => number {
  const holding = new Set(properties);
  const liftOf = (operator: string): number => {
    const own = beside[operator] ?? NONE;
    let bits = 0;
    for (const [property, count] of Object.entries(all.properties)) {
      const base = (count + 1) / (all.programs + 2);
      const chance = ((own.properties[property] ?? 0) + PRIOR * base) / (own.programs + PRIOR);
      bits += Math.log2(holding.has(property) ? chance / base : (1 - chance) / (1 - base));
    }
    return 2 ** Math.max(-MOST_BITS, Math.min(MOST_BITS, TEMPER * bits));
  };
  const lifts = new Map<string, number>();
  return (operator) => {
    const lift = lifts.get(operator) ?? liftOf(operator);
    lifts.set(operator, lift);
    return lift;
  };
}
