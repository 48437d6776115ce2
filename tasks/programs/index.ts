import type { TaskFamily } from 'lamarck';
import { lists } from './lists/index.ts';
import { numbers } from './numbers/index.ts';
import { records } from './records/index.ts';
import { strings } from './strings/index.ts';

/** The suite of program tasks. */
export const programs: readonly TaskFamily[] = [lists, strings, numbers, records];
