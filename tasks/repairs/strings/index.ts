import type { TaskFamily } from 'lamarck';
import { defineRepairFamily, moduleAt } from '../define-repair-family.ts';
import { letters, many, sentence } from '../drawing.ts';
import * as caesar from './caesar.ts';
import * as capitals from './capitals.ts';
import * as counting from './counting.ts';
import * as palindromes from './palindromes.ts';
import * as prefixes from './prefixes.ts';
import * as runs from './runs.ts';

export const strings: TaskFamily = defineRepairFamily({
  name: 'repairs/strings',
  description: 'Modules about texts: capitals, ciphers, palindromes, runs, prefixes, counts.',
  modules: [
    moduleAt(new URL('./capitals.ts', import.meta.url), capitals, {
      titled: (random) => [random.chance() ? sentence(random).toUpperCase() : sentence(random)],
      camelCased: (random) => [random.chance() ? ` ${sentence(random)}` : sentence(random).toUpperCase()],
    }),
    moduleAt(new URL('./caesar.ts', import.meta.url), caesar, {
      encrypt: (random) => [`${sentence(random, [1, 3])}!`, random.int(-30, 30)],
      decrypt: (random) => [sentence(random, [1, 3]), random.int(0, 30)],
    }),
    moduleAt(new URL('./palindromes.ts', import.meta.url), palindromes, {
      isPalindrome: (random) => {
        const half = letters(random, 'abC ', [1, 4]);
        const back = [...half].reverse().join('');
        return [random.chance(0.7) ? half + back.slice(random.int(0, 1)) : half + letters(random)];
      },
      longestPalindrome: (random) => [letters(random, 'abc', [0, 8])],
    }),
    moduleAt(new URL('./runs.ts', import.meta.url), runs, {
      encodeRuns: (random) => [letters(random, 'aab', [0, 12])],
      decodeRuns: (random) => [
        many(random, (each) => `${each.pick([...'xyz'])}${each.pick([1, 2, 3, 12])}`, [0, 4]).join(''),
      ],
    }),
    moduleAt(new URL('./prefixes.ts', import.meta.url), prefixes, {
      commonPrefix: (random) => {
        const start = letters(random, 'ab', [0, 3]);
        return [many(random, (each) => start + letters(each, 'ab', [0, 3]), [0, 4])];
      },
      completions: (random) => [
        many(random, (each) => letters(each, 'ab', [0, 5]), [2, 7]),
        letters(random, 'ab', [0, 2]),
      ],
    }),
    moduleAt(new URL('./counting.ts', import.meta.url), counting, {
      vowels: (random) => [random.chance() ? sentence(random) : sentence(random, [1, 2]).toUpperCase()],
      commonest: (random) => [letters(random, 'abcd ', [0, 9])],
      occurrences: (random) => [letters(random, 'ab', [0, 9]), letters(random, 'ab', [1, 2])],
    }),
  ],
});
