import type { Random } from 'lamarck';

const WORDS =
  'river stone amber lamp window Oslo maple key north Ada paper cup level noon tower silver apple sleep moon Ivo bell'.split(
    ' ',
  );

/** Draws between `fewest` and `most` words, with a space between them. */
export function drawWords(random: Random, fewest: number, most: number): string {
  return Array.from({ length: random.int(fewest, most) }, () => random.pick(WORDS)).join(' ');
}
