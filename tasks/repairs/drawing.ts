import type { Random } from 'lamarck';

const WORDS =
  'amber birch cedar delta ember fjord grove heron inlet juniper kestrel larch maple nectar otter pebble quartz raven'.split(
    ' ',
  );

/** `least` to `most` members, each drawn anew. */
export function many<T>(
  random: Random,
  draw: (random: Random) => T,
  [least, most]: readonly [number, number] = [0, 7],
): T[] {
  return Array.from({ length: random.int(least, most) }, () => draw(random));
}

export function number(random: Random, low = -9, high = 20): number {
  return random.int(low, high);
}

export function numbers(random: Random, length?: readonly [number, number]): number[] {
  return many(random, (each) => number(each), length);
}

/** Few different ones, so that some come twice. */
export function digits(random: Random, length?: readonly [number, number]): number[] {
  return many(random, (each) => each.int(0, 4), length);
}

export function word(random: Random): string {
  return random.pick(WORDS);
}

export function words(random: Random, length?: readonly [number, number]): string[] {
  return many(random, word, length);
}

export function sentence(random: Random, length: readonly [number, number] = [1, 6]): string {
  return words(random, length).join(' ');
}

/** Of a few letters, so that some come together by chance. */
export function letters(random: Random, from = 'abc', length: readonly [number, number] = [0, 9]): string {
  return many(random, (each) => each.pick([...from]), length).join('');
}

/** Rows and columns of numbers. */
export function matrix(random: Random, rows = random.int(1, 4), columns = random.int(1, 4)): number[][] {
  return Array.from({ length: rows }, () => Array.from({ length: columns }, () => number(random, -4, 9)));
}
