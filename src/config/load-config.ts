import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { packageRoot } from '../package-root.ts';
import { LamarckError, messageOf } from '../protocol/index.ts';
import type { TaskFamily } from '../task/index.ts';
import { ConfigurationSchema, type ResolvedConfiguration } from './define-config.ts';

/** A configuration, checked, with where it came from. */
export interface LoadedConfiguration extends ResolvedConfiguration {
  /** Absolute path of the file. */
  readonly file: string;
  /** Its folder: what its relative paths are relative to. */
  readonly folder: string;
  readonly families: ReadonlyMap<string, TaskFamily>;
  /** Those that cannot be used; neither `families` nor `suites` has them. */
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
  const parsed = ConfigurationSchema.safeParse(exported);
  if (!parsed.success) {
    throw new LamarckError({
      code: 'LAMARCK_CONFIG_INVALID',
      boundary: 'user',
      message: `${file} is not a valid configuration:\n${z.prettifyError(parsed.error)}`,
      remedy: 'Export the result of defineConfig({ suites: { … } }) as its default.',
    });
  }
  const families = new Map<string, TaskFamily>();
  const broken: BrokenFamily[] = [];
  const suiteOf = new Map<string, string>();
  for (const [suite, members] of Object.entries(parsed.data.suites)) {
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
    Object.entries(parsed.data.suites)
      .map(([suite, members]) => [suite, members.filter((family) => !family.broken)] as const)
      .filter(([, members]) => members.length > 0),
  );
  return { ...parsed.data, file, folder: dirname(file), suites, families, broken, suiteOf };
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
    remedy: 'Make a project with `lamarck init DIR`, go to its folder, or name a file with --config.',
  });
}

/** `path:line:column` in a stack. */
const PLACE = /(?:\(|at )(?:async )?(?:file:\/\/)?(\/[^()\s]+:\d+:\d+)/g;
const OWN = ['src', 'tasks', 'environments', 'dist'].map((folder) => join(packageRoot, folder, '/'));

/** @param query makes it another module for Node, which loads each only once */
async function importDefault(file: string, query: string): Promise<unknown> {
  try {
    return ((await import(pathToFileURL(file).href + query)) as { default?: unknown }).default;
  } catch (error) {
    const places =
      error instanceof Error
        ? [...(error.stack ?? '').replaceAll(query, '').matchAll(PLACE)].map(([, place = '']) => place)
        : [];
    // What this package found wrong was written by whoever called it.
    const place = places.find(
      (one) => !one.includes('/node_modules/') && !OWN.some((folder) => one.startsWith(folder)),
    );
    if (LamarckError.isInstance(error)) {
      const { code, boundary, remedy } = error;
      const message = place === undefined ? error.message : `${place}: ${error.message}`;
      throw new LamarckError({ code, boundary, message, ...(remedy && { remedy }), cause: error });
    }
    throw new LamarckError({
      code: 'LAMARCK_CONFIG_BROKEN',
      boundary: 'user',
      message: `${file} could not be loaded: ${messageOf(error)}${place === undefined ? '' : ` (${place})`}`,
      remedy: /outside a module/.test(messageOf(error))
        ? 'The package.json beside it says that files are CommonJS: write "type": "module" there.'
        : 'Files are run by Node as they are: write relative imports with their .ts ending, `import type` for types, and no enums or namespaces.',
      cause: error,
    });
  }
}
