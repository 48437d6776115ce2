import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { packageRoot } from '../package-root.ts';
import { hashOf, sha256 } from '../host/index.ts';

const FOLDERS = ['src', 'sandboxes', 'environments', 'tasks', 'agents', 'dist'];
/** Where the code is that runs: the published package has no sources, and a checkout may also hold what was built of them. */
const RUNNING = import.meta.url.endsWith('.ts')
  ? FOLDERS.filter((folder) => folder !== 'dist')
  : ['dist', 'agents'];
/** What shows runs or serves tasks to others: none of it decides what a run does. */
const APART = /^src\/(?:cli|interop|playwright|report|testing)(?:\/|$)/;
const SOURCE = /\.(?:[cm]?[jt]s|json|md)$/;
const NOT_SOURCE = /\.(?:test|test-d|fixture)\.ts$|\.d\.ts$/;

/** Whether a path is part of this package, and no project that lies in its folder. */
export function isOwnCode(path: string): boolean {
  const [first = '', ...rest] = relative(packageRoot, path).split(sep);
  return FOLDERS.includes(first) && rest.length > 0;
}

/** What this package is made of, by folder (`src/agent`, `tasks/web`): a SHA-256 over its files. */
export function ownCode(): Readonly<Record<string, string>> {
  const folders = new Map<string, Record<string, string>>();
  for (const top of RUNNING) {
    for (const entry of readdirSync(join(packageRoot, top), { recursive: true, withFileTypes: true })) {
      const file = join(entry.parentPath, entry.name);
      // What is built has the names of its sources.
      const path = relative(packageRoot, file)
        .split(sep)
        .join('/')
        .replace(/^dist\//, '');
      if (!entry.isFile() || !SOURCE.test(path) || NOT_SOURCE.test(path) || APART.test(path)) continue;
      const folder = dirname(path).split('/').slice(0, 2).join('/');
      folders.set(folder, { ...folders.get(folder), [path]: sha256(readFileSync(file)) });
    }
  }
  return Object.fromEntries([...folders].map(([folder, files]) => [folder, hashOf(files)]));
}
