import { describe, expect, it } from 'vitest';
import { generatorOf, instanceSeeds } from './instances.ts';
import { splitOf, splitSeed } from './splits.ts';

const instances = Array.from({ length: 20 }, (_, at) => ({ instruction: `Do ${at}.`, params: { at } }));
const drawn = (split: 'train' | 'dev' | 'sealed', of = instances, run = 1): string[] => {
  const generate = generatorOf('fixed/all', of);
  return Array.from(
    { length: of.length },
    (_, at) => generate({ seed: splitSeed(split, run, at) }).instruction,
  );
};

describe('fixed instances', () => {
  it('belong to one split each, whatever the run', () => {
    const [train, dev, sealed] = (['train', 'dev', 'sealed'] as const).map(
      (split) => new Set([...drawn(split), ...drawn(split, instances, 2)]),
    );
    expect([train?.size, dev?.size, sealed?.size]).toEqual([10, 4, 6]);
    expect(new Set([...(train ?? []), ...(dev ?? []), ...(sealed ?? [])]).size).toBe(20);
  });

  it('come in turn, in an order that is not that of the list', () => {
    expect(new Set(drawn('sealed').slice(0, 6)).size).toBe(6);
    expect(drawn('train', instances.toReversed())).toEqual(drawn('train'));
  });

  it('give each split one, where there are three', () => {
    const few = instances.slice(0, 3);
    const all = (['train', 'dev', 'sealed'] as const).flatMap((split) => drawn(split, few));
    expect(new Set(all).size).toBe(3);
  });

  it.each([3, 5, 20])('have a seed each, the splits in turn (%i)', (count) => {
    const generate = generatorOf('fixed/some', instances.slice(0, count));
    const seeds = instanceSeeds(count);
    expect(seeds).toHaveLength(count);
    expect(new Set(seeds.map((seed) => generate({ seed }).instruction)).size).toBe(count);
    expect(seeds.slice(0, 3).map(splitOf)).toEqual(['train', 'dev', 'sealed']);
  });

  it('are refused where there are fewer', () => {
    expect(() => generatorOf('fixed/few', instances.slice(0, 2))).toThrow('"fixed/few" has 2 instances');
  });
});
