import { describe, expect, it } from 'vitest';
import { createRandom } from '../protocol/index.ts';
import { gainEvidence, raceVerdict } from './race.ts';

/** Rounds of four families each, whose chances lie around those given. */
function rounds(seed: number, count: number, child: number, parent: number): number[][] {
  const random = createRandom(`race/${seed}`);
  return Array.from({ length: count }, () =>
    [-0.2, -0.1, 0.1, 0.2].map(
      (shift) => Number(random.chance(child + shift)) - Number(random.chance(parent + shift)),
    ),
  );
}

describe('raceVerdict', () => {
  it('knows nothing of an empty race', () => {
    expect(raceVerdict([])).toBe('undecided');
  });

  it('finds a large gain within 12 rounds', () => {
    const found = Array.from({ length: 100 }, (_, seed) => raceVerdict(rounds(seed, 12, 0.8, 0.2)));
    expect(found.filter((verdict) => verdict === 'better').length).toBeGreaterThan(95);
  });

  it('calls equal agents better in at most 5 % of races, though it looks after every round', () => {
    const found = Array.from({ length: 1000 }, (_, seed) => raceVerdict(rounds(seed, 50, 0.4, 0.4)));
    expect(found.filter((verdict) => verdict === 'better').length).toBeLessThanOrEqual(50);
  });

  it('gives a worse child up', () => {
    const found = Array.from({ length: 100 }, (_, seed) => raceVerdict(rounds(seed, 25, 0.3, 0.7)));
    expect(found.filter((verdict) => verdict === 'not-better').length).toBeGreaterThan(95);
  });

  it('is not taken in by a family that is always won first and another that is always lost after it', () => {
    const traded = Array.from({ length: 30 }, () => [1, 1, -1, -1]);
    expect(raceVerdict(traded)).not.toBe('better');
    expect(gainEvidence(traded.flat())).toBeLessThan(1);
  });
});
