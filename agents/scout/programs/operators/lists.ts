/** What can be done with a list, whatever it holds, and what only with numbers or texts. */
import type { Operator } from 'lamarck/agent';
import { lambda, operator, type TypeName, type Values } from './typed.ts';

type Member = 'number' | 'string' | 'record';

/** Operators that exist for each kind of member under the same name, so that what is learned of one holds for all. */
function listOperators<Name extends Member>(member: Name): Operator[] {
  type Item = Values[Name];
  const list = `${member}[]` as TypeName;
  const test = `${member}=>boolean` as TypeName;
  const define = (
    name: string,
    parameters: readonly TypeName[],
    result: TypeName,
    evaluate: (...values: never[]) => unknown,
    render: (...sources: never[]) => string,
  ): Operator => ({ name, parameters, result, evaluate, render });
  return [
    define(
      'filter',
      [list, test],
      list,
      (xs: readonly Item[], keep: (x: Item) => boolean) => xs.filter((x) => keep(x)),
      filterSource,
    ),
    define(
      'count where',
      [list, test],
      'number',
      (xs: readonly Item[], keep: (x: Item) => boolean) => xs.filter((x) => keep(x)).length,
      (xs: string, keep: (x: string) => string) => `${filterSource(xs, keep)}.length`,
    ),
    define(
      'reverse',
      [list],
      list,
      (xs: readonly Item[]) => [...xs].reverse(),
      (xs: string) => `[...${xs}].reverse()`,
    ),
    define(
      'take',
      [list, 'number'],
      list,
      (xs: readonly Item[], n: number) => (n < 0 ? undefined : xs.slice(0, n)),
      (xs: string, n: string) => `${xs}.slice(0, ${n})`,
    ),
    define(
      'drop',
      [list, 'number'],
      list,
      (xs: readonly Item[], n: number) => (n < 0 ? undefined : xs.slice(n)),
      (xs: string, n: string) => `${xs}.slice(${n})`,
    ),
    define(
      'without last',
      [list],
      list,
      (xs: readonly Item[]) => xs.slice(0, -1),
      (xs: string) => `${xs}.slice(0, -1)`,
    ),
    define(
      'first',
      [list],
      member,
      (xs: readonly Item[]) => xs[0],
      (xs: string) => `${xs}[0]`,
    ),
    define(
      'last',
      [list],
      member,
      (xs: readonly Item[]) => xs.at(-1),
      (xs: string) => `${xs}.at(-1)`,
    ),
    define(
      'member at',
      [list, 'number'],
      member,
      (xs: readonly Item[], n: number) => xs[n],
      (xs: string, n: string) => `${xs}[${n}]`,
    ),
    define(
      'length',
      [list],
      'number',
      (xs: readonly Item[]) => xs.length,
      (xs: string) => `${xs}.length`,
    ),
  ];
}

/** Lists of one kind to lists of another, through a lambda. */
export function mapOperator<From extends Member | 'pair', To extends 'number' | 'string'>(
  from: From,
  to: To,
): Operator {
  return {
    name: 'map',
    parameters: [`${from}[]`, `${from}=>${to}`],
    result: `${to}[]`,
    evaluate: (xs: readonly Values[From][], change: (x: Values[From]) => unknown) => xs.map((x) => change(x)),
    render: (xs: string, change: (x: string) => string) => `${xs}.map(${lambda(change)})`,
  };
}

export function filterSource(xs: string, keep: (x: string) => string): string {
  return `${xs}.filter(${lambda(keep)})`;
}

export const listOperatorsOfAll: Operator[] = [
  ...listOperators('number'),
  ...listOperators('string'),
  ...listOperators('record'),
  mapOperator('number', 'number'),
  mapOperator('number', 'string'),
  mapOperator('string', 'string'),
  mapOperator('string', 'number'),
  mapOperator('record', 'number'),
  mapOperator('record', 'string'),
  operator(
    'sum',
    ['number[]'],
    'number',
    (xs) => xs.reduce((a, b) => a + b, 0),
    (xs) => `${xs}.reduce((a, b) => a + b, 0)`,
  ),
  operator(
    'product',
    ['number[]'],
    'number',
    (xs) => xs.reduce((a, b) => a * b, 1),
    (xs) => `${xs}.reduce((a, b) => a * b, 1)`,
  ),
  operator(
    'largest',
    ['number[]'],
    'number',
    (xs) => (xs.length > 0 ? Math.max(...xs) : undefined),
    (xs) => `Math.max(...${xs})`,
  ),
  operator(
    'smallest',
    ['number[]'],
    'number',
    (xs) => (xs.length > 0 ? Math.min(...xs) : undefined),
    (xs) => `Math.min(...${xs})`,
  ),
  operator(
    'ascending',
    ['number[]'],
    'number[]',
    (xs) => [...xs].sort((a, b) => a - b),
    (xs) => `[...${xs}].sort((a, b) => a - b)`,
  ),
  operator(
    'descending',
    ['number[]'],
    'number[]',
    (xs) => [...xs].sort((a, b) => b - a),
    (xs) => `[...${xs}].sort((a, b) => b - a)`,
  ),
  operator(
    'distinct',
    ['number[]'],
    'number[]',
    (xs) => [...new Set(xs)],
    (xs) => `[...new Set(${xs})]`,
  ),
  operator(
    'followed by',
    ['number[]', 'number[]'],
    'number[]',
    (xs, ys) => [...xs, ...ys],
    (xs, ys) => `[...${xs}, ...${ys}]`,
  ),
  operator(
    'every nth',
    ['number[]', 'number'],
    'number[]',
    (xs, n) => (n < 1 ? undefined : xs.filter((_, at) => at % n === 0)),
    (xs, n) => `${xs}.filter((_, at) => at % ${n} === 0)`,
  ),
  operator(
    'count up to',
    ['number'],
    'number[]',
    (n) => (n > 100 ? undefined : Array.from({ length: Math.max(0, n) }, (_, at) => at + 1)),
    (n) => `Array.from({ length: Math.max(0, ${n}) }, (_, at) => at + 1)`,
  ),
  operator(
    'has member',
    ['number[]', 'number'],
    'boolean',
    (xs, x) => xs.includes(x),
    (xs, x) => `${xs}.includes(${x})`,
  ),
  operator(
    'distinct',
    ['string[]'],
    'string[]',
    (xs) => [...new Set(xs)],
    (xs) => `[...new Set(${xs})]`,
  ),
  operator(
    'ascending',
    ['string[]'],
    'string[]',
    (xs) => [...xs].sort(),
    (xs) => `[...${xs}].sort()`,
  ),
  operator(
    'by length',
    ['string[]'],
    'string[]',
    (xs) => [...xs].sort((a, b) => a.length - b.length),
    (xs) => `[...${xs}].sort((a, b) => a.length - b.length)`,
  ),
  operator(
    'by length, longest first',
    ['string[]'],
    'string[]',
    (xs) => [...xs].sort((a, b) => b.length - a.length),
    (xs) => `[...${xs}].sort((a, b) => b.length - a.length)`,
  ),
  operator(
    'has member',
    ['string[]', 'string'],
    'boolean',
    (xs, x) => xs.includes(x),
    (xs, x) => `${xs}.includes(${x})`,
  ),
];
