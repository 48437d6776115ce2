/**
 * How an operator is written down: once in TypeScript, to be evaluated while thinking, and once as the source that a
 * submitted program will hold. An operator's TypeScript function and its source template are typed by the same
 * signature, so neither can leave out a parameter.
 */
import type { Operator, Rendered } from 'lamarck/agent';

export type Row = Readonly<Record<string, number | string | boolean>>;

/** Two numbers that belong together. */
export type Pair = readonly [number, number];

/** The types that expressions have, and the values that belong to them. */
export interface Values {
  number: number;
  string: string;
  boolean: boolean;
  'number[]': readonly number[];
  'string[]': readonly string[];
  'boolean[]': readonly boolean[];
  record: Row;
  'record[]': readonly Row[];
  pair: Pair;
  'pair[]': readonly Pair[];
  'number field': string;
  'string field': string;
  'boolean field': string;
  'number=>boolean': (x: number) => boolean;
  'number=>number': (x: number) => number;
  'number=>string': (x: number) => string;
  'string=>boolean': (x: string) => boolean;
  'string=>number': (x: string) => number;
  'string=>string': (x: string) => string;
  'pair=>boolean': (x: Pair) => boolean;
  'pair=>number': (x: Pair) => number;
  'record=>boolean': (x: Row) => boolean;
  'record=>number': (x: Row) => number;
  'record=>string': (x: Row) => string;
}

export type TypeName = keyof Values;

/** The source of a value, or a lambda's body as a function of its argument's source. */
type Source<Name extends TypeName> = Name extends `${string}=>${string}`
  ? (argument: string) => string
  : string;

/** Defines an operator. `evaluate` gives `undefined` where there is no value, as for the first of an empty list. */
export function operator<const Parameters extends readonly TypeName[], Result extends TypeName>(
  name: string,
  parameters: Parameters,
  result: Result,
  evaluate: (
    ...values: { [Index in keyof Parameters]: Values[Parameters[Index]] }
  ) => Values[Result] | undefined,
  render: (...sources: { [Index in keyof Parameters]: Source<Parameters[Index]> }) => Source<Result>,
): Operator {
  return { name, parameters, result, evaluate: evaluate as never, render: render as never };
}

/**
 * The same for each member of a list: a lambda over the operator's first parameter, made of the others.
 *
 * @example its(operator('repeat', ['string', 'number'], 'string', …)) // 'its repeat': number → string=>string
 */
export function its({
  name,
  parameters: [first, ...parameters],
  result,
  evaluate,
  render,
}: Operator): Operator {
  const call = evaluate as (...values: unknown[]) => unknown;
  const write = render as (...sources: Rendered[]) => Rendered;
  const shared = (x: unknown) => call(x);
  return {
    name: `its ${name}`,
    parameters,
    result: `${first}=>${result}`,
    // The same function on every example where nothing tells them apart.
    evaluate: (...rest: unknown[]) => (rest.length === 0 ? shared : (x: unknown) => call(x, ...rest)),
    render:
      (...rest: Rendered[]) =>
      (x: string) =>
        write(x, ...rest) as string,
  };
}

/** The source of a lambda from its body; `it` is the name of its argument in every program. */
export function lambda(body: (argument: string) => string): string {
  return `(it) => ${withoutParentheses(body('it'))}`;
}

/** Takes away a pair of parentheses around the whole of a source. */
export function withoutParentheses(source: string): string {
  if (!source.startsWith('(') || !source.endsWith(')')) return source;
  let depth = 0;
  for (let at = 0; at < source.length - 1; at++) {
    if (source[at] === '(') depth++;
    if (source[at] === ')') depth--;
    // Quoted parentheses may mislead the count; then the outer ones stay, which is correct too.
    if (depth === 0 || source[at] === "'" || source[at] === '"') return source;
  }
  return source.slice(1, -1);
}
