import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { align, commonSubsequence, runsOf } from './alignment.ts';

const keys = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 8 });

describe('runsOf', () => {
  it('takes equal neighbours together where asked to', () => {
    expect(runsOf(['a', 'b', 'b', 'a'], true)).toEqual([
      { key: 'a', places: [0] },
      { key: 'b', places: [1, 2] },
      { key: 'a', places: [3] },
    ]);
    expect(runsOf(['b', 'b'], false).map(({ places }) => places)).toEqual([[0], [1]]);
  });
});

describe('align', () => {
  it('puts what is common into one column, and what is not into its own', () => {
    const columns = align(['xaby', 'xby', 'xacy'].map((text) => runsOf([...text], true)));
    expect(columns.map(({ key }) => key).join('')).toBe('xabcy');
    expect(columns.map(({ places }) => places.map(({ length }) => length).join(''))).toEqual([
      '111',
      '101',
      '110',
      '001',
      '111',
    ]);
  });

  it('holds every sequence, in its own order', () => {
    fc.assert(
      fc.property(fc.array(keys, { maxLength: 5 }), fc.boolean(), (sequences, isCollapsed) => {
        const columns = align(sequences.map((sequence) => runsOf(sequence, isCollapsed)));
        sequences.forEach((sequence, row) => {
          const own = columns.flatMap(({ key, places }) =>
            (places[row] ?? []).map((place) => ({ key, place })),
          );
          expect(own.map(({ place }) => place)).toEqual(sequence.map((_, at) => at));
          expect(own.map(({ key }) => key)).toEqual(sequence);
        });
      }),
    );
  });
});

describe('commonSubsequence', () => {
  it('is as long as any that both hold', () => {
    const isHeld = (part: readonly string[], whole: readonly string[]) => {
      let at = 0;
      for (const one of whole) if (one === part[at]) at++;
      return at === part.length;
    };
    fc.assert(
      fc.property(keys, keys, fc.subarray([0, 1, 2, 3, 4, 5, 6, 7]), (left, right, chosen) => {
        const common = commonSubsequence(left, right);
        expect(isHeld(common, left) && isHeld(common, right)).toBe(true);
        const other = chosen.flatMap((at) => left[at] ?? []);
        if (isHeld(other, right)) expect(common.length).toBeGreaterThanOrEqual(other.length);
      }),
    );
  });
});
