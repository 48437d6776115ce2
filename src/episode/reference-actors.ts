import type { Action } from '../agent/index.ts';
import { createRandom, hashOf, LamarckError, messageOf, type Json } from '../protocol/index.ts';
import type { TaskFamily } from '../task/index.ts';
import type { Actor } from './actor.ts';

/** Picks one of the affordances, all equally likely: the floor that every result is shown against. */
export const randomActor: Actor = {
  reference: { reference: 'random' },
  start: async ({ seed }) => {
    const random = createRandom(`random/${seed}`);
    return {
      decide: async ({ affordances = [] }) =>
        affordances.length === 0
          ? { changes: [] }
          : { action: random.pick<Action>(affordances), changes: [] },
      dispose: async () => {},
    };
  },
};

/** Plays a family's own reference solution: the ceiling. Its failures are the task's, so they carry no reward. */
export const oracleActor: Actor = {
  reference: { reference: 'oracle' },
  start: async (_input, family, task) => {
    const params = family.environment.params.parse(task.params);
    const { oracle } = family;
    if (oracle === undefined) throw withoutOracle(family);
    let steps: Generator<unknown, void, unknown> | undefined;
    const failed = (error: unknown): LamarckError =>
      new LamarckError({
        code: 'LAMARCK_ORACLE_FAILED',
        boundary: 'task',
        message: `The oracle of "${family.name}" threw at seed ${task.seed}, difficulty ${task.difficulty}: ${messageOf(error)}`,
        remedy: 'Mend its oracle().',
        cause: error,
      });
    return {
      decide: async ({ observation }) => {
        try {
          let next: IteratorResult<unknown, void>;
          if (steps) next = steps.next(observation);
          else {
            steps = oracle({ observation, params, instruction: task.instruction });
            next = steps.next();
          }
          return next.done ? { changes: [] } : { action: next.value as Json, changes: [] };
        } catch (error) {
          throw failed(error);
        }
      },
      dispose: async () => {},
    };
  },
};

function withoutOracle({ name }: TaskFamily): LamarckError {
  return new LamarckError({
    code: 'LAMARCK_ORACLE_MISSING',
    boundary: 'task',
    message: `"${name}" has no reference solution.`,
    remedy: 'Write its oracle(), or choose another agent.',
  });
}

/** Does given actions one after the other, whatever it sees: plays again what was found elsewhere. */
export function createScriptedActor(actions: readonly Json[]): Actor {
  return {
    reference: { script: hashOf(actions) },
    start: async () => {
      let next = 0;
      return {
        decide: async () =>
          next < actions.length ? { action: actions[next++] as Json, changes: [] } : { changes: [] },
        dispose: async () => {},
      };
    },
  };
}
