/** A fault in a module of scout's own. */
import { mutationsOf, type Mutation, type Random } from '../../src/agent/index.ts';

/** One edit of a text, a kind first and then one of it; undefined where it offers none. */
export function drawFault(random: Random, text: string): Mutation | undefined {
  const mutations = mutationsOf(text);
  if (mutations.length === 0) return undefined;
  const kind = random.pick([...new Set(mutations.map((each) => each.kind))]);
  return random.pick(mutations.filter((each) => each.kind === kind));
}

/** Runs of the tests that a repair has. */
export const RUNS = 42;
