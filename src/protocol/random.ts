import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** A seeded source of randomness. Equal seeds give equal draws, on every machine. */
export interface Random {
  /** A whole number, both ends included. */
  int(low: number, high: number): number;
  /** A real number in [0, 1). */
  real(): number;
  /** True with probability `p` (default one half). */
  chance(p?: number): boolean;
  /** One member; throws a RangeError if there is none. */
  pick<T>(from: readonly T[]): T;
  /** `count` different members in random order (all of them if there are fewer). */
  sample<T>(from: readonly T[], count: number): T[];
  /** A copy in random order. */
  shuffle<T>(from: readonly T[]): T[];
  /** An independent source named by `label`: drawing from it does not disturb this one. */
  fork(label: string | number): Random;
}

/** 32-bit FNV-1a with a final avalanche: spreads a text over the seeds of the generator. */
function hash32(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) | 0;
}

/**
 * A random source from a seed (a text or a number).
 *
 * @example
 * const random = createRandom('night/7');
 * random.int(1, 6); // the same number for everyone
 */
export function createRandom(seed: string | number): Random {
  const name = String(seed);
  const generator = xoroshiro128plus(hash32(name));
  const random: Random = {
    int: (low, high) => uniformInt(generator, low, high),
    real: () => uniformFloat64(generator),
    chance: (p = 0.5) => uniformFloat64(generator) < p,
    pick: (from) => {
      if (from.length === 0) throw new RangeError('There is nothing to pick from.');
      return from[uniformInt(generator, 0, from.length - 1)] as never;
    },
    sample: (from, count) => random.shuffle(from).slice(0, count),
    shuffle: (from) => {
      const copy = [...from];
      for (let last = copy.length - 1; last > 0; last--) {
        const other = uniformInt(generator, 0, last);
        [copy[last], copy[other]] = [copy[other] as never, copy[last] as never];
      }
      return copy;
    },
    fork: (label) => createRandom(`${name}/${label}`),
  };
  return random;
}
