import { createRandom, LamarckError, messageOf, type TaskReference } from '../protocol/index.ts';
import { hashOf } from '../host/index.ts';
import type { TaskFamily } from './define-task.ts';

/** One instance of a family. */
export interface Task extends TaskReference {
  readonly instruction: string;
  readonly params: unknown;
  /** SHA-256 over family, seed, difficulty, instruction and parameters: changes when the family's code changes it. */
  readonly hash: string;
}

/**
 * Makes the task of a seed: the same one for everybody.
 *
 * @throws LamarckError `LAMARCK_TASK_BROKEN` where the family's generator throws; what a broken family is broken by; what the
 *   environment throws of a task that may not be told.
 */
export function makeTask(family: TaskFamily, seed: number, difficulty: number): Task {
  if (family.broken) throw family.broken;
  const task = generate(family, seed, difficulty);
  family.environment.assertTask(task);
  return task;
}

function generate(family: TaskFamily, seed: number, difficulty: number): Task {
  try {
    const random = createRandom(`${family.name}/${difficulty}/${seed}`);
    const { instruction, params } = family.generate({ random, difficulty, seed });
    if (typeof instruction !== 'string' || instruction === '')
      throw new TypeError('its instruction is no text');
    const named = { family: family.name, seed, difficulty, instruction, params };
    return { ...named, hash: hashOf(named) };
  } catch (error) {
    throw new LamarckError({
      code: 'LAMARCK_TASK_BROKEN',
      boundary: 'task',
      message: `The task family "${family.name}" could not generate seed ${seed} at difficulty ${difficulty}: ${reasonOf(error)}`,
      remedy: 'Mend its generate(); it must be a pure function of { random, difficulty }.',
      cause: error,
    });
  }
}

function reasonOf(error: unknown): string {
  return error instanceof RangeError && /call stack/.test(error.message)
    ? 'it calls itself without end, or its parameters are circular'
    : messageOf(error);
}
