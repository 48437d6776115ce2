import type { TaskFamily } from 'lamarck';
import { alignment } from './alignment/index.ts';
import { bases } from './bases/index.ts';
import { bits } from './bits/index.ts';
import { brackets } from './brackets/index.ts';
import { calendar } from './calendar/index.ts';
import { cases } from './cases/index.ts';
import { ciphers } from './ciphers/index.ts';
import { clipping } from './clipping/index.ts';
import { clock } from './clock/index.ts';
import { digits } from './digits/index.ts';
import { divisibility } from './divisibility/index.ts';
import { grouping } from './grouping/index.ts';
import { histogram } from './histogram/index.ts';
import { iterations } from './iterations/index.ts';
import { letters } from './letters/index.ts';
import { money } from './money/index.ts';
import { peaks } from './peaks/index.ts';
import { polynomials } from './polynomials/index.ts';
import { ranking } from './ranking/index.ts';
import { ranks } from './ranks/index.ts';
import { rotations } from './rotations/index.ts';
import { rounding } from './rounding/index.ts';
import { repeats } from './repeats/index.ts';
import { statistics } from './statistics/index.ts';
import { unions } from './unions/index.ts';
import { updates } from './updates/index.ts';
import { versions } from './versions/index.ts';
import { vocabulary } from './vocabulary/index.ts';
import { windows } from './windows/index.ts';
import { wording } from './wording/index.ts';
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

/** Ten families of program tasks, by what they are given: lists, texts, a number, records. Measurements stand on these. */
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

/** All families of program tasks: those, and thirty that are each about one thing. */
export const allPrograms: readonly TaskFamily[] = [
  ...programs,
  bases,
  digits,
  divisibility,
  rounding,
  clock,
  calendar,
  money,
  wording,
  iterations,
  bits,
  windows,
  ranks,
  peaks,
  histogram,
  unions,
  statistics,
  rotations,
  clipping,
  polynomials,
  ciphers,
  cases,
  letters,
  brackets,
  versions,
  alignment,
  repeats,
  vocabulary,
  grouping,
  ranking,
  updates,
];
