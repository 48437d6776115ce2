/**
 * The words of the agent's language of programs: typed operators, each with a value and a source. What they cost is
 * learned (costs.json); which there are is not.
 */
import type { Operator } from 'lamarck/agent';
import { listOperatorsOfAll } from './operators/lists.ts';
import { numberOperators } from './operators/numbers.ts';
import { pairOperators } from './operators/pairs.ts';
import { recordOperators } from './operators/records.ts';
import { stringOperators } from './operators/strings.ts';

export const operators: readonly Operator[] = [
  ...listOperatorsOfAll,
  ...numberOperators,
  ...stringOperators,
  ...recordOperators,
  ...pairOperators,
];
