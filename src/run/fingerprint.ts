import { z } from 'zod';
import type { RunChange } from '../protocol/index.ts';

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
