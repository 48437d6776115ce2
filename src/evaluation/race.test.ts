import { describe, expect, it } from 'vitest';
import { createRandom } from '../protocol/index.ts';
import { raceVerdict } from './race.ts';

function differences(seed: number, count: number, child: number, parent: number): number[] {
  const random = createRandom(`race/${seed}`);
  return Array.from({ length: count }, () => Number(random.chance(child)) - Number(random.chance(parent)));
}

describe('raceVerdict', () => {
  it('knows nothing of an empty race', () => {
    expect(raceVerdict([])).toBe('undecided');
  });

  it('finds a large gain within 48 pairs', () => {
    const found = Array.from({ length: 100 }, (_, seed) => raceVerdict(differences(seed, 48, 0.8, 0.2)));
    expect(found.filter((verdict) => verdict === 'better').length).toBeGreaterThan(95);
  });

  it('calls equal agents better in at most 5 % of races, though it looks after every pair', () => {
    const found = Array.from({ length: 1000 }, (_, seed) => raceVerdict(differences(seed, 200, 0.4, 0.4)));
    expect(found.filter((verdict) => verdict === 'better').length).toBeLessThanOrEqual(50);
  });

  it('gives a worse child up', () => {
    const found = Array.from({ length: 100 }, (_, seed) => raceVerdict(differences(seed, 100, 0.2, 0.6)));
    expect(found.filter((verdict) => verdict === 'not-better').length).toBeGreaterThan(95);
  });
});
