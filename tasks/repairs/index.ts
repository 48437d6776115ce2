import type { TaskFamily } from 'lamarck';
import { collections } from './collections/index.ts';
import { dates } from './dates/index.ts';
import { lists } from './lists/index.ts';
import { machines } from './machines/index.ts';
import { matrices } from './matrices/index.ts';
import { numbers } from './numbers/index.ts';
import { parsing } from './parsing/index.ts';
import { records } from './records/index.ts';
import { strings } from './strings/index.ts';
import { texts } from './texts/index.ts';

/** The suite of repairs: sixty small modules, in families by their subject. */
export const repairs: readonly TaskFamily[] = [
  lists,
  strings,
  numbers,
  records,
  parsing,
  machines,
  collections,
  dates,
  matrices,
  texts,
];
