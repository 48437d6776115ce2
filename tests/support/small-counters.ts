import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createProject, type Project } from './project.ts';

/** The words of an `evolve` of `createSmallCounters()`: as few episodes as an improvement takes. Its families are not checked. */
export const SMALL_EVOLVE = ['evolve', '--seed', '5', '--budget', '204', '--unchecked'] as const;

/**
 * The counters, with improvements and sealed slices as small as they can be.
 *
 * @param atOnce how many children are in the making, and how many episodes are played, at a time
 */
export async function createSmallCounters(atOnce = 1): Promise<Project> {
  const project = await createProject('counters');
  const file = join(project.folder, 'lamarck.config.ts');
  const text = await readFile(file, 'utf8');
  await writeFile(
    file,
    text
      .replace('improvement: 40, sealed: 6', 'improvement: 8, sealed: 2')
      .replace('lanes: 2', `lanes: ${atOnce}`)
      .replace('workers: 2', `workers: ${atOnce}`),
  );
  return project;
}
