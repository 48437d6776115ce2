import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gainOf, isAhead, scoreOf } from './score.ts';

const reward = fc.constantFrom(0, 0.5, 1, null);
const known = (value: number | null): number => value ?? 0;
const outcomes = (rewards: readonly (number | null)[]) =>
  rewards.map((each, at) => ({ reward: each, cluster: String(at) }));

describe('a score', () => {
  it('counts a missing reward as 0, and spans from what is least to what is most', () => {
    const { mean, low, high, n, missing } = scoreOf(
      outcomes([...Array<number>(12).fill(1), ...Array<null>(12).fill(null)]),
    );
    expect({ mean, n, missing }).toEqual({ mean: 0.5, n: 24, missing: 12 });
    expect(low).toBe(scoreOf(outcomes([...Array<number>(12).fill(1), ...Array<number>(12).fill(0)])).low);
    expect(high).toBe(1);
  });

  it('is the plain interval where no reward is missing', () => {
    const score = scoreOf(outcomes([1, 0, 1, 1]));
    expect(score).toMatchObject({ mean: 0.75, n: 4, missing: 0 });
    expect(scoreOf([])).toMatchObject({ mean: Number.NaN, low: 0, high: 1, n: 0, missing: 0 });
  });

  it('is never helped by a missing reward, whatever the reward would have been', () => {
    fc.assert(
      fc.property(
        fc.array(reward, { minLength: 1 }),
        fc.nat(),
        fc.constantFrom(0, 0.5, 1),
        (rewards, at, truth) => {
          const place = at % rewards.length;
          const erased = scoreOf(outcomes(rewards.with(place, null)));
          const played = scoreOf(outcomes(rewards.with(place, truth)));
          expect(erased.mean).toBeLessThanOrEqual(played.mean);
          expect(erased.missing).toBe(rewards.with(place, null).filter((each) => each === null).length);
        },
      ),
    );
  });

  it('lies within its interval', () => {
    fc.assert(
      fc.property(fc.array(reward, { minLength: 1 }), (rewards) => {
        const { mean, low, high } = scoreOf(outcomes(rewards));
        expect(low).toBeLessThanOrEqual(mean + 1e-9);
        expect(high).toBeGreaterThanOrEqual(mean - 1e-9);
      }),
    );
  });
});

describe('a gain', () => {
  const pairings = fc.array(fc.record({ incumbent: reward, challenger: reward }), { minLength: 1 });

  it('is the difference of the two scores', () => {
    fc.assert(
      fc.property(pairings, (pairs) => {
        const gain = gainOf(pairs.map((pair, at) => ({ ...pair, cluster: String(at) })));
        const scores = (['incumbent', 'challenger'] as const).map((arm) =>
          scoreOf(outcomes(pairs.map((pair) => pair[arm]))),
        );
        expect(gain.mean).toBeCloseTo((scores[1]?.mean ?? 0) - (scores[0]?.mean ?? 0), 9);
      }),
    );
  });

  it('is certain only where it holds whatever missing rewards were', () => {
    const erased = Array.from({ length: 12 }, () => ({ incumbent: 0, challenger: null }));
    const kept = Array.from({ length: 12 }, () => ({ incumbent: 1, challenger: 1 }));
    expect(isAhead([...erased, ...kept])).toBe(false);
    const reversed = erased.map(() => ({ incumbent: null, challenger: 0 }));
    const gain = gainOf([...reversed, ...kept].map((pair, at) => ({ ...pair, cluster: String(at) })));
    expect(gain).toMatchObject({ mean: 0, missing: 12, high: expect.closeTo(0, 9) as number });
    expect(gain.low).toBeLessThan(-0.5);
  });

  it('puts a challenger ahead only if every filling of the missing rewards does', () => {
    fc.assert(
      fc.property(pairings, (pairs) => {
        const worst = pairs.map(({ incumbent, challenger }) => known(challenger) - (incumbent ?? 1));
        expect(isAhead(pairs)).toBe(worst.reduce((sum, each) => sum + each, 0) > 0);
      }),
    );
  });
});
