import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keptOut } from './folds.ts';

describe('keptOut', () => {
  it('keeps out every family once over as many seeds as there are folds', () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j'];
    const all = [0, 1, 2, 3, 4].flatMap((seed) => keptOut(names, 5, seed));
    expect(all.toSorted()).toEqual(names);
  });

  it('keeps out a fold and never all', () => {
    fc.assert(
      fc.property(fc.nat(30), fc.integer({ min: 2, max: 12 }), fc.nat(1000), (count, folds, seed) => {
        const names = Array.from({ length: count }, (_, at) => `family-${at}`);
        expect(keptOut(names, folds, seed)).toHaveLength(Math.floor(count / folds));
      }),
    );
  });

  it('keeps out none where there is nothing to spare', () => {
    expect(keptOut(['a', 'b'], 5, 1)).toEqual([]);
    expect(keptOut(['a', 'b'], 0, 1)).toEqual([]);
  });
});
