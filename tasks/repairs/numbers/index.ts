import type { TaskFamily } from 'lamarck';
import { defineRepairFamily, moduleAt } from '../define-repair-family.ts';
import { letters, number, numbers as drawNumbers } from '../drawing.ts';
import * as bases from './bases.ts';
import * as digits from './digits.ts';
import * as divisors from './divisors.ts';
import * as primes from './primes.ts';
import * as roman from './roman.ts';
import * as statistics from './statistics.ts';

export const numbers: TaskFamily = defineRepairFamily({
  name: 'repairs/numbers',
  description: 'Modules about numbers: divisors, primes, numerals, bases, digits, means.',
  modules: [
    moduleAt(new URL('./divisors.ts', import.meta.url), divisors, {
      greatestDivisor: (random) => [6 * number(random), random.pick([4, 9, 12, 0, -15])],
      leastMultiple: (random) => [number(random, -6, 12), number(random, -6, 12)],
      divisors: (random) => [random.int(1, 40)],
    }),
    moduleAt(new URL('./primes.ts', import.meta.url), primes, {
      isPrime: (random) => [random.int(-2, 60)],
      factors: (random) => [random.int(2, 120)],
    }),
    moduleAt(new URL('./roman.ts', import.meta.url), roman, {
      toRoman: (random) => [random.chance() ? random.int(1, 60) : random.int(1, 3999)],
      fromRoman: (random) => [roman.toRoman(random.chance() ? random.int(1, 60) : random.int(1, 3999))],
    }),
    moduleAt(new URL('./bases.ts', import.meta.url), bases, {
      toBase: (random) => [random.int(0, 300), random.pick([2, 3, 8, 10, 16])],
      fromBase: (random) => [letters(random, '0123f', [0, 4]), random.pick([2, 3, 4, 16])],
    }),
    moduleAt(new URL('./statistics.ts', import.meta.url), statistics, {
      mean: (random) => [drawNumbers(random)],
      median: (random) => [drawNumbers(random)],
      spread: (random) => [drawNumbers(random)],
    }),
    moduleAt(new URL('./digits.ts', import.meta.url), digits, {
      digitalRoot: (random) => [random.int(0, random.pick([20, 999, 99_999]))],
      reversed: (random) => [random.int(-999, 999)],
      passesLuhn: (random) => [
        random.chance() ? letters(random, '0123456789', [0, 6]) : `${10 * random.int(1, 99)}`,
      ],
    }),
  ],
});
