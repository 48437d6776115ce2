/** How a playout is made shorter. */
export interface Shortening<Step> {
  /** Plays steps again, and returns the part of them that leads there; undefined where they do not. */
  replay(candidate: readonly Step[]): Promise<readonly Step[] | undefined>;
  /** Equal for steps that do the same. */
  nameOf(step: Step): string;
  /** How often steps are played again, at most. */
  readonly mostReplays: number;
}

/**
 * Drops steps of a playout as long as what is left still leads where it led, until nothing more can go (after delta
 * debugging, Zeller and Hildebrandt 2002).
 */
export async function shorten<Step>(
  steps: readonly Step[],
  { replay, nameOf, mostReplays }: Shortening<Step>,
): Promise<readonly Step[]> {
  const tried = new Set<string>();
  let shortest = steps;
  for (let isShorter = true; isShorter;) {
    isShorter = false;
    for (const candidate of candidatesOf(shortest, nameOf)) {
      const name = JSON.stringify(candidate.map(nameOf));
      if (tried.has(name)) continue;
      if (tried.size === mostReplays) return shortest;
      tried.add(name);
      const kept = await replay(candidate);
      if (!kept || kept.length >= shortest.length) continue;
      shortest = kept;
      isShorter = true;
      break;
    }
  }
  return shortest;
}

/** Steps without a half of them, a quarter, … one, from the end; then without two that do the same, as what switches twice. */
function* candidatesOf<Step>(
  steps: readonly Step[],
  nameOf: (step: Step) => string,
): Generator<readonly Step[]> {
  for (let size = steps.length; size > 1;) {
    size = Math.ceil(size / 2);
    for (let end = steps.length; end > 0; end -= size) {
      const start = Math.max(0, end - size);
      yield steps.toSpliced(start, end - start);
    }
  }
  const names = steps.map(nameOf);
  for (const [later, name] of names.entries()) {
    const earlier = names.lastIndexOf(name, later - 1);
    if (later > 0 && earlier >= 0) yield steps.filter((_, index) => index !== earlier && index !== later);
  }
}
