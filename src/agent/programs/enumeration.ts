import type { Expression, Operator } from './expression.ts';
import { behaviourOf, isSound } from './observed-values.ts';
import { rootsOf, type Place, type Root } from './place-costs.ts';

/** An operator without parameters: an argument of the program or a constant, with its value on each example. */
export interface Leaf {
  readonly operator: Operator;
  readonly values: readonly unknown[];
}

export interface ProgramSearch {
  readonly leaves: readonly Leaf[];
  readonly operators: readonly Operator[];
  /** What using each of these operators or leaves at a place adds to a program's cost: whole numbers from 1. */
  costsAt(place: Place, fillers: readonly Operator[]): readonly number[];
  /** What is looked for: an expression of this type with these values. */
  readonly goal: { readonly type: string; readonly values: readonly unknown[] };
  /** Arguments on which lambdas are compared, by their type; lambdas that agree on all of them count as the same. */
  readonly probes: Readonly<Record<string, readonly unknown[]>>;
  /** Expressions that may be evaluated. */
  readonly candidates: number;
}

export interface ProgramFinding {
  /** The cheapest expression with the goal's values; `undefined` where the candidates were spent before. */
  readonly expression: Expression | undefined;
  /** Expressions evaluated. */
  readonly candidates: number;
}

/** Programs costlier than this are out of anyone's reach. */
const DEAREST = 400;

/** A way of writing a value. `cost` has the least of its outermost operator's costs; a place adds its extra to it. */
interface Way {
  readonly expression: Expression;
  readonly root: Root;
  readonly cost: number;
  /** All ways worth keeping of what has the same type and values, this one among them. */
  readonly alternatives: Way[];
}

/** What was kept of the expressions with one outermost operator. */
interface Bank {
  readonly root: Root;
  /** By cost. */
  readonly ways: Way[][];
  /** At which there are ways, rising. */
  readonly costs: number[];
}

/**
 * Bottom-up enumeration in order of cost with observational equivalence (Albarghouthi et al. 2013, Transit 2013; costs
 * from use as in Probe 2020). A cost may depend on the place that is filled, as in a grammar that knows the parent: of all
 * expressions with the same type and values each place is given the one that is cheapest there, and no other, so order and
 * equivalence are exact nevertheless. A program's outermost operator counts for the least it costs anywhere.
 * Deterministic; the work is counted in candidates, never in time.
 */
export function enumerate(search: ProgramSearch): ProgramFinding {
  const leafValues = new Map(search.leaves.map(({ operator, values }) => [operator, values]));
  const roots = rootsOf([...leafValues.keys(), ...search.operators], search.goal.type, (place, fillers) =>
    search.costsAt(place, fillers),
  );
  const banks = new Map(roots.map((root): [Root, Bank] => [root, { root, ways: [], costs: [] }]));
  const banksOf = Map.groupBy(banks.values(), ({ root }) => root.operator.result);
  const exactly = costingExactly(banksOf);
  const seen = new Map<string, Way[]>();
  const goalKey = behaviourOf(search.goal.type, search.goal.values, search.probes);
  const count = search.goal.values.length;
  let candidates = 0;
  let found: Expression | undefined;

  /** Takes an expression in, unless it has no value or is cheapest nowhere; true when the search is over. */
  const consider = (
    root: Root,
    args: readonly Expression[],
    values: readonly unknown[] | undefined,
    cost: number,
  ): boolean => {
    candidates++;
    const key = values && behaviourOf(root.operator.result, values, search.probes);
    if (values !== undefined && key !== undefined) {
      let alternatives = seen.get(key);
      if (alternatives === undefined) seen.set(key, (alternatives = []));
      if (alternatives.every((known) => isWorthKeepingBeside(known, root, cost))) {
        const expression = { operator: root.operator, arguments: [...args], values };
        const way = { expression, root, cost, alternatives };
        alternatives.push(way);
        keep(banks.get(root) as Bank, way);
        if (key === goalKey) found = expression;
      }
    }
    return found !== undefined || candidates >= search.candidates;
  };

  /** Fills the last parameter with what costs `left` there. */
  const fillLast = (root: Root, cost: number, at: number, left: number, args: Expression[]): boolean => {
    const place = root.places[at] as number;
    for (const ways of exactly(place, root.operator.parameters[at] as string, left))
      for (const way of ways) {
        if (!isCheapestAt(place, way)) continue;
        args[at] = way.expression;
        if (consider(root, args, valuesOf(root.operator, args, count), cost)) return true;
      }
    return false;
  };

  /** Fills the parameters from `at` on with expressions that cost `left` together at their places. */
  const fill = (root: Root, cost: number, at: number, left: number, args: Expression[]): boolean => {
    const { parameters } = root.operator;
    const rest = parameters.length - at - 1;
    if (rest === 0) return fillLast(root, cost, at, left, args);
    const place = root.places[at] as number;
    for (const bank of banksOf.get(parameters[at] as string) ?? []) {
      const most = left - rest - (bank.root.extras[place] as number);
      for (const own of bank.costs) {
        if (own > most) break;
        for (const way of bank.ways[own] as Way[]) {
          if (!isCheapestAt(place, way)) continue;
          args[at] = way.expression;
          if (fill(root, cost, at + 1, most + rest - own, args)) return true;
        }
      }
    }
    return false;
  };

  for (let cost = 1; cost <= DEAREST; cost++) {
    for (const root of roots) {
      const { operator, leastCost } = root;
      const left = cost - leastCost;
      if (operator.parameters.length > 0) {
        if (left >= operator.parameters.length && fill(root, cost, 0, left, []))
          return { expression: found, candidates };
      } else if (left === 0) {
        const values = leafValues.get(operator) ?? valuesOf(operator, [], count);
        if (consider(root, [], values, cost)) return { expression: found, candidates };
      }
    }
  }
  return { expression: found, candidates };
}

