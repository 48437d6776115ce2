import { z } from 'zod';
import { hashOf, type RunChange } from '../protocol/index.ts';
import { makeTask } from '../task/index.ts';
import type { Night } from './night.ts';

const HashesSchema = z.record(z.string(), z.string());

/**
 * What the outcome of a run depends on besides its seed and its episodes: by what is compared, then by name. Values are SHA-256,
 * versions, or the JSON text of a setting.
 */
export const RunFingerprintSchema = z.object({
  /** The user's own files, by their path from the configuration's folder. */
  files: HashesSchema,
  packages: HashesSchema,
  /** Lamarck's own code, by folder. */
  lamarck: HashesSchema,
  /** Parts of task families, as `verify of counter/reach`. */
  families: HashesSchema,
  settings: HashesSchema,
});
export type RunFingerprint = z.infer<typeof RunFingerprintSchema>;

/** Names in a sentence; the others are counted. */
const MOST_NAMED = 20;

const KINDS = ['files', 'packages', 'lamarck', 'families', 'settings'] as const;

/** What differs, files first. A file outside the project that has the same name and content elsewhere was moved with it. */
export function changesBetween(before: RunFingerprint, after: RunFingerprint): RunChange[] {
  return KINDS.flatMap((kind) => {
    const [old, now] = [new Map(Object.entries(before[kind])), new Map(Object.entries(after[kind]))];
    const wasMoved = (name: string, value: string, where: ReadonlyMap<string, string>): boolean =>
      kind === 'files' &&
      name.startsWith('../') &&
      [...where].some(([other, same]) => same === value && baseOf(other) === baseOf(name));
    const told = new Map<string, RunChange>();
    for (const name of [...new Set([...old.keys(), ...now.keys()])].sort()) {
      const [was, is] = [old.get(name), now.get(name)];
      if (was === is) continue;
      if (was === undefined && wasMoved(name, is as string, old)) continue;
      if (is === undefined && wasMoved(name, was as string, now)) continue;
      const change = changeOf(kind, name, was, is);
      told.set(change.name, change);
    }
    return [...told.values()];
  });
}

function changeOf(
  kind: RunChange['kind'],
  name: string,
  before: string | undefined,
  after: string | undefined,
): RunChange {
  const change = before === undefined ? 'added' : after === undefined ? 'removed' : 'changed';
  // The parts of a family come and go together.
  if (kind === 'families' && change !== 'changed')
    return { kind, name: name.replace(/^\w+ of /, 'family '), change };
  const isLegible = kind === 'packages' || kind === 'settings';
  return {
    kind,
    name,
    change,
    ...(isLegible && before !== undefined ? { before } : {}),
    ...(isLegible && after !== undefined ? { after } : {}),
  };
}

function baseOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Changes in a line: `counter.ts (changed), verify of counter/reach, budget.improvement (40 → 60)`. */
export function describeChanges(changes: readonly RunChange[]): string {
  const told = changes.slice(0, MOST_NAMED).map(({ kind, name, change, before, after }) => {
    if (before !== undefined && after !== undefined) return `${name} (${before} → ${after})`;
    if (kind === 'lamarck') return `Lamarck's ${name} (${change})`;
    return kind === 'families' && change === 'changed' ? name : `${name} (${change})`;
  });
  const more = changes.length - told.length;
  return `${told.join(', ')}${more > 0 ? `, and ${more} more` : ''}`;
}

/** All that runs recorded of their families before files were compared: the first train task of each, as one SHA-256. */
export function firstTasksHash({ families, unseen }: Pick<Night, 'families' | 'unseen'>): string {
  return hashOf([...families, ...unseen].map(({ family, suite }) => [suite, makeTask(family, 0, 1).hash]));
}
