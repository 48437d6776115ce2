import type { Chart, ChartState, ChartTransition } from '../sandbox/index.ts';

/** One way on from a leaf state. */
export interface Step {
  readonly event: string;
  /** The leaves that are entered; the leaf itself where it is not left. */
  readonly to: readonly string[];
  /** Whether something may be emitted on the way. */
  readonly emits: boolean;
}

/** A chart as a graph of its leaves (atomic and final states). Guards may hold or not; parallel regions run side by side. */
export interface ChartGraph {
  /** Where it starts. */
  readonly start: readonly string[];
  /** What may happen in a leaf, the inner states' transitions before the outer ones'. */
  stepsOf(leaf: string): readonly Step[];
  /** Where a leaf's first transition of all leads, if that is taken whatever happens. */
  certainStepOf(leaf: string): readonly string[];
  /** Leaves in which the other regions of the parallel states around a leaf begin. */
  companionsOf(leaf: string): readonly string[];
  /** Whether reaching this leaf ends the chart. */
  isEnd(leaf: string): boolean;
}

/** Characters of a state's name in a sentence. */
const LONGEST_NAME = 100;

/** States and transitions of a chart together. */
const MOST_PARTS = 11_000;
/**
 * Leaves and transitions that are looked at before a chart is held to be too large: some tenths of a second. A chart is what a guest
 * says that it is, and regions within regions that all lead everywhere have more ways through them than anybody could walk.
 */
const MOST_LOOKS = 1_000_000;

/**
 * @param received events that the chart is sent from outside.
 * @throws RangeError with a phrase, where a state is named that does not exist, two have one name, or there is too much to look
 * at; the graph's own functions throw it as well.
 */
