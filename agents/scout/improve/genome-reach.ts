/** Which files of a genome run when it acts, and which only when it writes a child. */
import type { ImproverInput } from 'lamarck/agent';

/**
 * Modules that no edit of a genome touches: the budget of its thinking, because a child is to think better and not
 * longer, and the functions that its learned helpers call.
 */
const SPARED = ['programs/thinking-budget.ts', 'programs/operators/helper.ts'];

/** TypeScript modules that an entry imports, directly or not, itself among them. */
export function modulesReached(files: ImproverInput['files'], entry: string): string[] {
  const reached = new Set<string>();
  const pending = [entry];
  for (let path = pending.pop(); path !== undefined; path = pending.pop()) {
    const text = files[path];
    if (text === undefined || reached.has(path) || !path.endsWith('.ts')) continue;
    reached.add(path);
    for (const [, specifier] of text.matchAll(/from '(\.[^']+)'/g))
      pending.push(resolve(path, specifier ?? ''));
  }
  return [...reached].sort();
}

/** Modules of which an edit may show in how the genome plays. */
export function playingModules(files: ImproverInput['files']): string[] {
  return modulesReached(files, 'agent.ts').filter((path) => !SPARED.includes(path));
}

/** Modules that only its improver uses. */
export function improvingModules(files: ImproverInput['files']): string[] {
  const playing = modulesReached(files, 'agent.ts');
  return modulesReached(files, 'improve.ts').filter((path) => ![...playing, ...SPARED].includes(path));
}

function resolve(importer: string, specifier: string): string {
  const segments = importer.split('/').slice(0, -1);
  for (const segment of specifier.split('/')) {
    if (segment === '..') segments.pop();
    else if (segment !== '.') segments.push(segment);
  }
  return segments.join('/');
}
