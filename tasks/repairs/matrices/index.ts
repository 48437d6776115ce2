import type { Random, TaskFamily } from 'lamarck';
import { defineRepairFamily, moduleAt } from '../define-repair-family.ts';
import { matrix } from '../drawing.ts';
import * as islands from './islands.ts';
import * as life from './life.ts';
import * as products from './products.ts';
import * as spiral from './spiral.ts';
import * as sums from './sums.ts';
import * as turning from './turning.ts';

const board = (random: Random): number[][] =>
  matrix(random, random.int(2, 5), random.int(2, 5)).map((row) => row.map(() => random.int(0, 1)));

export const matrices: TaskFamily = defineRepairFamily({
  name: 'repairs/matrices',
  description: 'Modules about rows and columns: turns, products, spirals, boards, islands.',
  modules: [
    moduleAt(new URL('./turning.ts', import.meta.url), turning, {
      transposed: (random) => [matrix(random)],
      turned: (random) => [matrix(random)],
      mirrored: (random) => [matrix(random)],
    }),
    moduleAt(new URL('./products.ts', import.meta.url), products, {
      product: (random) => {
        const inner = random.int(1, 3);
        return [matrix(random, random.int(1, 3), inner), matrix(random, inner)];
      },
      power: (random) => {
        const size = random.int(1, 3);
        return [matrix(random, size, size), random.int(0, 3)];
      },
    }),
    moduleAt(new URL('./spiral.ts', import.meta.url), spiral, {
      spiral: (random) => [matrix(random, random.int(1, 5))],
    }),
    moduleAt(new URL('./life.ts', import.meta.url), life, {
      neighbours: (random) => [board(random), random.int(0, 2), random.int(0, 2)],
      step: (random) => [board(random)],
    }),
    moduleAt(new URL('./islands.ts', import.meta.url), islands, {
      islands: (random) => [board(random)],
      sizes: (random) => [board(random)],
    }),
    moduleAt(new URL('./sums.ts', import.meta.url), sums, {
      margins: (random) => [matrix(random)],
      trace: (random) => [matrix(random)],
      peak: (random) => [matrix(random)],
    }),
  ],
});
