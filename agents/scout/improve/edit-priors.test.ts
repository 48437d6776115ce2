import { createRandom } from 'lamarck/agent';
import { describe, expect, it } from 'vitest';
import { areaOf, drawModule, readPriors, recordRepair } from './edit-priors.ts';

const FILES = {
  'features/a.ts': 'export const larger = (one: number, two: number) => (one > two ? one : two);\n',
  'features/b.ts': 'export const less = (one: number, two: number) => one < two;\n',
  'scout.ts': 'export const sum = (one: number, two: number) => one + two;\n',
  'empty.ts': 'export type Nothing = never;\n',
};
const PATHS = Object.keys(FILES);
const NONE = readPriors(undefined);
const drawn = (priors = NONE): (string | undefined)[] =>
  Array.from({ length: 300 }, (_, seed) =>
    drawModule(FILES, PATHS, priors, 100, createRandom(`draw ${seed}`)),
  );
const shareOf = (path: string, priors = NONE): number =>
  drawn(priors).filter((one) => one === path).length / 300;

describe('the file to mend first', () => {
  it('is the same for the same seed, one of those that offer edits, and more often one that offers many', () => {
    expect(drawn()).toEqual(drawn());
    expect(new Set(drawn())).toEqual(new Set(PATHS.slice(0, 3)));
    expect(shareOf('features/a.ts')).toBeGreaterThan(shareOf('features/b.ts'));
    expect(drawModule(FILES, ['empty.ts'], NONE, 100, createRandom(1))).toBeUndefined();
    expect(drawModule(FILES, [], NONE, 100, createRandom(1))).toBeUndefined();
  });

  it('is of a part of the code where repairs were better, rather than where they came to nothing', () => {
    const better = recordRepair(NONE, 'scout.ts', true);
    expect(shareOf('scout.ts', better)).toBeGreaterThan(shareOf('scout.ts') + 0.1);
    let vain = NONE;
    for (let time = 0; time < 8; time++) vain = recordRepair(vain, 'features/a.ts', false);
    expect(shareOf('features/b.ts', vain)).toBeLessThan(shareOf('features/b.ts'));
    expect(shareOf('features/b.ts', vain)).toBeGreaterThan(0);
  });

  it('is told by what was counted by folder', () => {
    const priors = [
      { path: 'features/a.ts', isBetter: true },
      { path: 'features/b.ts', isBetter: false },
      { path: 'scout.ts', isBetter: false },
    ].reduce((sum, { path, isBetter }) => recordRepair(sum, path, isBetter), readPriors('{"failures":2}'));
    expect(priors).toEqual({
      failures: 2,
      areas: { features: { tried: 2, earned: 1 }, 'scout.ts': { tried: 1, earned: 0 } },
    });
    expect(areaOf('improve/deep/a.ts')).toBe('improve/deep');
  });
});
