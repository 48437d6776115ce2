import { messageOf } from '../protocol/index.ts';
import type { TaskFamily } from '../task/index.ts';

/**
 * Asks the environments of families whether all is there that they need, before anything is started for them.
 *
 * @throws LamarckError of the first where something is missing
 */
export function assertReady(families: Iterable<TaskFamily>): void {
  for (const environment of environmentsOf(families)) environment.assertReady();
}

/** What is missing, in a sentence for each environment that cannot be played in. */
export function missingIn(families: Iterable<TaskFamily>): string[] {
  return environmentsOf(families).flatMap((environment) => {
    try {
      environment.assertReady();
      return [];
    } catch (error) {
      return [messageOf(error)];
    }
  });
}

function environmentsOf(families: Iterable<TaskFamily>): TaskFamily['environment'][] {
  return [...new Set([...families].map(({ environment }) => environment))];
}
