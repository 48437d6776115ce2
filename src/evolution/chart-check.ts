import type { Chart } from '../sandbox/index.ts';
import { chartGraph, said, type ChartGraph, type Step } from './chart-graph.ts';

/** What charts are sent from outside. */
const RECEIVED = { agent: ['observe', 'reply'], improver: ['reply'] } as const;

/**
 * What is wrong with a guest's chart, whatever its guards say, as the end of a sentence; nothing where it is sound:
 * every state can be reached, no state is followed by itself for ever, and every state can come to an end. An improver
 * ends in a final state. An agent does too, or it ends a turn: it waits for `observe` and can come to emit an answer.
 */
export function chartFault(chart: Chart, kind: 'agent' | 'improver'): string | undefined {
  try {
    const graph = chartGraph(chart, RECEIVED[kind]);
    const reached = reachedFrom(graph.start, (leaf) => graph.stepsOf(leaf).flatMap(({ to }) => to));
    const lost = unreachedStates(chart, reached)[0];
    if (lost !== undefined) return `its ${said(lost)} can never be reached`;
    const circle = [...reached].find((leaf) => isOnCircle(leaf, graph));
    if (circle !== undefined) return `its ${said(circle)} leads back to itself without waiting`;
    const ends = leavesThatEnd(graph, [...reached], kind);
    const stuck = [...reached].find((leaf) => !ends.has(leaf));
    if (stuck === undefined) return undefined;
    return kind === 'agent'
      ? `from its ${said(stuck)} it can never come to answer an observation, or to end`
      : `from its ${said(stuck)} it can never come to an end`;
  } catch (error) {
    if (error instanceof RangeError) return error.message;
    throw error;
  }
}

/** States that no run enters: no leaf inside them is reached. Those inside such a state are not named again. */
export function unreachedStates({ states }: Chart, reached: ReadonlySet<string>): string[] {
  const parents = new Map(states.map(({ name, parent }) => [name, parent]));
  const entered = new Set<string | null>();
  for (const leaf of reached)
    for (let at: string | null = leaf; at !== null && !entered.has(at); at = parents.get(at) ?? null)
      entered.add(at);
  return states
    .filter(
      ({ kind, name, parent }) =>
        kind !== 'history' && !entered.has(name) && (parent === null || entered.has(parent)),
    )
    .map(({ name }) => name);
}

/** All leaves that can be come to, those that it starts from among them. */
export function reachedFrom(
  start: readonly string[],
  next: (leaf: string) => readonly string[],
): ReadonlySet<string> {
  const reached = new Set(start);
  // A set hands out what is added while it is walked.
  for (const leaf of reached) for (const other of next(leaf)) reached.add(other);
  return reached;
}

function isOnCircle(leaf: string, graph: ChartGraph): boolean {
  const after = (at: string): readonly string[] => graph.certainStepOf(at);
  return reachedFrom(after(leaf), after).has(leaf);
}

/** The leaves from which an end can be come to. */
function leavesThatEnd(
  graph: ChartGraph,
  leaves: readonly string[],
  kind: 'agent' | 'improver',
): ReadonlySet<string> {
  const before = new Map<string, Set<string>>();
  for (const leaf of leaves) {
    const after = [...graph.stepsOf(leaf).flatMap(({ to }) => to), ...graph.companionsOf(leaf)];
    for (const next of after) before.set(next, (before.get(next) ?? new Set()).add(leaf));
  }
  const ends = leaves.filter((leaf) => graph.isEnd(leaf) || (kind === 'agent' && answers(leaf, graph)));
  return reachedFrom(ends, (leaf) => [...(before.get(leaf) ?? [])]);
}

/** Whether an observation can lead to something emitted, before there is another one. */
function answers(leaf: string, graph: ChartGraph): boolean {
  const alone = (at: string): readonly Step[] =>
    graph.stepsOf(at).filter(({ event }) => !RECEIVED.agent.some((name) => name === event));
  return graph
    .stepsOf(leaf)
    .filter(({ event }) => event === 'observe' || event === '*')
    .some(({ emits, to }) => {
      if (emits) return true;
      const after = reachedFrom(to, (at) => alone(at).flatMap((step) => step.to));
      return [...after].some((at) => alone(at).some((step) => step.emits));
    });
}
