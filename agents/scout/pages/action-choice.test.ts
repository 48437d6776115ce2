import type { Features } from 'lamarck/agent';
import { describe, expect, it } from 'vitest';
import { chancesOf } from './action-choice.ts';

const candidates: Features[] = [{ click: 1 }, { fill: 1 }, { press: 1 }];
const weights = { click: 5 };

describe('chancesOf', () => {
  it('follows the weights, the more strictly the lower the temperature', () => {
    const [warm, cold] = [1, 0.1].map((temperature) => chancesOf({ temperature, weights }, candidates));
    expect(warm?.[0]).toBeCloseTo(Math.exp(5) / (Math.exp(5) + 2), 12);
    expect(cold?.[0]).toBeGreaterThan(warm?.[0] as number);
  });

  it('leaves a share to what was taken least, where it is curious', () => {
    const curiosity = { share: 0.4, taken: { click: 99, fill: 99 } };
    const chances = chancesOf({ temperature: 0.1, weights, curiosity }, candidates);
    expect(chances.reduce((sum, chance) => sum + chance, 0)).toBeCloseTo(1, 12);
    expect(chances[2]).toBeCloseTo((0.4 * 1) / 1.02, 6);
    expect(chances[0]).toBeCloseTo(0.6 + (0.4 * 0.01) / 1.02, 6);
  });

  it('is hardly curious about what repeats itself', () => {
    const curiosity = { share: 1, taken: {} };
    const [again, other] = chancesOf({ temperature: 1, weights: {}, curiosity }, [
      { click: 1, 'repeats itself': 1 },
      { click: 1 },
    ]);
    expect(other).toBeCloseTo(100 * (again as number), 6);
  });
});
