import type { Random } from '../protocol/index.ts';

/** What parent selection needs to know of an archive member. */
export interface CladeNode {
  readonly id: string;
  readonly parent: string | null;
  /** Own rewards on the dev split, each in [0, 1]. */
  readonly outcomes: readonly number[];
}

/** Outcomes of a node and of all its descendants: their number and their sum. Changes nothing, however often it is called. */
export function cladeOutcomes(
  nodes: readonly CladeNode[],
  id: string,
): { trials: number; successes: number } {
  const members = new Set([id]);
  // Parents come before their children in the order of birth, so one pass finds every descendant.
  for (const node of nodes) if (node.parent !== null && members.has(node.parent)) members.add(node.id);
  let trials = 0;
  let successes = 0;
  for (const node of nodes) {
    if (!members.has(node.id)) continue;
    trials += node.outcomes.length;
    for (const outcome of node.outcomes) successes += outcome;
  }
  return { trials, successes };
}

/**
 * Thompson sampling over clades, as in the Huxley-Gödel Machine: one draw of Beta(1+Σx, 1+n−Σx) for each node over
 * its clade's outcomes; the largest wins. A node without a success can be drawn like any other.
 *
 * @param nodes in the order of their birth; at least one
 */
export function chooseParent(nodes: readonly CladeNode[], random: Random): string {
  let best = { id: '', draw: -1 };
  for (const { id } of nodes) {
    const { trials, successes } = cladeOutcomes(nodes, id);
    const draw = beta(1 + successes, 1 + trials - successes, random);
    if (draw > best.draw) best = { id, draw };
  }
  return best.id;
}

function beta(a: number, b: number, random: Random): number {
  const x = gamma(a, random);
  return x / (x + gamma(b, random));
}

/** A draw of Gamma(shape, 1) for shape ≥ 1 (Marsaglia & Tsang 2000). */
function gamma(shape: number, random: Random): number {
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = normal(random);
    const v = (1 + c * x) ** 3;
    if (v > 0 && Math.log(1 - random.real()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v;
  }
}

/** A standard normal draw (Box–Muller). */
function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random.real())) * Math.cos(2 * Math.PI * random.real());
}
