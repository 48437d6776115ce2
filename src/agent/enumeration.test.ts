import { describe, expect, it } from 'vitest';
import {
  enumerate,
  operatorsIn,
  renderExpression,
  type Leaf,
  type Operator,
  type Search,
} from './enumeration.ts';

const add: Operator = {
  name: 'add',
  parameters: ['number', 'number'],
  result: 'number',
  evaluate: (a: number, b: number) => a + b,
  render: (a: string, b: string) => `(${a} + ${b})`,
};
const inverse: Operator = {
  name: 'inverse',
  parameters: ['number'],
  result: 'number',
  evaluate: (a: number) => 1 / a,
  render: (a: string) => `(1 / ${a})`,
};
const times: Operator = {
  name: 'times',
  parameters: ['number'],
  result: 'number=>number',
  evaluate: (c: number) => (x: number) => x * c,
  render: (c: string) => (x: string) => `${x} * ${c}`,
};
const map: Operator = {
  name: 'map',
  parameters: ['number[]', 'number=>number'],
  result: 'number[]',
  evaluate: (xs: readonly number[], change: (x: number) => number) => xs.map((x) => change(x)),
  render: (xs: string, change: (x: string) => string) => `${xs}.map((it) => ${change('it')})`,
};

function leaf(name: string, type: string, values: readonly unknown[]): Leaf {
  return {
    operator: { name, parameters: [], result: type, evaluate: () => undefined, render: () => name },
    values,
  };
}

function search(changes: Partial<Search>): Search {
  return {
    leaves: [leaf('n', 'number', [2, 5, 0]), leaf('one', 'number', [1, 1, 1])],
    operators: [add, inverse],
    costOf: () => 1,
    goal: { type: 'number', values: [5, 11, 1] },
    probes: { number: [0, 1, 7] },
    candidates: 1000,
    ...changes,
  };
}

describe('enumerate', () => {
  it('finds an expression with the wanted value on every example', () => {
    const { expression } = enumerate(search({}));
    const source = String(expression && renderExpression(expression));
    const run = new Function('n', 'one', `return ${source}`) as (n: number, one: number) => number;
    expect([2, 5, 0].map((n) => run(n, 1))).toEqual([5, 11, 1]);
    expect(expression && operatorsIn(expression).sort()).toEqual(['add', 'add', 'n', 'n', 'one']);
  });

  it('is the same every time, candidates and all', () => {
    const [one, other] = [enumerate(search({})), enumerate(search({}))];
    expect(one.candidates).toBe(other.candidates);
    expect(one.expression && renderExpression(one.expression)).toBe(
      other.expression && renderExpression(other.expression),
    );
  });

  it('stops when its candidates are spent', () => {
    expect(enumerate(search({ candidates: 5 }))).toEqual({ expression: undefined, candidates: 5 });
  });

  it('reaches with cheap operators what takes longer with dear ones', () => {
    const uniform = enumerate(search({}));
    const learned = enumerate(search({ costOf: ({ name }) => (name === 'inverse' ? 9 : 1) }));
    expect(learned.candidates).toBeLessThan(uniform.candidates);
  });

  it('never builds on a value that JSON cannot hold', () => {
    // 1 / n has no value where n is 0, so nothing with it is kept, though it would fit the other examples.
    const { expression } = enumerate(search({ goal: { type: 'number', values: [0.5, 0.2, null] } }));
    expect(expression).toBeUndefined();
  });

  it('tries lambdas that behave alike once', () => {
    const leaves = [
      leaf('xs', 'number[]', [[1, 2], [3]]),
      leaf('two', 'number', [2, 2]),
      leaf('zwei', 'number', [2, 2]),
    ];
    const goal = { type: 'number[]', values: [[2, 4], [6]] };
    const found = enumerate(search({ leaves, operators: [map, times], goal }));
    expect(found.expression && renderExpression(found.expression)).toBe('xs.map((it) => it * two)');
    const without = enumerate(search({ leaves: leaves.slice(0, 2), operators: [map, times], goal }));
    expect(found.candidates).toBe(without.candidates + 1);
  });
});
