import type { Random, TaskFamily } from 'lamarck';
import { defineRepairFamily, moduleAt } from '../define-repair-family.ts';
import { many, word, words } from '../drawing.ts';
import * as changes from './changes.ts';
import * as grouping from './grouping.ts';
import * as joining from './joining.ts';
import * as ranking from './ranking.ts';
import * as stock from './stock.ts';
import * as trees from './trees.ts';

const CITIES = ['Aarau', 'Bern', 'Chur'];
const sales = (random: Random) =>
  many(random, (each) => ({ city: each.pick(CITIES), amount: each.int(-3, 9) }), [0, 6]);
const players = (random: Random) =>
  [...new Set(words(random, [0, 5]))].map((name) => ({
    name,
    points: random.int(0, 3),
    age: random.int(20, 22),
  }));
const items = (random: Random) =>
  [...new Set(words(random, [1, 5]))].map((name) => ({
    name,
    count: random.int(0, 6),
    price: random.int(1, 9),
  }));
const people = (random: Random) =>
  Array.from({ length: random.int(1, 3) }, (_, id) => ({ id: id + 1, name: word(random) }));
const loans = (random: Random) =>
  many(random, (each) => ({ person: each.int(1, 4), book: word(each), days: each.int(10, 19) }), [1, 5]);
const fields = (random: Random) =>
  Object.fromEntries([...'abcd'].filter(() => random.chance()).map((name) => [name, random.int(0, 3)]));
type Folder = Parameters<typeof trees.totalSize>[0];
const folder = (random: Random, depth = 3): Folder => ({
  name: word(random),
  size: random.int(0, 9),
  folders: depth === 0 ? [] : many(random, (each) => folder(each, depth - 1), [0, 2]),
});

export const records: TaskFamily = defineRepairFamily({
  name: 'repairs/records',
  description: 'Modules about records: groups, rankings, stock, joins, changes, trees.',
  modules: [
    moduleAt(new URL('./grouping.ts', import.meta.url), grouping, {
      amountsByCity: (random) => [sales(random)],
      bestCity: (random) => [sales(random)],
    }),
    moduleAt(new URL('./ranking.ts', import.meta.url), ranking, {
      ranking: (random) => [players(random)],
      best: (random) => [players(random), random.int(0, 4), random.int(0, 3)],
    }),
    moduleAt(new URL('./stock.ts', import.meta.url), stock, {
      worth: (random) => [items(random)],
      scarce: (random) => [items(random), random.int(1, 6)],
      afterOrder: (random) => {
        const all = items(random);
        return [all, random.chance(0.8) ? random.pick(all).name : 'none', random.int(1, 6)];
      },
    }),
    moduleAt(new URL('./joining.ts', import.meta.url), joining, {
      loansByName: (random) => [people(random), loans(random)],
      fines: (random) => [people(random), loans(random)],
    }),
    moduleAt(new URL('./changes.ts', import.meta.url), changes, {
      changed: (random) => [fields(random), fields(random)],
      merged: (random) => [fields(random), fields(random)],
      withoutSmall: (random) => [fields(random), random.int(0, 3)],
    }),
    moduleAt(new URL('./trees.ts', import.meta.url), trees, {
      totalSize: (random) => [folder(random)],
      depth: (random) => [folder(random)],
      paths: (random) => [folder(random, 2)],
    }),
  ],
});
