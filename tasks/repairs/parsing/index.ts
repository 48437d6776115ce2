import type { Random, TaskFamily } from 'lamarck';
import { defineRepairFamily, moduleAt } from '../define-repair-family.ts';
import { letters, many, word } from '../drawing.ts';
import * as brackets from './brackets.ts';
import * as csv from './csv.ts';
import * as durations from './durations.ts';
import * as queries from './queries.ts';
import * as ranges from './ranges.ts';
import * as sums from './sums.ts';

const balanced = (random: Random, depth = 3): string =>
  many(
    random,
    (each) => {
      const [open = '', close = ''] = each.pick(['()', '[]', '{}']);
      return depth === 0 ? 'x' : `${open}${balanced(each, depth - 1)}${close}`;
    },
    [0, 2],
  ).join('');
const sum = (random: Random): string =>
  [
    random.int(0, 9),
    ...many(random, (each) => `${each.pick(['+', '-', '*'])}${each.int(0, 9)}`, [0, 5]),
  ].join('');
const postfix = (random: Random, depth = 2): string =>
  depth === 0 || random.chance(0.2)
    ? String(random.int(0, 9))
    : `${postfix(random, depth - 1)} ${postfix(random, depth - 1)} ${random.pick(['+', '-', '*'])}`;
const rising = (random: Random): number[] => [...Array(14).keys()].filter(() => random.chance(0.6));

export const parsing: TaskFamily = defineRepairFamily({
  name: 'repairs/parsing',
  description: 'Modules that read and write small languages: brackets, lines of fields, durations, sums.',
  modules: [
    moduleAt(new URL('./brackets.ts', import.meta.url), brackets, {
      isBalanced: (random) => [random.chance() ? balanced(random) : letters(random, '()[]x', [0, 6])],
      deepest: (random) => [balanced(random, 4)],
    }),
    moduleAt(new URL('./csv.ts', import.meta.url), csv, {
      fieldsOf: (random) => [letters(random, 'ab,,""', [0, 9])],
      lineOf: (random) => [many(random, (each) => letters(each, 'ab,"', [0, 4]), [1, 4])],
    }),
    moduleAt(new URL('./durations.ts', import.meta.url), durations, {
      secondsOf: (random) => [
        many(random, (each) => `${each.int(0, 90)}${each.pick(['h', 'm', 's', 's'])}`, [0, 3]).join('') +
          random.pick(['', '', '', 'x']),
      ],
      clock: (random) => [random.int(0, random.pick([59, 3599, 99_999]))],
    }),
    moduleAt(new URL('./queries.ts', import.meta.url), queries, {
      parseQuery: (random) => [
        random.pick(['?', '']) + many(random, (each) => letters(each, 'ab==', [0, 4]), [0, 4]).join('&'),
      ],
      buildQuery: (random) => [
        Object.fromEntries(many(random, (each) => [word(each), each.pick(['', '1', '2'])] as const, [0, 4])),
      ],
    }),
    moduleAt(new URL('./ranges.ts', import.meta.url), ranges, {
      expand: (random) => [
        many(
          random,
          (each) => (each.chance() ? `${each.int(0, 5)}-${each.int(2, 9)}` : `${each.int(0, 9)}`),
          [0, 4],
        ).join(','),
      ],
      compress: (random) => [rising(random)],
    }),
    moduleAt(new URL('./sums.ts', import.meta.url), sums, {
      evaluate: (random) => [sum(random)],
      evaluatePostfix: (random) => [postfix(random, 3)],
    }),
  ],
});
