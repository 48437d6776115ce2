import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { LamarckError, messageOf } from '../protocol/index.ts';
import type { TaskFamily } from '../task/index.ts';
import { ConfigurationSchema, type ResolvedConfiguration } from './define-config.ts';
import { importFailure } from './import-failure.ts';
import { recordImports } from './recorded-imports.ts';
import { placeInStack } from './place-in-stack.ts';
import { unlessIdle } from './unless-idle.ts';

/** A configuration, checked, with where it came from. */
export interface LoadedConfiguration extends ResolvedConfiguration {
  /** Absolute path of the file. */
  readonly file: string;
  /** The folder of the configuration: its relative paths are relative to this. */
  readonly folder: string;
  readonly families: ReadonlyMap<string, TaskFamily>;
  /** Task families that cannot be used; neither `families` nor `suites` has them. */
  readonly broken: readonly BrokenFamily[];
  /** The suite of each family. */
  readonly suiteOf: ReadonlyMap<string, string>;
}

export interface BrokenFamily {
  readonly name: string;
  readonly suite: string;
  readonly why: LamarckError;
}

/**
 * Loads `lamarck.config.ts` (or .js, .mjs): the file named, or the one in the working folder.
 *
 * @param options.again reads the file also where it was loaded before, because it was changed
 * @throws LamarckError `LAMARCK_CONFIG_MISSING`, `LAMARCK_CONFIG_BROKEN` or `LAMARCK_CONFIG_INVALID`, naming file and field.
 */
export async function loadConfiguration(
  named?: string,
  from = process.cwd(),
  { again = false }: { again?: boolean } = {},
): Promise<LoadedConfiguration> {
  const file = locate(named, from);
  const exported = await importDefault(file, again ? `?at=${performance.now()}` : '');
  const resolved = resolvedFrom(exported, file);
  const families = new Map<string, TaskFamily>();
  const broken: BrokenFamily[] = [];
  const suiteOf = new Map<string, string>();
  for (const [suite, members] of Object.entries(resolved.suites)) {
    for (const family of members) {
      if (suiteOf.has(family.name)) {
        throw new LamarckError({
          code: 'LAMARCK_CONFIG_INVALID',
          boundary: 'user',
          message: `${file} names the task family "${family.name}" twice.`,
          remedy: 'Give each family a name of its own and put it into one suite.',
        });
      }
      suiteOf.set(family.name, suite);
      if (family.broken) broken.push({ name: family.name, suite, why: family.broken });
      else families.set(family.name, family);
    }
  }
  const suites = Object.fromEntries(
    Object.entries(resolved.suites)
      .map(([suite, members]) => [suite, members.filter((family) => !family.broken)] as const)
      .filter(([, members]) => members.length > 0),
  );
  return { ...resolved, file, folder: dirname(file), suites, families, broken, suiteOf };
}

function resolvedFrom(exported: unknown, file: string): ResolvedConfiguration {
  let faults: string;
  try {
    const parsed = ConfigurationSchema.safeParse(exported);
    if (parsed.success) return parsed.data;
    faults = z.prettifyError(parsed.error);
  } catch (error) {
    // Members that are computed when they are read may throw.
    faults = `✖ ${messageOf(error)}\n  → at ${placeInStack(error) ?? 'a member'}`;
  }
  throw new LamarckError({
    code: 'LAMARCK_CONFIG_INVALID',
    boundary: 'user',
    message: `${file} is not a valid configuration:\n${faults}`,
    remedy: 'Export the result of defineConfig({ suites: { … } }) as its default.',
  });
}

function locate(named: string | undefined, from: string): string {
  const candidates = named
    ? [resolve(from, named)]
    : ['ts', 'mts', 'js', 'mjs'].map((ending) => join(from, `lamarck.config.${ending}`));
  const found = candidates.find((candidate) => existsSync(candidate));
  if (found) return found;
  throw new LamarckError({
    code: 'LAMARCK_CONFIG_MISSING',
    boundary: 'user',
    message: named
      ? `There is no configuration at ${candidates[0]}.`
      : `There is no lamarck.config.ts in ${from}.`,
    remedy: {
      text: 'Name a configuration, go to the folder of one, or make a project.',
      command: 'init DIR',
      option: 'config',
    },
  });
}

/** @param query makes it another module for Node, which loads each only once */
async function importDefault(file: string, query: string): Promise<unknown> {
  using _recording = recordImports();
  try {
    const { href } = pathToFileURL(file);
    const loading = import(href + query) as Promise<{ default?: unknown }>;
    // Awaited here also where it is a promise, or a proxy that throws when it is asked whether it is one.
    return await unlessIdle(loading.then((module) => module.default));
  } catch (error) {
    const place = placeInStack(error);
    if (LamarckError.isInstance(error)) {
      const { code, boundary, remedy } = error;
      const message = place === undefined ? error.message : `${place}: ${error.message}`;
      throw new LamarckError({ code, boundary, message, remedy, cause: error });
    }
    throw new LamarckError({
      // The configuration, or a module that it imports, cannot be loaded: the message names the file and the line.
      code: 'LAMARCK_CONFIG_BROKEN',
      boundary: 'user',
      ...importFailure(file, error),
      cause: error,
    });
  }
}
