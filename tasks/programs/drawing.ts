import type { Random } from 'lamarck';

/** A list of whole numbers, in which some occur twice. */
export function drawNumbers(
  random: Random,
  [fewest, most]: readonly [number, number],
  [low, high]: readonly [number, number],
): number[] {
  const xs = Array.from({ length: random.int(fewest, most) }, () => random.int(low, high));
  return random.chance() ? [...xs, random.pick(xs)] : xs;
}
