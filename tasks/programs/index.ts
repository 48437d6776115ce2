import type { TaskFamily } from 'lamarck';
import { choices } from './choices/index.ts';
import { lists } from './lists/index.ts';
import { numbers } from './numbers/index.ts';
import { pairs } from './pairs/index.ts';
import { records } from './records/index.ts';
import { sequences } from './sequences/index.ts';
import { strings } from './strings/index.ts';
import { tables } from './tables/index.ts';
import { texts } from './texts/index.ts';
import { words } from './words/index.ts';

/** The suite of program tasks, by what they are given: lists, texts, a number, records. */
export const programs: readonly TaskFamily[] = [
  lists,
  pairs,
  strings,
  words,
  texts,
  numbers,
  sequences,
  choices,
  records,
  tables,
];
