import type { Random } from 'lamarck';

/** A way of writing several things in one text. */
export interface Format {
  /** What stands between the parts, and within a part. */
  readonly separators: readonly [string, string];
  draw(random: Random): string;
}

const NAMES = ['ada', 'bo', 'cleo', 'dev', 'edda', 'finn', 'gia', 'hugo'];
const NOUNS = ['notes', 'music', 'plans', 'tools', 'maps', 'work', 'old', 'photos'];
const SIDES = ['width', 'depth', 'height', 'size', 'gap', 'weight'];

const several = (count: number, draw: () => string, separator: string): string =>
  Array.from({ length: count }, draw).join(separator);

/** Settings, paths, times, shopping, numbers. */
export const FORMATS: readonly Format[] = [
  {
    separators: [';', '='],
    draw: (random) => several(random.int(1, 4), () => `${random.pick(SIDES)}=${random.int(1, 40)}`, ';'),
  },
  {
    separators: ['/', '.'],
    draw: (random) =>
      `${several(random.int(1, 3), () => random.pick(NOUNS), '/')}/${random.pick(NAMES)}.${random.pick(['txt', 'png', 'csv'])}`,
  },
  {
    separators: [':', '-'],
    draw: (random) => `${random.int(1, 12)}:${random.int(0, 59)}-${random.int(12, 23)}:${random.int(0, 59)}`,
  },
  {
    separators: [', ', ' '],
    draw: (random) => several(random.int(1, 4), () => `${random.int(1, 12)} ${random.pick(NOUNS)}`, ', '),
  },
  {
    separators: ['-', '_'],
    draw: (random) =>
      several(random.int(2, 5), () => String(random.int(0, 120)), random.pick(['-', '-', '_'])),
  },
];
