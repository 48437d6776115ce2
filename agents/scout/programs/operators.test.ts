import fc from 'fast-check';
import { renderExpression, type Expression, type Operator } from 'lamarck/agent';
import { describe, expect, it } from 'vitest';
import { operators } from './operators.ts';

const record = fc.record({
  size: fc.integer({ min: -3, max: 9 }),
  'unit price': fc.integer({ min: 0, max: 9 }),
  name: fc.constantFrom('Ada', 'bo', 'Cleo'),
  isOpen: fc.boolean(),
});
const text = fc.constantFrom('', ' a b', 'Otto', "it's (so)", 'x-y-x', '42', 'käse');

/** Values of each type that is not a lambda, as they may stand in a program. */
const VALUES: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  number: fc.integer({ min: -4, max: 130 }),
  string: text,
  boolean: fc.boolean(),
  'number[]': fc.array(fc.integer({ min: -9, max: 20 }), { maxLength: 6 }),
  'string[]': fc.array(text, { maxLength: 5 }),
  record,
  'record[]': fc.array(record, { maxLength: 5 }),
  pair: fc.tuple(fc.integer({ min: -9, max: 9 }), fc.integer({ min: -9, max: 9 })),
  'pair[]': fc.array(fc.tuple(fc.integer({ min: -9, max: 9 }), fc.integer({ min: -9, max: 9 })), {
    maxLength: 5,
  }),
  'number field': fc.constantFrom('size', 'unit price'),
  'string field': fc.constant('name'),
  'boolean field': fc.constant('isOpen'),
};

function literal(value: unknown, type: string): Expression {
  const operator: Operator = {
    name: 'literal',
    parameters: [],
    result: type,
    evaluate: () => undefined,
    render: () => (type === 'number' ? `(${JSON.stringify(value)})` : JSON.stringify(value)),
  };
  return { operator, arguments: [], values: [value] };
}

/** Expressions of a type: literals, and for lambdas every operator that makes one of something else. */
function expressionOf(type: string): fc.Arbitrary<Expression> {
  const values = VALUES[type];
  if (values !== undefined) return values.map((value) => literal(value, type));
  const made = operators.filter(({ result, parameters }) => result === type && !parameters.includes(type));
  return fc.oneof(...made.map(applied));
}

function applied(operator: Operator): fc.Arbitrary<Expression> {
  return fc.tuple(...operator.parameters.map(expressionOf)).map((args) => ({
    operator,
    arguments: args,
    values: [
      (operator.evaluate as (...values: unknown[]) => unknown)(...args.map((argument) => argument.values[0])),
    ],
  }));
}

const valued = operators.filter(({ result }) => !result.includes('=>'));
const lambdas = operators.filter(({ result }) => result.includes('=>'));

describe('operators', () => {
  it('have a name for each signature', () => {
    const names = operators.map(
      ({ name, parameters, result }) => `${name}: ${parameters.join(', ')} → ${result}`,
    );
    expect(new Set(names).size).toBe(names.length);
    expect(operators.length).toBeGreaterThan(60);
  });

  it.each(
    valued.map((operator) => [`${operator.name} (${operator.parameters.join(', ')})`, operator] as const),
  )('%s: the source gives what the operator gives', (_, operator) => {
    fc.assert(
      fc.property(applied(operator), (expression) => {
        const [value] = expression.values;
        fc.pre(isPlain(value));
        const run = new Function(`return ${String(renderExpression(expression))}`) as () => unknown;
        expect(plain(run())).toEqual(plain(value));
      }),
      { numRuns: 60 },
    );
  });

  it.each(lambdas.map((operator) => [`${operator.name} → ${operator.result}`, operator] as const))(
    '%s: the body gives what the lambda gives',
    (_, operator) => {
      const argument = VALUES[operator.result.split('=>')[0] as string] as fc.Arbitrary<unknown>;
      fc.assert(
        fc.property(applied(operator), argument, (expression, it) => {
          const value = (expression.values[0] as (it: unknown) => unknown)(it);
          fc.pre(isPlain(value));
          const body = (renderExpression(expression) as (argument: string) => string)('it');
          expect(plain((new Function('it', `return ${body}`) as (it: unknown) => unknown)(it))).toEqual(
            plain(value),
          );
        }),
        { numRuns: 60 },
      );
    },
  );
});

/** What a program may give at all: the search drops everything else. */
function isPlain(value: unknown): boolean {
  if (typeof value === 'number') return Number.isFinite(value);
  if (Array.isArray(value)) return value.every(isPlain);
  return value !== undefined && value !== null;
}

/** As it crosses to the verifier: −0 is 0. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}