export function chartGraph({ states, sends }: Chart, received: readonly string[]): ChartGraph {
  let looks = 0;
  const look = (times: number): void => {
    looks += times;
    if (looks > MOST_LOOKS) throw new RangeError('it is too large to be checked');
  };
  // What reads the chart in the isolate counts states too, but a guest may have tampered with it.
  const size = states.reduce((sum, { transitions }) => sum + 1 + transitions.length, 0);
  if (size > MOST_PARTS) throw new RangeError(`it has more than ${MOST_PARTS} states and transitions`);
  const byName = new Map(states.map((state) => [state.name, state]));
  const childrenOf = Map.groupBy(states, ({ parent }) => parent);
  if (byName.size !== states.length) throw new RangeError('two of its states have the same name');
  const [root, ...others] = childrenOf.get(null) ?? [];
  if (!root || others.length > 0) throw new RangeError('it has no single outermost state');

  const find = (name: string, from: string): ChartState => {
    const state = byName.get(name);
    if (!state) throw new RangeError(`its ${said(from)} leads to "${name}", which does not exist`);
    return state;
  };
  /** The state and those around it, from the inside out. */
  const lineOf = (state: ChartState): ChartState[] => {
    const line = [state];
    for (let at = state; at.parent !== null; line.push(at)) {
      look(line.length);
      at = find(at.parent, at.name);
      if (line.includes(at)) throw new RangeError(`its ${said(at.name)} is inside itself`);
    }
    return line;
  };
  const lines = new Map(states.map((state) => [state.name, lineOf(state)]));
  const line = (name: string): ChartState[] => lines.get(name) ?? [];
  const regionsOf = (state: ChartState): ChartState[] =>
    (childrenOf.get(state.name) ?? []).filter(({ kind }) => kind !== 'history');

  /** Leaves that are entered with a state. */
  const enter = (state: ChartState, seen = new Set<ChartState>()): string[] => {
    look(1);
    if (seen.has(state)) return [];
    // Shared by all ways down: what one way has entered is entered.
    seen.add(state);
    if (state.kind === 'atomic' || state.kind === 'final') return [state.name];
    const inner =
      state.kind === 'parallel' ? regionsOf(state) : state.initial.map((name) => find(name, state.name));
    if (inner.length > 0) return inner.flatMap((child) => enter(child, seen));
    // A history state without a default stands for the state around it.
    return state.parent === null ? [] : enter(find(state.parent, state.name), seen);
  };
  /** Leaves in which the regions beside a state begin. */
  const beside = (name: string): string[] =>
    line(name).flatMap((state, depth, all) => {
      const around = all[depth + 1];
      if (around?.kind !== 'parallel') return [];
      return regionsOf(around)
        .filter((region) => region !== state)
        .flatMap((region) => enter(region));
    });
  const arrivals = new Map<string, string[]>();
  const arrive = (target: string, from: string): string[] => {
    const state = find(target, from);
    const known = arrivals.get(target) ?? [...new Set([...enter(state), ...beside(target)])];
    arrivals.set(target, known);
    look(known.length);
    return known;
  };

  const occurs = (event: string, leaf: ChartState): boolean => {
    if (event.startsWith('xstate.done.state.')) return leaf.kind === 'final';
    if (event === '' || event === '*' || /^xstate\.(after|done|error|snapshot)\./.test(event)) return true;
    if (sends === 'any') return true;
    const known = [...received, ...sends];
    return event.endsWith('.*')
      ? known.some((name) => name.startsWith(event.slice(0, -1)))
      : known.includes(event);
  };
  const mayEmit = (name: string): boolean => line(name).some((state) => state.emits);

  /** Each transition that may be taken from a leaf, with the state it belongs to: those that are always tried first. */
  const candidatesOf = (name: string): [ChartState, ChartTransition][] => {
    const all = line(name).flatMap((state) =>
      state.transitions.map((transition): [ChartState, ChartTransition] => [state, transition]),
    );
    look(all.length);
    const isAlways = ([, { event }]: [ChartState, ChartTransition]): boolean => event === '';
    return [...all.filter(isAlways), ...all.filter((candidate) => !isAlways(candidate))];
  };

  const knownSteps = new Map<string, { steps: Step[]; size: number }>();
  const stepsOf = (name: string): Step[] => {
    const known = knownSteps.get(name) ?? measured(stepsFrom(name));
    knownSteps.set(name, known);
    look(known.size);
    return known.steps;
  };
  const stepsFrom = (name: string): Step[] => {
    const leaf = find(name, name);
    const steps: Step[] = [];
    /** Events that never come to the transitions after one that has no guard. */
    const decided = new Set<string>();
    for (const [state, { event, targets, isGuarded, emits }] of candidatesOf(name)) {
      if (decided.has(event) || decided.has('') || !occurs(event, leaf)) continue;
      const to = targets.length > 0 ? targets.flatMap((target) => arrive(target, state.name)) : [name];
      const emitsOnTheWay = targets.length > 0 && [name, ...to].some(mayEmit);
      steps.push({ event, to, emits: emits || emitsOnTheWay });
      // Where `always` leads nowhere, it is done once and the chart waits.
      if (!isGuarded && (event !== '' || targets.length > 0)) decided.add(event);
    }
    return steps;
  };

  const certainSteps = new Map<string, string[]>();
  const certainStepFrom = (name: string): string[] => {
    const [first] = candidatesOf(name);
    if (!first || first[1].event !== '' || first[1].isGuarded) return [];
    return first[1].targets.flatMap((target) => arrive(target, first[0].name));
  };
  const certainStepOf = (name: string): string[] => {
    const known = certainSteps.get(name) ?? certainStepFrom(name);
    certainSteps.set(name, known);
    look(1 + known.length);
    return known;
  };

  return {
    start: enter(root),
    stepsOf,
    companionsOf: beside,
    certainStepOf,
    isEnd: (name) => {
      const [leaf, ...around] = line(name);
      let depth = 0;
      // A parallel state is at its end when its regions are, and so on outwards.
      while (around[depth + 1]?.kind === 'parallel') depth++;
      return leaf?.kind === 'final' && around[depth]?.parent === null;
    },
  };
}

/** Steps, and how many leaves they lead to. */
function measured(steps: Step[]): { steps: Step[]; size: number } {
  return { steps, size: steps.reduce((sum, { to }) => sum + 1 + to.length, 0) };
}

/** A state in a sentence. */
export function said(name: string): string {
  if (name === '') return 'outermost state';
  return `state "${name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME)}…` : name}"`;
}
