import { hashOf } from '../host/index.ts';
import type { TaskFamily } from './define-task.ts';
import { makeTask } from './task.ts';

/** Parts of a family that a fingerprint names, each by a SHA-256. */
export type FamilyFingerprint = Readonly<
  Record<'tasks' | 'limits' | 'verify' | 'oracle' | 'environment', string>
>;

/**
 * A family as far as it can be seen from outside its modules: its tasks (every fixed instance; of generated ones the first at
 * each difficulty), its limits, and the text of its functions. What those functions call is for the hashes of their modules.
 */
export function familyFingerprint(family: TaskFamily): FamilyFingerprint {
  const { difficulties, maxSteps, timeLimit, verify, measures, oracle, environment } = family;
  return {
    tasks: hashOf(sampleOf(family).map(([seed, difficulty]) => taskHash(family, seed, difficulty))),
    limits: hashOf({ difficulties, maxSteps, timeLimit }),
    verify: hashOf([verify, ...Object.values(measures)].map(String)),
    oracle: hashOf([oracle, oracle?.demonstrate].map(String)),
    environment: hashOf({
      name: environment.name,
      repeatability: environment.repeatability,
      actions: Object.keys(environment.actions),
      functions: [environment.open, environment.notation.write, environment.notation.read].map(String),
    }),
  };
}

function sampleOf({ instanceSeeds, difficulties }: TaskFamily): (readonly [number, number])[] {
  return (
    instanceSeeds?.map((seed) => [seed, 1] as const) ??
    Array.from({ length: difficulties }, (_, at) => [0, at + 1] as const)
  );
}

/** A task that cannot be made belongs to the family as it is; playing it reports why. */
function taskHash(family: TaskFamily, seed: number, difficulty: number): string {
  try {
    return makeTask(family, seed, difficulty).hash;
  } catch {
    return 'cannot be made';
  }
}
