import { resolve } from 'node:path';
import type { LoadedConfiguration } from './load-config.ts';

/** Where the runs of a configuration are kept. */
export function runsFolder(configuration: Pick<LoadedConfiguration, 'folder' | 'runs'>): string {
  return resolve(configuration.folder, configuration.runs);
}
