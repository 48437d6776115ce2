import type { ParentRule, Random } from '../protocol/index.ts';

/** What parent selection needs to know of an archive member. */
export interface ArchiveNode {
  readonly id: string;
  readonly parent: string | null;
  /** Own rewards on the dev split, each in [0, 1], by task; a missing one is 0 here. */
  readonly outcomes: readonly { readonly task: string; readonly reward: number }[];
}

/**
 * Chooses a parent. Pure: equal nodes and randomness give an equal choice, however often it is asked.
 *
 * @param nodes in the order of their birth; at least one, the root first
 */
export function chooseParent(rule: ParentRule, nodes: readonly ArchiveNode[], random: Random): string {
  const first = nodes[0] as ArchiveNode;
  switch (rule) {
    case 'clade':
      return byClade(nodes, random).id;
    case 'dgm':
      return draw(nodes, nodes.map(dgmWeight(nodes)), random).id;
    case 'novelty':
      return draw(nodes, noveltyOf(nodes), random).id;
    case 'pareto':
      return draw(nodes, frontCounts(nodes), random).id;
    case 'uniform':
      return random.pick(nodes).id;
    // The last two are controls: no archive (the best so far has all children), and parallel sampling from the root.
    case 'greedy':
      return nodes.reduce((best, node) => (meanOf(node) > meanOf(best) ? node : best), first).id;
    case 'root':
      return first.id;
  }
}

/**
 * Thompson sampling over clades, as in the Huxley-Gödel Machine: one draw of Beta(1+Σx, 1+n−Σx) for each node over
 * its clade's outcomes; the largest wins. A node without a success can be drawn like any other.
 */
function byClade(nodes: readonly ArchiveNode[], random: Random): ArchiveNode {
  return largestDraw(nodes, (node) => cladeOutcomes(nodes, node.id), random);
}

/** Thompson sampling over own outcomes: which of some nodes to evaluate next, as in the Huxley-Gödel Machine. */
export function chooseToEvaluate(nodes: readonly ArchiveNode[], random: Random): string {
  return largestDraw(nodes, outcomesOf, random).id;
}

/** Outcomes of a node and of all its descendants: their number and their sum. Changes nothing, however often it is called. */
export function cladeOutcomes(nodes: readonly ArchiveNode[], id: string): Trials {
  const members = new Set([id]);
  // Parents come before their children in the order of birth, so one pass finds every descendant.
  for (const node of nodes) if (node.parent !== null && members.has(node.parent)) members.add(node.id);
  let trials = 0;
  let successes = 0;
  for (const node of nodes) {
    if (!members.has(node.id)) continue;
    const own = outcomesOf(node);
    trials += own.trials;
    successes += own.successes;
  }
  return { trials, successes };
}

interface Trials {
  readonly trials: number;
  readonly successes: number;
}

function outcomesOf({ outcomes }: ArchiveNode): Trials {
  return { trials: outcomes.length, successes: outcomes.reduce((sum, { reward }) => sum + reward, 0) };
}

function meanOf(node: ArchiveNode): number {
  const { trials, successes } = outcomesOf(node);
  return trials === 0 ? 0 : successes / trials;
}

/** Darwin Gödel Machine: 1 / (1 + exp(−10 (score − 0.5))) · 1 / (1 + children). */
function dgmWeight(nodes: readonly ArchiveNode[]): (node: ArchiveNode) => number {
  return (node) => {
    const children = nodes.filter(({ parent }) => parent === node.id).length;
    return 1 / (1 + Math.exp(-10 * (meanOf(node) - 0.5))) / (1 + children);
  };
}

/** Neighbours that novelty is measured against. */
const NEIGHBOURS = 4;
/** Weight of a node that behaves just like others: it can still be drawn. */
const LEAST_NOVELTY = 0.01;

/**
 * Novelty of behaviour (GEA): mean cosine distance of a node's rewards to those of its 4 nearest neighbours, over the
 * tasks that both have met.
 */
function noveltyOf(nodes: readonly ArchiveNode[]): number[] {
  const rewards = nodes.map(({ outcomes }) => new Map(outcomes.map(({ task, reward }) => [task, reward])));
  return rewards.map((own, at) => {
    const distances = rewards
      .filter((_, other) => other !== at)
      .map((other) => cosineDistance(own, other))
      .sort((left, right) => left - right)
      .slice(0, NEIGHBOURS);
    const total = distances.reduce((sum, distance) => sum + distance, 0);
    return LEAST_NOVELTY + (distances.length === 0 ? 0 : total / distances.length);
  });
}

/** 1 − cosine over common tasks. Without a success there is no direction: two such nodes are alike, others are not. */
function cosineDistance(left: ReadonlyMap<string, number>, right: ReadonlyMap<string, number>): number {
  let product = 0;
  let lengthOfLeft = 0;
  let lengthOfRight = 0;
  for (const [task, reward] of left) {
    const other = right.get(task);
    if (other === undefined) continue;
    product += reward * other;
    lengthOfLeft += reward * reward;
    lengthOfRight += other * other;
  }
  if (lengthOfLeft === 0 || lengthOfRight === 0) return lengthOfLeft === lengthOfRight ? 0 : 1;
  return 1 - product / Math.sqrt(lengthOfLeft * lengthOfRight);
}

/** Pareto front over tasks (GEPA): on how many tasks nobody did better than a node that succeeded at all. */
function frontCounts(nodes: readonly ArchiveNode[]): number[] {
  const best = new Map<string, number>();
  for (const { outcomes } of nodes)
    for (const { task, reward } of outcomes) best.set(task, Math.max(best.get(task) ?? 0, reward));
  return nodes.map(
    ({ outcomes }) => outcomes.filter(({ task, reward }) => reward > 0 && reward === best.get(task)).length,
  );
}

/** Draws in proportion to weights; evenly where all are 0. */
function draw(nodes: readonly ArchiveNode[], weights: readonly number[], random: Random): ArchiveNode {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  if (total <= 0) return random.pick(nodes);
  let left = random.real() * total;
  return nodes.find((_, at) => (left -= weights[at] as number) < 0) ?? (nodes.at(-1) as ArchiveNode);
}

function largestDraw(
  nodes: readonly ArchiveNode[],
  trialsOf: (node: ArchiveNode) => Trials,
  random: Random,
): ArchiveNode {
  let best = { node: nodes[0] as ArchiveNode, draw: -1 };
  for (const node of nodes) {
    const { trials, successes } = trialsOf(node);
    const drawn = beta(1 + successes, 1 + trials - successes, random);
    if (drawn > best.draw) best = { node, draw: drawn };
  }
  return best.node;
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
