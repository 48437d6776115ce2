import type { Random, TaskFamily } from 'lamarck';
import { defineRepairFamily, moduleAt } from '../define-repair-family.ts';
import { digits, letters, many, numbers, words } from '../drawing.ts';
import * as cache from './cache.ts';
import * as heap from './heap.ts';
import * as history from './history.ts';
import * as multiset from './multiset.ts';
import * as ring from './ring.ts';
import * as waiting from './waiting.ts';

const keys = (random: Random): string[] => many(random, (each) => each.pick([...'abcd']), [0, 9]);
const names = (random: Random): string[] => [...new Set(words(random, [0, 6]))];

export const collections: TaskFamily = defineRepairFamily({
  name: 'repairs/collections',
  description: 'Modules that keep things: rings, caches, heaps, histories, queues.',
  modules: [
    moduleAt(new URL('./ring.ts', import.meta.url), ring, {
      lastOf: (random) => [numbers(random, [0, 8]), random.int(0, 4)],
      movingMeans: (random) => [numbers(random), random.int(1, 4)],
    }),
    moduleAt(new URL('./cache.ts', import.meta.url), cache, {
      hits: (random) => [keys(random), random.int(1, 3)],
      hitRate: (random) => [keys(random), random.int(1, 3)],
    }),
    moduleAt(new URL('./heap.ts', import.meta.url), heap, {
      heaped: (random) => [numbers(random, [0, 8])],
      isHeap: (random) => [random.chance() ? heap.heaped(numbers(random)) : digits(random, [0, 5])],
      smallest: (random) => [numbers(random), random.int(0, 4)],
    }),
    moduleAt(new URL('./history.ts', import.meta.url), history, {
      typed: (random) => [letters(random, 'abc<<>', [1, 12])],
    }),
    moduleAt(new URL('./multiset.ts', import.meta.url), multiset, {
      common: (random) => [digits(random), digits(random)],
      without: (random) => [digits(random), digits(random)],
      sameMembers: (random) => {
        const one = digits(random, [0, 4]);
        return [one, random.chance() ? random.shuffle(one) : digits(random, [0, 4])];
      },
    }),
    moduleAt(new URL('./waiting.ts', import.meta.url), waiting, {
      inTurn: (random) => [names(random).map((name) => ({ name, urgency: random.int(0, 2) }))],
      roundRobin: (random) => [names(random).map((name) => ({ name, turns: random.int(1, 4) }))],
    }),
  ],
});
