import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../protocol/index.ts';
import { linearScore, sampleIndex, softmax } from './softmax.ts';

describe('softmax', () => {
  it('gives probabilities whose logarithms differ as the scores do', () => {
    expect(softmax([0, Math.log(3)])[1]).toBeCloseTo(0.75, 12);
  });

  it('sums to 1 whatever the scores, and does not move when all of them shift', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -800, max: 800, noNaN: true }), { minLength: 1, maxLength: 9 }),
        (scores) => {
          const chances = softmax(scores);
          expect(chances.reduce((sum, chance) => sum + chance, 0)).toBeCloseTo(1, 9);
          softmax(scores.map((score) => score + 5)).forEach((chance, at) =>
            expect(chance).toBeCloseTo(chances[at] as number, 6),
          );
        },
      ),
    );
  });

  it('leaves nearly everything to the best candidate when cold', () => {
    expect(softmax([1, 2, 0], 0.1)[1]).toBeGreaterThan(0.999);
  });
});

describe('sampleIndex', () => {
  it('draws as often as the probabilities say, equally for equal seeds', () => {
    const draw = () => {
      const random = createRandom('draws');
      return Array.from({ length: 4000 }, () => sampleIndex([0.1, 0.6, 0.3], random));
    };
    const draws = draw();
    expect(draws.filter((index) => index === 1).length / draws.length).toBeCloseTo(0.6, 1);
    expect(draw()).toEqual(draws);
  });

  it('refuses to choose from nothing', () => {
    expect(() => sampleIndex([], createRandom(1))).toThrow(RangeError);
  });
});

describe('linearScore', () => {
  it('counts what is absent on either side as 0', () => {
    expect(linearScore({ a: 2, b: 1 }, { a: 3, c: 9 })).toBe(6);
  });
});
