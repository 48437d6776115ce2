import type { Action } from '../agent/index.ts';
import type { ActionNotation } from '../environment/index.ts';
import {
  createRandom,
  guardedBy,
  LamarckError,
  messageOf,
  whyNotJson,
  type ActorReference,
  type Json,
} from '../protocol/index.ts';
import { hashOf, isOverdue } from '../host/index.ts';
import { readAction, startOracle, ORACLE_EXPECTED, type Task, type TaskFamily } from '../task/index.ts';
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
  rehearse: async (family, task, world, signal) => {
    if (!family.oracle?.demonstrate) return undefined;
    const session = await world.open(task, signal);
    try {
      const demonstrating = session.demonstrate?.() ?? Promise.resolve([]);
      return createRecordedActor({ reference: 'oracle' }, await guardedBy(signal)(demonstrating));
    } catch (error) {
      if (signal.aborted)
        throw (signal.reason as Error).name === 'TimeoutError' ? oracleCutOff(family, task, error) : error;
      // A page that crashed is not the oracle's doing.
      if (LamarckError.isInstance(error) && error.boundary !== 'task') throw error;
      throw oracleFailed(family, task, error);
    } finally {
      await session.close();
    }
  },
  start: async (_input, family, task) => {
    const params = family.environment.params.parse(task.params);
    const { oracle } = family;
    if (oracle === undefined) throw withoutOracle(family);
    let steps: Generator<unknown, void, unknown> | undefined;
    return {
      decide: async ({ observation }) => {
        try {
          let next: IteratorResult<unknown, void>;
          if (steps) next = steps.next(observation);
          else {
            steps = startOracle(oracle, { observation, params, instruction: task.instruction });
            next = steps.next();
          }
          return next.done ? { changes: [] } : { action: plainAction(next.value), changes: [] };
        } catch (error) {
          throw oracleFailed(family, task, error);
        }
      },
      dispose: async () => {},
    };
  },
};

/** What is no plain JSON can be neither hashed nor sent to a world. */
function plainAction(action: unknown): Json {
  const why = whyNotJson(action);
  if (why !== undefined) throw new TypeError(`an action of it is no plain JSON: it ${why}`);
  return action as Json;
}

function oracleFailed(family: TaskFamily, task: Task, error: unknown): LamarckError {
  const isInvalid = LamarckError.isInstance(error) && error.code === 'LAMARCK_ORACLE_INVALID';
  return new LamarckError({
    code: isInvalid || isOverdue(error) ? error.code : 'LAMARCK_ORACLE_FAILED',
    boundary: 'task',
    message: `The oracle of "${family.name}" failed at seed ${task.seed}, difficulty ${task.difficulty}: ${messageOf(error)}`,
    remedy: isInvalid ? ORACLE_EXPECTED : 'Mend its oracle().',
    cause: error,
  });
}

function oracleCutOff(family: TaskFamily, task: Task, cause: unknown): LamarckError {
  return new LamarckError({
    code: 'LAMARCK_OVERDUE',
    boundary: 'task',
    message: `The oracle of "${family.name}" was not done at seed ${task.seed}, difficulty ${task.difficulty} within its timeLimit of ${family.timeLimit / 1000} s.`,
    remedy: 'Let it come to an end, or raise timeLimit: what it does at the page is played again afterwards.',
    cause,
  });
}

function withoutOracle({ name }: TaskFamily): LamarckError {
  return new LamarckError({
    code: 'LAMARCK_ORACLE_MISSING',
    boundary: 'task',
    message: `"${name}" has no reference solution.`,
    remedy: 'Write its oracle(), or choose another agent.',
  });
}

/** Does what was recorded, in the notation of the environment. What it does not find again is the task's fault. */
export function createRecordedActor(reference: ActorReference, actions: readonly Json[]): Actor {
  return {
    reference,
    start: async (_input, { environment }) => {
      let next = 0;
      return {
        decide: async ({ observation }) => {
          const written = actions[next++];
          return written === undefined
            ? { changes: [] }
            : { action: readAction(environment, written, observation), changes: [] };
        },
        dispose: async () => {},
      };
    },
  };
}

/**
 * Does given actions one after the other, whatever it sees: plays again what was found elsewhere.
 *
 * @param notation that they are written in, if not as they are. What is not found again is done as it is written, hence rejected.
 */
export function createScriptedActor(actions: readonly Json[], notation?: ActionNotation<Json>): Actor {
  const read = (written: Json, observation: Json): Json => {
    try {
      return notation ? notation.read(written, observation) : written;
    } catch {
      return written;
    }
  };
  return {
    reference: { script: hashOf(actions) },
    start: async () => {
      let next = 0;
      return {
        decide: async ({ observation }) => {
          const written = actions[next++];
          return written === undefined
            ? { changes: [] }
            : { action: read(written, observation), changes: [] };
        },
        dispose: async () => {},
      };
    },
  };
}
