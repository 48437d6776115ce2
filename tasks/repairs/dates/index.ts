import type { Random, TaskFamily } from 'lamarck';
import { defineRepairFamily, moduleAt } from '../define-repair-family.ts';
import { many } from '../drawing.ts';
import * as ages from './ages.ts';
import * as calendar from './calendar.ts';
import * as hours from './hours.ts';
import * as intervals from './intervals.ts';
import * as spans from './spans.ts';
import * as weekdays from './weekdays.ts';

const year = (random: Random): number => random.pick([1900, 2000, 2023, 2024, 2025, 2100]);
const day = (random: Random) => ({
  year: random.int(1990, 1993),
  month: random.int(1, 4),
  day: random.int(1, 9),
});
const interval = (random: Random) => {
  const from = random.int(0, 12);
  return { from, to: from + random.int(1, 5) };
};
const time = (random: Random): string =>
  `${random.int(0, 23)}:${String(random.pick([0, 5, 30, 59])).padStart(2, '0')}`;

export const dates: TaskFamily = defineRepairFamily({
  name: 'repairs/dates',
  description: 'Modules about days and hours: calendars, weekdays, intervals, ages.',
  modules: [
    moduleAt(new URL('./calendar.ts', import.meta.url), calendar, {
      isLeap: (random) => [random.chance() ? year(random) : random.int(1890, 2110)],
      daysIn: (random) => [year(random), random.int(1, 12)],
      dayOfYear: (random) => [year(random), random.int(1, 12), random.int(1, 28)],
    }),
    moduleAt(new URL('./weekdays.ts', import.meta.url), weekdays, {
      weekday: (random) => [year(random), random.int(1, 12), random.int(1, 28)],
      weekdayName: (random) => [year(random), random.int(1, 12), random.int(1, 28), random.int(2, 3)],
      workdays: (random) => [year(random), random.int(1, 12), random.int(1, 28)],
    }),
    moduleAt(new URL('./intervals.ts', import.meta.url), intervals, {
      overlap: (random) => [interval(random), interval(random)],
      united: (random) => [many(random, interval, [0, 5])],
      covered: (random) => [many(random, interval, [0, 5])],
    }),
    moduleAt(new URL('./hours.ts', import.meta.url), hours, {
      minutesOf: (random) => [random.pick([time(random), time(random), '24:00', '7:60', 'noon'])],
      later: (random) => [time(random), random.int(-90, 1500)],
      isOpen: (random) => [time(random), time(random), time(random)],
    }),
    moduleAt(new URL('./spans.ts', import.meta.url), spans, {
      inWords: (random) => [random.int(0, 30)],
      ago: (random) => [
        random.pick([random.int(0, 130), random.int(3000, 9000), random.int(80_000, 300_000)]),
      ],
    }),
    moduleAt(new URL('./ages.ts', import.meta.url), ages, {
      compared: (random) => [day(random), day(random)],
      age: (random) => [day(random), { ...day(random), year: random.int(1994, 1999) }],
      span: (random) => [[day(random), ...many(random, day, [0, 4])] as const],
    }),
  ],
});
