/** A typed building block of programs. A lambda type is written `number=>boolean`; its values are functions. */
export interface Operator {
  readonly name: string;
  readonly parameters: readonly string[];
  readonly result: string;
  /** Its value; `undefined` (or anything that JSON cannot hold) where it has none. */
  readonly evaluate: (...values: never[]) => unknown;
  /** Source of it, given the source of its arguments. Lambdas, here and there, are functions from the source of their argument. */
  readonly render: (...sources: never[]) => Rendered;
}

/** The source of a value, or of a lambda's body as a function of its argument's source. */
export type Rendered = string | ((argument: string) => string);

/** An expression together with its value on each example. */
export interface Expression {
  readonly operator: Operator;
  readonly arguments: readonly Expression[];
  readonly values: readonly unknown[];
}

/** An operator without parameters: an argument of the program or a constant, with its value on each example. */
export interface Leaf {
  readonly operator: Operator;
  readonly values: readonly unknown[];
}

export interface Search {
  readonly leaves: readonly Leaf[];
  readonly operators: readonly Operator[];
  /** A whole number from 1 for each operator and leaf: what using it once adds to a program's cost. */
  costOf(operator: Operator): number;
  /** What is looked for: an expression of this type with these values. */
  readonly goal: { readonly type: string; readonly values: readonly unknown[] };
  /** Arguments on which lambdas are compared, by their type; lambdas that agree on all of them count as the same. */
  readonly probes: Readonly<Record<string, readonly unknown[]>>;
  /** Expressions that may be evaluated. */
  readonly candidates: number;
}

export interface Finding {
  /** The cheapest expression with the goal's values; `undefined` where the candidates were spent before. */
  readonly expression: Expression | undefined;
  /** Expressions evaluated. */
  readonly candidates: number;
}

/** Programs costlier than this are out of anyone's reach. */
const DEAREST = 400;
/** Values larger than these are dead ends in practice: characters or members, and the size of a number. */
const LONGEST = 200;
const LARGEST = 1e9;

/**
 * Bottom-up enumeration in order of cost with observational equivalence (Albarghouthi et al. 2013, Transit 2013; costs
 * from use as in Probe 2020): of all expressions with the same type and the same values on the examples only the first
 * is kept. Deterministic; the work is counted in candidates, never in time.
 */
export function enumerate(search: Search): Finding {
  const banks = new Map<string, Expression[][]>();
  const seen = new Set<string>();
  const goalKey = keyOf(search.goal.type, search.goal.values, search.probes);
  const count = search.goal.values.length;
  const byCost = search.operators
    .filter(({ parameters }) => parameters.length > 0)
    .map((operator) => ({ operator, cost: search.costOf(operator) }));
  const constants = search.operators.filter(({ parameters }) => parameters.length === 0);
  const leaves = [
    ...search.leaves,
    ...constants.map((operator): Leaf => ({ operator, values: valuesOf(operator, [], count) ?? [] })),
  ].map((leaf) => ({ leaf, cost: search.costOf(leaf.operator) }));
  let candidates = 0;
  let found: Expression | undefined;

  /** Takes an expression in, unless it has no value or says nothing new; true when the search is over. */
  const consider = (
    operator: Operator,
    args: readonly Expression[],
    values: readonly unknown[] | undefined,
    cost: number,
  ): boolean => {
    candidates++;
    const key = values && keyOf(operator.result, values, search.probes);
    if (values !== undefined && key !== undefined && !seen.has(key)) {
      seen.add(key);
      const expression = { operator, arguments: args, values };
      if (key === goalKey) found = expression;
      let bank = banks.get(operator.result);
      if (bank === undefined) banks.set(operator.result, (bank = []));
      (bank[cost] ??= []).push(expression);
    }
    return found !== undefined || candidates >= search.candidates;
  };

  /** Fills the parameters from `at` on with expressions that cost `left` together. */
  const fill = (operator: Operator, cost: number, at: number, left: number, args: Expression[]): boolean => {
    const rest = operator.parameters.length - at - 1;
    const bank = banks.get(operator.parameters[at] as string);
    if (bank === undefined) return false;
    for (let own = rest === 0 ? left : 1; own <= left - rest; own++) {
      const expressions = bank[own];
      if (expressions === undefined) continue;
      // Entries of this very cost may be added while they are read; they are of a higher total, so none is missed.
      for (const expression of expressions) {
        args[at] = expression;
        if (rest > 0) {
          if (fill(operator, cost, at + 1, left - own, args)) return true;
        } else if (consider(operator, [...args], valuesOf(operator, args, count), cost)) return true;
      }
    }
    return false;
  };

  for (let cost = 1; cost <= DEAREST; cost++) {
    for (const { leaf, cost: own } of leaves) {
      if (own === cost && consider(leaf.operator, [], leaf.values, cost))
        return { expression: found, candidates };
    }
    for (const { operator, cost: own } of byCost) {
      const left = cost - own;
      if (left < operator.parameters.length) continue;
      if (fill(operator, cost, 0, left, [])) return { expression: found, candidates };
    }
  }
  return { expression: found, candidates };
}

/** The source of an expression; a lambda's, of its body. */
export function renderExpression(expression: Expression): Rendered {
  const sources = expression.arguments.map(renderExpression);
  return (expression.operator.render as (...sources: Rendered[]) => Rendered)(...sources);
}

/** Names of the operators and leaves of an expression, with repeats, from the outermost inwards. */
export function operatorsIn(expression: Expression): string[] {
  return [expression.operator.name, ...expression.arguments.flatMap(operatorsIn)];
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

/** Whether JSON can hold a value as it is, and it is of a sensible size. Functions are judged by what they give. */
function isSound(value: unknown): boolean {
  if (typeof value === 'number') return value <= LARGEST && value >= -LARGEST;
  if (typeof value === 'string') return value.length <= LONGEST;
  if (typeof value === 'boolean' || typeof value === 'function') return true;
  if (!Array.isArray(value)) return typeof value === 'object' && value !== null;
  if (value.length > LONGEST) return false;
  for (const member of value) if (!isSound(member)) return false;
  return true;
}

/** Equal for equal behaviour on the examples. `undefined` for a lambda that has a value nowhere. */
function keyOf(type: string, values: readonly unknown[], probes: Search['probes']): string | undefined {
  const arrow = type.indexOf('=>');
  if (arrow < 0) return type + JSON.stringify(values);
  const points = probes[type.slice(0, arrow)] ?? [];
  let isAnywhere = false;
  let key = type;
  for (let example = 0; example < values.length; example++) {
    const lambda = values[example] as (argument: unknown) => unknown;
    if (example > 0 && lambda === values[example - 1]) continue;
    for (const point of points) {
      const value = lambda(point);
      if (isSound(value)) {
        isAnywhere = true;
        key += `|${JSON.stringify(value)}`;
      } else key += '|!';
    }
  }
  return isAnywhere ? key : undefined;
}
