import type { Random, TaskFamily } from 'lamarck';
import { defineRepairFamily, moduleAt } from '../define-repair-family.ts';
import { letters, many, sentence, word, words } from '../drawing.ts';
import * as changes from './changes.ts';
import * as frequencies from './frequencies.ts';
import * as slugs from './slugs.ts';
import * as tables from './tables.ts';
import * as templates from './templates.ts';
import * as wrapping from './wrapping.ts';

const title = (random: Random): string =>
  many(random, (each) => each.pick(['Old', 'the', 'of', 'No', '7', '&']), [1, 4]).join(
    random.pick([' ', ', ']),
  );
const template = (random: Random): string =>
  many(random, (each) => each.pick(['{a}', '{b}', '{c}', 'x', ' ']), [0, 6]).join('');
const values = (random: Random): Record<string, string> =>
  Object.fromEntries([...'ab'].filter(() => random.chance(0.7)).map((name) => [name, word(random)]));

export const texts: TaskFamily = defineRepairFamily({
  name: 'repairs/texts',
  description: 'Modules about longer texts: lines, tables, counts, addresses, templates, distances.',
  modules: [
    moduleAt(new URL('./wrapping.ts', import.meta.url), wrapping, {
      wrapped: (random) => [sentence(random), random.int(4, 14)],
      centred: (random) => [words(random, [0, 3]), random.int(4, 12)],
    }),
    moduleAt(new URL('./frequencies.ts', import.meta.url), frequencies, {
      frequencies: (random) => [
        many(random, (each) => each.pick(['Oak', 'oak', 'elm', 'fir.', 'ash,']), [0, 7]).join(' '),
      ],
      longest: (random) => [sentence(random)],
    }),
    moduleAt(new URL('./tables.ts', import.meta.url), tables, {
      aligned: (random) => [
        many(random, (each) => many(each, (one) => letters(one, 'ab', [0, 4]), [1, 3]), [1, 3]),
      ],
      fitted: (random) => [many(random, (each) => each.int(0, 9), [1, 4]), random.int(0, 20)],
    }),
    moduleAt(new URL('./slugs.ts', import.meta.url), slugs, {
      slug: (random) => [` ${title(random)}!`],
      slugs: (random) => [many(random, (each) => each.pick(['A b', 'a-b', 'C', 'c!', 'D']), [0, 5])],
      acronym: (random) => [title(random)],
    }),
    moduleAt(new URL('./templates.ts', import.meta.url), templates, {
      filled: (random) => [template(random), values(random)],
      namesIn: (random) => [template(random)],
      listed: (random) => [words(random, [0, 4])],
    }),
    moduleAt(new URL('./changes.ts', import.meta.url), changes, {
      distance: (random) => [letters(random, 'abc', [0, 5]), letters(random, 'abc', [0, 5])],
      nearest: (random) => [
        letters(random, 'abc', [1, 4]),
        many(random, (each) => letters(each, 'abc', [1, 4]), [0, 4]),
        random.int(1, 4),
      ],
    }),
  ],
});
