/** What using an operator costs, learned from the programs that were verified: the dearer, the rarer. */
import type { Costs } from '../search.ts';

/** Cost points for a halving of the use. More would be finer, and slower to enumerate. */
const POINTS = 1;
/** How often every operator counts as seen before anything was: keeps the unseen within reach. */
const SMOOTHING = 0.5;

/**
 * −log₂ of smoothed relative use, in points of a whole number from 1. Each program counts for the operators in it.
 *
 * @param programs for each verified program, the names of its operators and leaves.
 */
export function learnCosts(programs: readonly (readonly string[])[]): Costs {
  const uses = new Map<string, number>();
  for (const name of programs.flat()) uses.set(name, (uses.get(name) ?? 0) + 1);
  const most = Math.max(0, ...uses.values());
  const costOf = (count: number) =>
    1 + Math.round(POINTS * Math.log2((most + SMOOTHING) / (count + SMOOTHING)));
  const names = [...uses.keys()].sort();
  return {
    unknown: costOf(0),
    operators: Object.fromEntries(names.map((name) => [name, costOf(uses.get(name) as number)])),
  };
}
