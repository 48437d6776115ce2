import type { Finding } from './doctor.ts';

/** Looks at everything that a run needs by using it once. @param config file of the configuration */
export async function* examine(config?: string): AsyncGenerator<Finding> {
  yield* (await import('./doctor.ts')).examine(config);
}

/** Writes a new project into a folder. Returns the paths of the files written, relative to it. */
export async function initProject(folder: string): Promise<string[]> {
  return (await import('./authoring/init.ts')).initProject(folder);
}
