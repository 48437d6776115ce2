import { matchesGlob } from 'node:path';
import type { LoadedConfiguration } from '../config/index.ts';
import { LamarckError } from '../protocol/index.ts';

type Broken = LoadedConfiguration['broken'][number];

/**
 * The broken families that a pattern names; one that stands for several families is named by a pattern itself, which
 * matches what any of them is called.
 */
export function brokenNamed(pattern: string, { broken }: Pick<LoadedConfiguration, 'broken'>): Broken[] {
  return broken.filter(
    ({ name }) => name === pattern || matchesGlob(name, pattern) || matchesGlob(pattern, name),
  );
}

/** @throws LamarckError why the first of them is broken */
export function refuseBroken([first]: readonly Broken[], { file }: Pick<LoadedConfiguration, 'file'>): void {
  if (first === undefined) return;
  const { name, why } = first;
  const { code, boundary, remedy } = why;
  throw new LamarckError({
    code,
    boundary,
    message: `The task family "${name}" is broken: ${why.message}`,
    remedy: { ...remedy, text: `${remedy?.text ?? ''} Or take it out of the suites of ${file}.`.trimStart() },
    cause: why,
  });
}
