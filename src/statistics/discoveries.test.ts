import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../protocol/index.ts';
import { discoveries } from './discoveries.ts';
import { gainEvidence } from './race.ts';

describe('discoveries', () => {
  it('takes the k largest, where the k-th reaches K / (alpha × k)', () => {
    expect(discoveries([60, 1, 1])).toEqual([true, false, false]);
    expect(discoveries([59, 1, 1])).toEqual([false, false, false]);
    expect(discoveries([31, 1, 31])).toEqual([true, false, true]);
    expect(discoveries([21, 21, 21])).toEqual([true, true, true]);
    expect(discoveries([])).toEqual([]);
  });

  it('finds no fewer where an e-value grows', () => {
    const eValues = fc.array(fc.float({ min: 0, max: 1000, noNaN: true }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(eValues, fc.nat(), fc.float({ min: 1, max: 10, noNaN: true }), (values, at, factor) => {
        const place = at % values.length;
        const grown = values.with(place, (values[place] as number) * factor);
        const count = (list: number[]) => discoveries(list).filter(Boolean).length;
        expect(count(grown)).toBeGreaterThanOrEqual(count(values));
      }),
    );
  });

  it('makes any discovery among ten equal agents in at most 5 % of runs', () => {
    let runs = 0;
    for (let run = 0; run < 400; run++) {
      const random = createRandom(`equal/${run}`);
      const eValues = Array.from({ length: 10 }, () =>
        gainEvidence(
          Array.from({ length: 96 }, () => ({
            challenger: Number(random.chance(0.5)),
            incumbent: Number(random.chance(0.5)),
          })),
        ),
      );
      if (discoveries(eValues).includes(true)) runs++;
    }
    expect(runs / 400).toBeLessThanOrEqual(0.05);
  });
});
