import { matchesGlob } from 'node:path';
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

/**
 * The families that a pattern such as `web/*` names, and those of them that are broken; all without one.
 *
 * @throws LamarckError `LAMARCK_FAMILY_UNKNOWN`
 */
export function familiesNamed(
  pattern: string | undefined,
  configuration: LoadedConfiguration,
): { families: TaskFamily[]; broken: LoadedConfiguration['broken'] } {
  const { families: all, file } = configuration;
  const families = [...all.values()].filter(
    ({ name }) => pattern === undefined || name === pattern || matchesGlob(name, pattern),
  );
  const broken = pattern === undefined ? configuration.broken : brokenNamed(pattern, configuration);
  if (families.length > 0 || pattern === undefined || broken.length > 0) return { families, broken };
  throw new LamarckError({
    code: 'LAMARCK_FAMILY_UNKNOWN',
    boundary: 'user',
    message: `No task family of ${file} is named "${pattern}".`,
    remedy: { text: `Name one of ${[...all.keys()].join(', ')}.`, command: 'tasks list' },
  });
}

/**
 * The families of an environment, or those that a pattern names; one at least.
 *
 * @throws LamarckError `LAMARCK_FAMILY_UNKNOWN`
 */
export function familiesServed(
  name: string,
  configuration: LoadedConfiguration,
): [TaskFamily, ...TaskFamily[]] {
  const { families, file } = configuration;
  const all = [...families.values()];
  const [first, ...others] = all.filter(
    (family) => family.environment.name === name || family.name === name || matchesGlob(family.name, name),
  );
  if (first) return [first, ...others];
  refuseBroken(brokenNamed(name, configuration), configuration);
  const environments = [...new Set(all.map(({ environment }) => environment.name))].join(', ');
  throw new LamarckError({
    code: 'LAMARCK_FAMILY_UNKNOWN',
    boundary: 'user',
    message: `${file} has no environment and no task family "${name}".`,
    remedy: `Environments: ${environments}. Families: ${[...families.keys()].join(', ')}.`,
  });
}
