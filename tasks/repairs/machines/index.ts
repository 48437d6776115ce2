import type { Random, TaskFamily } from 'lamarck';
import { defineRepairFamily, moduleAt } from '../define-repair-family.ts';
import { letters, many } from '../drawing.ts';
import * as account from './account.ts';
import * as lift from './lift.ts';
import * as robot from './robot.ts';
import * as tennis from './tennis.ts';
import * as turnstile from './turnstile.ts';
import * as vending from './vending.ts';

const events = (random: Random): string[] => many(random, (each) => each.pick(['coin', 'push']), [0, 7]);
const bookings = (random: Random) =>
  many(
    random,
    (each) => ({
      kind: each.pick(['deposit', 'withdraw', 'withdraw', 'freeze', 'thaw'] as const),
      amount: each.int(1, 9),
    }),
    [1, 7],
  );

export const machines: TaskFamily = defineRepairFamily({
  name: 'repairs/machines',
  description: 'Modules that go from state to state: turnstiles, robots, games, accounts.',
  modules: [
    moduleAt(new URL('./turnstile.ts', import.meta.url), turnstile, {
      turnstile: (random) => [events(random)],
      tally: (random) => [events(random)],
    }),
    moduleAt(new URL('./vending.ts', import.meta.url), vending, {
      vend: (random) => [many(random, (each) => each.pick([200, 100, 100, 50, 20, 10, 5]), [0, 6])],
      changeOf: (random) => [10 * random.int(0, 49)],
    }),
    moduleAt(new URL('./robot.ts', import.meta.url), robot, {
      walk: (random) => [letters(random, 'FFFBLR', [0, 9])],
      distance: (random) => [letters(random, 'FFBLR', [0, 9])],
    }),
    moduleAt(new URL('./tennis.ts', import.meta.url), tennis, {
      score: (random) => [letters(random, 'AB', [0, 10])],
      leader: (random) => [many(random, (each) => letters(each, 'AB', [3, 9]), [0, 4])],
    }),
    moduleAt(new URL('./lift.ts', import.meta.url), lift, {
      way: (random) => [random.int(-2, 6), random.int(-2, 6)],
      travelled: (random) => [many(random, (each) => each.int(-2, 9), [0, 5])],
      schedule: (random) => [random.int(0, 6), many(random, (each) => each.int(-1, 9), [0, 6])],
    }),
    moduleAt(new URL('./account.ts', import.meta.url), account, {
      balance: (random) => [bookings(random), random.int(0, 6)],
      refused: (random) => [bookings(random), random.int(0, 6)],
    }),
  ],
});
