import type { TaskFamily } from 'lamarck';
import { defineRepairFamily, moduleAt } from '../define-repair-family.ts';
import { digits, number, numbers } from '../drawing.ts';
import * as chunk from './chunk.ts';
import * as dedupe from './dedupe.ts';
import * as interleave from './interleave.ts';
import * as merge from './merge.ts';
import * as rotate from './rotate.ts';
import * as windows from './windows.ts';

const sorted = (list: readonly number[]): number[] => [...list].sort((one, other) => one - other);
const once = (list: readonly number[]): number[] => [...new Set(list)];

export const lists: TaskFamily = defineRepairFamily({
  name: 'repairs/lists',
  description: 'Modules about lists of numbers: pieces, turns, repetitions, order.',
  modules: [
    moduleAt(new URL('./chunk.ts', import.meta.url), chunk, {
      chunk: (random) => [numbers(random), random.int(0, 4)],
      unchunk: (random) => [[numbers(random, [0, 3]), numbers(random, [0, 3]), numbers(random, [0, 3])]],
    }),
    moduleAt(new URL('./rotate.ts', import.meta.url), rotate, {
      rotate: (random) => [numbers(random), random.int(-8, 8)],
      stepsToSmallest: (random) => [digits(random)],
    }),
    moduleAt(new URL('./dedupe.ts', import.meta.url), dedupe, {
      unique: (random) => [digits(random, [0, 8])],
      repeated: (random) => [digits(random, [0, 8])],
    }),
    moduleAt(new URL('./interleave.ts', import.meta.url), interleave, {
      interleave: (random) => [numbers(random, [0, 4]), numbers(random, [0, 4])],
      split: (random) => [numbers(random)],
    }),
    moduleAt(new URL('./windows.ts', import.meta.url), windows, {
      windowSums: (random) => [numbers(random), random.int(1, 4)],
      rises: (random) => [digits(random)],
    }),
    moduleAt(new URL('./merge.ts', import.meta.url), merge, {
      mergeSorted: (random) => [sorted(digits(random)), sorted(digits(random))],
      findSorted: (random) => [sorted(once(numbers(random))), number(random)],
    }),
  ],
});
