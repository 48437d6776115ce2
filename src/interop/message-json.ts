import { OpenEnvError } from '../environment/index.ts';
import { messageOf } from '../protocol/index.ts';

/** Characters of what is wrong with a message: many parts of it may be wrong in the same way. */
export const MOST_TOLD = 4_000;

/** Lists and objects in each other. What checks a value goes into it by recursion, and a stack has an end. */
const DEEPEST = 100;
/** Values in each other and beside each other: each that does not fit is worth a sentence in the answer. */
const MOST_VALUES = 50_000;

/**
 * A message's value.
 *
 * @throws OpenEnvError `INVALID_JSON`
 */
export function parseMessage(text: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new OpenEnvError('INVALID_JSON', `This is not JSON: ${messageOf(error)}.`, { cause: error });
  }
  assertModest(value);
  return value;
}

/** @throws OpenEnvError `INVALID_JSON` where a value is deeper or has more parts than anything that is played here */
export function assertModest(value: unknown): void {
  let level: unknown[] = [value];
  let values = 0;
  for (let depth = 0; level.length > 0; depth++) {
    values += level.length;
    if (depth > DEEPEST)
      throw new OpenEnvError(
        'INVALID_JSON',
        `The JSON is nested more than ${DEEPEST} levels deep: send a flatter one.`,
      );
    if (values > MOST_VALUES)
      throw new OpenEnvError(
        'INVALID_JSON',
        `The JSON has more than ${MOST_VALUES} values: send a smaller one.`,
      );
    level = level.flatMap((each) =>
      typeof each === 'object' && each !== null ? (Object.values(each) as unknown[]) : [],
    );
  }
}
