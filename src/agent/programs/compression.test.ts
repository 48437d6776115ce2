import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { abstracted, findAbstraction, HOLE, holesOf } from './compression.ts';
import type { Term } from './expression.ts';

const term = (operator: string, type: string, ...args: Term[]): Term => ({ operator, type, arguments: args });
const xs = term('argument 1', 'list');
const two = term('two', 'number');
const three = term('three', 'number');
const times = (factor: Term): Term => term('times', 'change', factor);
const map = (list: Term, change: Term): Term => term('map', 'list', list, change);
const sum = (list: Term): Term => term('sum', 'number', list);
const isClosed = ({ operator }: Term): boolean => operator !== 'argument 1';

const write = ({ operator, arguments: args }: Term): string =>
  args.length === 0 ? operator : `${operator}(${args.map(write).join(', ')})`;
const sizeOf = ({ arguments: args }: Term): number => args.reduce((size, one) => size + sizeOf(one), 1);

const programs = fc.array(
  fc.letrec<{ list: Term; number: Term }>((tie) => ({
    list: fc.oneof(
      { depthSize: 'small' },
      fc.constant(xs),
      fc.tuple(tie('list'), fc.constantFrom(two, three)).map(([list, factor]) => map(list, times(factor))),
      tie('list').map((list) => term('reverse', 'list', list)),
    ),
    number: tie('list').map(sum),
  })).number,
  { minLength: 1, maxLength: 8 },
);

describe('findAbstraction', () => {
  it('finds the piece that shortens the programs most, with holes where they differ', () => {
    const corpus = [
      sum(map(xs, times(two))),
      sum(map(term('reverse', 'list', xs), times(three))),
      sum(map(xs, times(two))),
    ];
    const found = findAbstraction(corpus, isClosed);
    expect(found && write(found.body)).toBe(`sum(map(${HOLE}, times(${HOLE})))`);
    expect(found).toMatchObject({ uses: 3, utility: 3 * (3 - 1) - 3 });
    expect(found && holesOf(found.body)).toEqual(['list', 'number']);
  });

  it('keeps constants in a piece where they are always the same, and never what differs from task to task', () => {
    const corpus = [sum(map(xs, times(two))), map(map(xs, times(two)), times(two)), map(xs, times(two))];
    const found = findAbstraction(corpus, isClosed);
    expect(found && write(found.body)).toBe(`map(${HOLE}, times(two))`);
  });

  it('finds nothing where nothing comes back often enough', () => {
    expect(findAbstraction([sum(xs), map(xs, times(two))], isClosed)).toBeUndefined();
  });

  it('makes programs shorter, and none longer', () => {
    fc.assert(
      fc.property(programs, (corpus) => {
        const found = findAbstraction(corpus, isClosed);
        if (found === undefined) return;
        const rewritten = corpus.map((program) => abstracted(program, found.body, 'helper'));
        const [before, after] = [corpus, rewritten].map((all) => all.map(sizeOf));
        expect(after?.every((size, at) => size <= (before?.[at] as number))).toBe(true);
        expect(after).not.toEqual(before);
      }),
    );
  });
});

describe('abstracted', () => {
  it('says the same once the helper is put back', () => {
    fc.assert(
      fc.property(programs, (corpus) => {
        const found = findAbstraction(corpus, isClosed);
        if (found === undefined) return;
        const restored = (one: Term): Term => {
          const args = one.arguments.map(restored);
          return one.operator === 'helper' ? filled(found.body, args) : { ...one, arguments: args };
        };
        const filled = (body: Term, fillings: Term[]): Term =>
          body.operator === HOLE
            ? (fillings.shift() as Term)
            : { ...body, arguments: body.arguments.map((argument) => filled(argument, fillings)) };
        for (const program of corpus)
          expect(restored(abstracted(program, found.body, 'helper'))).toEqual(program);
      }),
    );
  });
});
