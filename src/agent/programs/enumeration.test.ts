import { describe, expect, it } from 'vitest';
import { enumerate, type Leaf, type ProgramSearch } from './enumeration.ts';
import { renderExpression, termOf, type Operator, type Term } from './expression.ts';

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

const uniform: ProgramSearch['costsAt'] = (_place, fillers) => fillers.map(() => 1);

function search(changes: Partial<ProgramSearch>): ProgramSearch {
  return {
    leaves: [leaf('n', 'number', [2, 5, 0]), leaf('one', 'number', [1, 1, 1])],
    operators: [add, inverse],
    costsAt: uniform,
    goal: { type: 'number', values: [5, 11, 1] },
    probes: { number: [0, 1, 7] },
    candidates: 1000,
    ...changes,
  };
}

const namesIn = ({ operator, arguments: args }: Term): string[] => [operator, ...args.flatMap(namesIn)];

describe('enumerate', () => {
  it('finds an expression with the wanted value on every example', () => {
    const { expression } = enumerate(search({}));
    const source = String(expression && renderExpression(expression));
    const run = new Function('n', 'one', `return ${source}`) as (n: number, one: number) => number;
    expect([2, 5, 0].map((n) => run(n, 1))).toEqual([5, 11, 1]);
    expect(expression && namesIn(termOf(expression)).sort()).toEqual(['add', 'add', 'n', 'n', 'one']);
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
    const learned = enumerate(
      search({ costsAt: (_, fillers) => fillers.map(({ name }) => (name === 'inverse' ? 9 : 1)) }),
    );
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

  describe('where a cost depends on the place', () => {
    const subtract: Operator = {
      name: 'subtract',
      parameters: ['number', 'number'],
      result: 'number',
      evaluate: (a: number, b: number) => a - b,
      render: (a: string, b: string) => `(${a} - ${b})`,
    };
    /** What an expression costs by a table that knows operator, parent and argument. */
    const costOf = (name: string, parent: string | undefined, argument: number): number =>
      1 + ((name.length * 7 + (parent?.length ?? 3) * 5 + argument * 3 + name.charCodeAt(0)) % 6);
    const costsAt: ProgramSearch['costsAt'] = (place, fillers) =>
      fillers.map(({ name }) => costOf(name, place?.parent.name, place?.argument ?? 0));
    const totalOf = ({ operator, arguments: args }: Term, parent?: string, argument = 0): number =>
      costOf(operator, parent, argument) +
      args.reduce((sum, term, index) => sum + totalOf(term, operator, index), 0);

    const leaves = [leaf('n', 'number', [2, 5]), leaf('one', 'number', [1, 1])];

    /** Every expression of so many operators, by brute force. */
    const all = (nodes: number): Term[] =>
      nodes === 0
        ? leaves.map(({ operator }) => ({ operator: operator.name, type: 'number', arguments: [] }))
        : ['add', 'subtract'].flatMap((operator) =>
            Array.from({ length: nodes }, (_, left) => left).flatMap((left) =>
              all(left).flatMap((one) =>
                all(nodes - 1 - left).map((other) => ({ operator, type: 'number', arguments: [one, other] })),
              ),
            ),
          );
    const valueOf = (term: Term, n: number): number => {
      if (term.arguments.length === 0) return term.operator === 'n' ? n : 1;
      const [one, other] = term.arguments.map((argument) => valueOf(argument, n)) as [number, number];
      return term.operator === 'add' ? one + other : one - other;
    };

    it.each([
      ['n + n', [4, 10]],
      ['n + 2', [4, 7]],
      ['2n + 1', [5, 11]],
      ['n - 3', [-1, 2]],
      ['3 - n', [1, -2]],
      ['2n - 2', [2, 8]],
    ])('%s is found as the cheapest expression there is, apart from its outermost operator', (_, goal) => {
      const { expression } = enumerate(
        search({
          leaves,
          operators: [add, subtract],
          costsAt,
          goal: { type: 'number', values: goal },
          candidates: 1e5,
        }),
      );
      const term = termOf(expression as NonNullable<typeof expression>);
      // While it is built an outermost operator counts for the least it costs at any place.
      const least = (name: string): number =>
        Math.min(
          costOf(name, undefined, 0),
          ...['add', 'subtract'].flatMap((parent) =>
            [0, 1].map((argument) => costOf(name, parent, argument)),
          ),
        );
      const built = (one: Term): number =>
        totalOf(one) - costOf(one.operator, undefined, 0) + least(one.operator);
      const fitting = [0, 1, 2, 3, 4]
        .flatMap(all)
        .filter((one) => [2, 5].every((n, at) => valueOf(one, n) === goal[at]));
      expect(fitting.length).toBeGreaterThan(1);
      expect(built(term)).toBe(Math.min(...fitting.map(built)));
    });
  });
});
