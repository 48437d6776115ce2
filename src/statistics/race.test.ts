import { describe, expect, it } from 'vitest';
import { createRandom } from '../protocol/index.ts';
import { gainEvidence, raceVerdict } from './race.ts';
import type { Pairing } from './score.ts';

/** Rounds of four families each, whose chances lie around those given. */
function rounds(seed: number, count: number, child: number, parent: number): Pairing[][] {
  const random = createRandom(`race/${seed}`);
  return Array.from({ length: count }, () =>
    [-0.2, -0.1, 0.1, 0.2].map((shift) => ({
      challenger: Number(random.chance(child + shift)),
      incumbent: Number(random.chance(parent + shift)),
    })),
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
    const [won, lost] = [
      { challenger: 1, incumbent: 0 },
      { challenger: 0, incumbent: 1 },
    ];
    const traded = Array.from({ length: 30 }, () => [won, won, lost, lost]);
    expect(raceVerdict(traded)).not.toBe('better');
    expect(gainEvidence(traded.flat())).toBeLessThan(1);
  });

  it('never calls a child better by the rewards that are missing, its own or its parent’s', () => {
    const kept = { challenger: 1, incumbent: 1 };
    for (const missing of [
      { challenger: null, incumbent: 0 },
      { challenger: 1, incumbent: null },
    ]) {
      const race = Array.from({ length: 50 }, () => [missing, kept]);
      expect(raceVerdict(race)).toBe('undecided');
      expect(gainEvidence(race.flat())).toBeLessThanOrEqual(1);
    }
  });

  it('still decides where rewards are missing, if it is decided whatever they were', () => {
    const gained = Array.from({ length: 20 }, (_, at) => [
      { challenger: 1, incumbent: 0 },
      { challenger: 1, incumbent: 0 },
      { challenger: 1, incumbent: at % 5 === 0 ? null : 0 },
      { challenger: at % 5 === 1 ? null : 1, incumbent: 0 },
    ]);
    expect(raceVerdict(gained)).toBe('better');
    const swapped = gained.map((round) =>
      round.map(({ challenger, incumbent }) => ({ challenger: incumbent, incumbent: challenger })),
    );
    expect(raceVerdict(swapped)).toBe('not-better');
  });
});
