import { createRandom, type EditKind, type SourceEdit } from 'lamarck/agent';
import { describe, expect, it } from 'vitest';
import { areaOf, drawEdits, readPriors, recordEdit } from './edit-priors.ts';

const edit = (kind: EditKind, path: string, start = 0): SourceEdit => ({
  path,
  kind,
  start,
  end: start,
  replacement: 'x',
  description: `${path}:${start} ${kind}`,
});
/** A hundred numbers, four operators. */
const EDITS = [
  ...Array.from({ length: 100 }, (_, at) => edit('number', 'features/a.ts', at)),
  ...Array.from({ length: 4 }, (_, at) => edit('operator', 'scout.ts', at)),
];
const draw = (priors = readPriors(undefined), count = 1, seed: string | number = 1) =>
  drawEdits(EDITS, priors, count, createRandom(`draw ${seed}`));
const shareOfOperators = (priors = readPriors(undefined)) =>
  Array.from({ length: 600 }, (_, seed) => draw(priors, 1, seed)[0]).filter((one) => one?.kind === 'operator')
    .length / 600;

describe('edits to try first', () => {
  it('are different ones, the same for the same seed, and no more than there are', () => {
    const drawn = draw(undefined, 50);
    expect(new Set(drawn).size).toBe(50);
    expect(draw(undefined, 50)).toEqual(drawn);
    expect(new Set(draw(undefined, 1000)).size).toBe(EDITS.length);
  });

  it('are of each kind alike at first, however many there are of it', () => {
    expect(shareOfOperators()).toBeGreaterThan(0.43);
    expect(shareOfOperators()).toBeLessThan(0.57);
  });

  it('are of the kinds and areas that have earned something, rather than of those that were tried in vain', () => {
    const earned = recordEdit(readPriors(undefined), edit('operator', 'scout.ts'), 0.5);
    expect(shareOfOperators(earned)).toBeGreaterThan(0.7);
    let vain = readPriors(undefined);
    for (let time = 0; time < 8; time++) vain = recordEdit(vain, edit('operator', 'scout.ts'), -1);
    expect(shareOfOperators(vain)).toBeLessThan(0.3);
    expect(shareOfOperators(vain)).toBeGreaterThan(0);
  });

  it('are counted by kind and by folder', () => {
    const priors = [
      { one: edit('number', 'features/a.ts'), earned: 0.25 },
      { one: edit('number', 'features/b.ts'), earned: -0.5 },
      { one: edit('call', 'scout.ts'), earned: 0 },
    ].reduce((sum, { one, earned }) => recordEdit(sum, one, earned), readPriors('{"failures":2}'));
    expect(priors).toEqual({
      failures: 2,
      kinds: { number: { tried: 2, earned: 0.25 }, call: { tried: 1, earned: 0 } },
      areas: { features: { tried: 2, earned: 0.25 }, 'scout.ts': { tried: 1, earned: 0 } },
    });
    expect(areaOf('improve/deep/a.ts')).toBe('improve/deep');
  });
});
