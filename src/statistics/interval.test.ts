import { describe, expect, it } from 'vitest';
import { createRandom } from '../protocol/index.ts';
import { clusteredInterval, interval } from './interval.ts';

describe('clusteredInterval', () => {
  it('covers the true mean about 95 times in 100', () => {
    let covered = 0;
    for (let seed = 0; seed < 500; seed++) {
      const random = createRandom(`coverage/${seed}`);
      const { low, high } = interval(Array.from({ length: 60 }, () => Number(random.chance(0.4))));
      if (low <= 0.4 && 0.4 <= high) covered++;
    }
    expect(covered / 500).toBeGreaterThan(0.91);
  });

  it('is wider where repeats of a task agree with each other', () => {
    const sample = Array.from({ length: 40 }, (_, index) => ({
      value: Math.floor(index / 4) % 2,
      cluster: `${Math.floor(index / 4)}`,
    }));
    const loose = clusteredInterval(sample.map((member, index) => ({ ...member, cluster: String(index) })));
    const tight = clusteredInterval(sample);
    expect(tight.high - tight.low).toBeGreaterThan(1.5 * (loose.high - loose.low));
  });

  it('claims nothing from a single cluster', () => {
    expect(clusteredInterval([{ value: 1, cluster: 'a' }])).toEqual({ mean: 1, low: 0, high: 1, n: 1 });
  });
});
