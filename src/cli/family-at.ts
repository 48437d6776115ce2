import type { LoadedConfiguration } from '../config/index.ts';
import { LamarckError } from '../protocol/index.ts';
import type { TaskFamily } from '../task/index.ts';
import { brokenNamed, refuseBroken } from './broken-families.ts';

/** @throws LamarckError where the configuration has no such family, or the family no such difficulty, or is broken. */
export function familyAt(configuration: LoadedConfiguration, name: string, difficulty: number): TaskFamily {
  const { families, file } = configuration;
  const family = families.get(name);
  if (!family) {
    refuseBroken(brokenNamed(name, configuration), configuration);
    throw new LamarckError({
      code: 'LAMARCK_FAMILY_UNKNOWN',
      boundary: 'user',
      message: `${file} has no task family "${name}".`,
      remedy: `It has: ${[...families.keys()].join(', ')}.`,
    });
  }
  if (difficulty >= 1 && difficulty <= family.difficulties) return family;
  throw new LamarckError({
    code: 'LAMARCK_DIFFICULTY_UNKNOWN',
    boundary: 'user',
    message: `"${family.name}" has difficulties 1 to ${family.difficulties}, not ${difficulty}.`,
  });
}
