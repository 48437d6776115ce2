import { join } from 'node:path';
import { packageRoot } from '../package-root.ts';

/** `path:line:column` in a stack, where a query may follow the path. */
const PLACE = /(?:\(|at )(?:async )?(?:file:\/\/)?(\/[^()\s?]+)(?:\?[^:()\s]*)?(:\d+:\d+)/g;
const OWN = ['src', 'tasks', 'environments', 'dist'].map((folder) => join(packageRoot, folder, '/'));

/** Where in a user's files an error comes from: what this package found wrong was written by whoever called it. */
export function placeInStack(error: unknown): string | undefined {
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  return [...stack.matchAll(PLACE)]
    .map(([, path = '', position = '']) => path + position)
    .find((place) => !place.includes('/node_modules/') && !OWN.some((folder) => place.startsWith(folder)));
}
