/** Numbers side by side: two lists member by member, each with the one before, each with its place; and what is made of them. */
import { filterSource, mapOperator } from './lists.ts';
import { lambda, operator, type Pair } from './typed.ts';

export const pairOperators = [
  operator(
    'pair up',
    ['number[]', 'number[]'],
    'pair[]',
    (xs, ys) => (xs.length === ys.length ? xs.map((x, at) => [x, ys[at] as number] as const) : undefined),
    (xs, ys) => `${xs}.map((it, at) => [it, ${ys}[at]])`,
  ),
  operator(
    'pair with the one before',
    ['number[]'],
    'pair[]',
    (xs) => xs.slice(1).map((x, at) => [x, xs[at] as number] as const),
    (xs) => `${xs}.map((it, at, all) => [it, all[at - 1]]).slice(1)`,
  ),
  operator(
    'pair with its place',
    ['number[]'],
    'pair[]',
    (xs) => xs.map((x, at) => [x, at + 1] as const),
    (xs) => `${xs}.map((it, at) => [it, at + 1])`,
  ),
  operator(
    'all of them',
    ['pair[]'],
    'number[]',
    (xs) => xs.flat(),
    (xs) => `${xs}.flat()`,
  ),
  mapOperator('pair', 'number'),
  {
    name: 'filter',
    parameters: ['pair[]', 'pair=>boolean'],
    result: 'pair[]',
    evaluate: (xs: readonly Pair[], keep: (x: Pair) => boolean) => xs.filter((x) => keep(x)),
    render: filterSource,
  },
  operator(
    'running',
    ['number[]', 'pair=>number'],
    'number[]',
    (xs, merge) =>
      xs.reduce<number[]>((ys, x, at) => [...ys, at === 0 ? x : merge([ys[at - 1] as number, x])], []),
    (xs, merge) =>
      `${xs}.reduce((all, one, at) => [...all, at === 0 ? one : (${lambda(merge)})([all[at - 1], one])], [])`,
  ),
  operator(
    'one',
    [],
    'pair=>number',
    () => one,
    () => (x) => `${x}[0]`,
  ),
  operator(
    'sum of both',
    [],
    'pair=>number',
    () => sum,
    () => (x) => `(${x}[0] + ${x}[1])`,
  ),
  operator(
    'difference of both',
    [],
    'pair=>number',
    () => difference,
    () => (x) => `(${x}[0] - ${x}[1])`,
  ),
  operator(
    'product of both',
    [],
    'pair=>number',
    () => product,
    () => (x) => `(${x}[0] * ${x}[1])`,
  ),
  operator(
    'larger of both',
    [],
    'pair=>number',
    () => larger,
    () => (x) => `Math.max(...${x})`,
  ),
  operator(
    'smaller of both',
    [],
    'pair=>number',
    () => smaller,
    () => (x) => `Math.min(...${x})`,
  ),
  operator(
    'one is greater',
    [],
    'pair=>boolean',
    () => isGreater,
    () => (x) => `(${x}[0] > ${x}[1])`,
  ),
];

// These functions are defined once, outside of the operators, so that an operator gives the identical function for
// every example.
const one = ([a]: Pair) => a;
const sum = ([a, b]: Pair) => a + b;
const difference = ([a, b]: Pair) => a - b;
const product = ([a, b]: Pair) => a * b;
const larger = ([a, b]: Pair) => Math.max(a, b);
const smaller = ([a, b]: Pair) => Math.min(a, b);
const isGreater = ([a, b]: Pair) => a > b;
