import type { LoadedConfiguration } from '../config/index.ts';
import { LamarckError } from '../protocol/index.ts';
import { boundedFamily } from '../soundness/index.ts';
import { makeTask } from '../task/index.ts';
import { missingIn } from './readiness.ts';

/** A task family, with an example. */
export interface ListedFamily {
  readonly family: string;
  readonly suite: string;
  readonly environment: string;
  readonly difficulties: number;
  readonly maxSteps: number;
  readonly description: string | undefined;
  readonly example: string;
  /** What its environment needs and does not have here. */
  readonly missing: string | null;
}

/** A family that cannot be used, and why. */
export type BrokenFamily = LoadedConfiguration['broken'][number];

export interface FamilyList {
  readonly listed: readonly ListedFamily[];
  readonly broken: readonly BrokenFamily[];
  /** What environments need and do not have here, a sentence each. */
  readonly missing: readonly string[];
}

export function listFamilies({ families, suiteOf, broken: unread }: LoadedConfiguration): FamilyList {
  const broken: BrokenFamily[] = [...unread];
  const listed = [...families.values()].flatMap((family): ListedFamily[] => {
    const { name, environment, difficulties, maxSteps, description } = family;
    const suite = suiteOf.get(name) ?? '';
    try {
      const example = makeTask(boundedFamily(family), 0, 1).instruction;
      const missing = missingIn([family])[0] ?? null;
      return [
        {
          family: name,
          suite,
          environment: environment.name,
          difficulties,
          maxSteps,
          description,
          example,
          missing,
        },
      ];
    } catch (error) {
      if (!LamarckError.isInstance(error)) throw error;
      broken.push({ name, suite, why: error });
      return [];
    }
  });
  return { listed, broken, missing: missingIn(families.values()) };
}