/** @param way costs at least as much as those that were kept before. */
function keep({ ways, costs }: Bank, way: Way): void {
  const alike = ways[way.cost];
  if (alike !== undefined) return void alike.push(way);
  ways[way.cost] = [way];
  costs.push(way.cost);
}

/**
 * Looks up what costs a sum at a place, in the order of the banks. What is looked up is less than what is being built, so
 * it is complete, and stays as it was when it was first asked for.
 */
function costingExactly(
  banksOf: ReadonlyMap<string, readonly Bank[]>,
): (place: number, type: string, sum: number) => readonly (readonly Way[])[] {
  const known: Way[][][][] = [];
  return (place, type, sum) => {
    const sums = (known[place] ??= []);
    let found = sums[sum];
    if (found !== undefined) return found;
    sums[sum] = found = [];
    for (const bank of banksOf.get(type) ?? []) {
      const alike = bank.ways[sum - (bank.root.extras[place] as number)];
      if (alike !== undefined) found.push(alike);
    }
    return found;
  };
}

/** Whether an expression could be cheaper at some place than a known one of the same values. */
function isWorthKeepingBeside(known: Way, root: Root, cost: number): boolean {
  return known.root !== root && cost < known.cost + known.root.mostExtra;
}

/** Ties go to the one that was found first. */
function isCheapestAt(place: number, way: Way): boolean {
  const { alternatives } = way;
  if (alternatives.length === 1) return true;
  const costAt = (one: Way): number => one.cost + (one.root.extras[place] as number);
  const own = costAt(way);
  let isBefore = true;
  for (const other of alternatives) {
    if (other === way) isBefore = false;
    else if (isBefore ? costAt(other) <= own : costAt(other) < own) return false;
  }
  return true;
}

function valuesOf(
  operator: Operator,
  args: readonly Expression[],
  count: number,
): readonly unknown[] | undefined {
  const evaluate = operator.evaluate as (...values: unknown[]) => unknown;
  const values: unknown[] = [];
  for (let example = 0; example < count; example++) {
    const value =
      args.length === 1
        ? evaluate((args[0] as Expression).values[example])
        : args.length === 2
          ? evaluate((args[0] as Expression).values[example], (args[1] as Expression).values[example])
          : evaluate(...args.map((argument) => argument.values[example]));
    if (!isSound(value)) return undefined;
    values.push(value);
  }
  return values;
}
