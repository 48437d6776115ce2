import { OpenEnvError, OpenEnvResetSchema, type Environment } from '../environment/index.ts';
import type { World } from '../episode/index.ts';
import { createRandom, LamarckError } from '../protocol/index.ts';
import { makeTask, SPLIT_SIZE, splitSeed, type Task, type TaskFamily } from '../task/index.ts';
import { z } from 'zod';
import { misfitsOf } from './json-schemas.ts';

/** What a server offers: tasks of families that are played in one environment. */
export interface Offer {
  readonly environment: Environment;
  readonly families: readonly TaskFamily[];
  readonly world: World;
  /** The task that a reset asks for. Its options are those of the protocol, with `family` and `difficulty`. */
  draw(options: unknown): { family: TaskFamily; task: Task; episodeId?: string };
}

/** A reset's options, as ours: which of the families, and how difficult (default 1). */
export const ResetOptionsSchema = OpenEnvResetSchema.extend({
  // Seeds of tasks are whole numbers below 2^52.
  seed: z
    .number()
    .int()
    .nonnegative()
    .lt(2 ** 52)
    .nullish(),
  family: z.string().nullish(),
  difficulty: z.number().int().positive().nullish(),
});

/** An adapter may wrap an environment, and tell its faults otherwise: what crosses the wire is the same. */
function isSame(one: Environment, other: Environment): boolean {
  return one.name === other.name && one.actions === other.actions && one.observation === other.observation;
}

/**
 * Offers families to others. A seed says which task is played, and which family where none is named. Without a seed the
 * next train task is drawn, so that nobody learns from tasks that runs are scored on.
 *
 * @param seed of the train tasks that are drawn
 * @throws LamarckError `LAMARCK_OFFER_MIXED` where the families are played in several environments, `LAMARCK_OFFER_UNFIT`
 *   where their environment does not fit the protocols
 */
export function createOffer(
  families: readonly [TaskFamily, ...TaskFamily[]],
  world: World,
  seed: number,
): Offer {
  const [{ environment }] = families;
  const others = families.filter((family) => !isSame(family.environment, environment));
  if (others.length > 0) {
    throw new LamarckError({
      code: 'LAMARCK_OFFER_MIXED',
      boundary: 'user',
      message: `A server has one environment, and these families are played in several: ${environment.name}, ${[...new Set(others.map((family) => family.environment.name))].join(', ')}.`,
      remedy: 'Serve each by its name, on a port of its own.',
    });
  }
  const misfits = misfitsOf(environment);
  if (misfits.length > 0) {
    throw new LamarckError({
      code: 'LAMARCK_OFFER_UNFIT',
      boundary: 'user',
      message: `The environment "${environment.name}" does not fit OpenEnv and MCP: ${misfits.join('; ')}.`,
      remedy: 'Name or shape them otherwise.',
    });
  }
  let drawn = 0;
  return {
    environment,
    families,
    world,
    draw(options) {
      const parsed = ResetOptionsSchema.safeParse(options);
      if (!parsed.success) throw new OpenEnvError('VALIDATION_ERROR', z.prettifyError(parsed.error));
      const { family: name, difficulty, episode_id: episodeId } = parsed.data;
      const taskSeed = parsed.data.seed ?? splitSeed('train', seed, drawn++ % SPLIT_SIZE);
      const family =
        name == null
          ? createRandom(`family/${taskSeed}`).pick(families)
          : families.find((each) => each.name === name);
      if (!family) {
        const names = families.map((each) => each.name).join(', ');
        throw new OpenEnvError(
          'VALIDATION_ERROR',
          `No family "${name}" is served here; there are: ${names}.`,
        );
      }
      if ((difficulty ?? 1) > family.difficulties) {
        throw new OpenEnvError(
          'VALIDATION_ERROR',
          `"${family.name}" has difficulties 1 to ${family.difficulties}.`,
        );
      }
      const task = makeTask(family, taskSeed, difficulty ?? 1);
      return { family, task, ...(episodeId == null ? {} : { episodeId }) };
    },
  };
}
