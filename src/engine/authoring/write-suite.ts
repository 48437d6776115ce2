import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { pathToFileURL } from 'node:url';
import { loadConfiguration } from '../../config/index.ts';
import { LamarckError, messageOf } from '../../protocol/index.ts';
import type { TaskFamily } from '../../task/index.ts';

/** A suite that is to be. */
export interface NewSuite {
  readonly suite: string;
  /** The module of the suite: its default export is the suite's family, or all of its families. */
  readonly module: string;
  /** Texts by path, the module's among them; none is there yet. */
  readonly files: Readonly<Record<string, string>>;
  /** The configuration's text with the suite in it; undefined where a person has to write it. */
  readonly configured: string | undefined;
}

/**
 * Writes the files of a suite, and the configuration that names it, and loads them before anybody is told that they are there.
 * Where that fails, all is as it was.
 *
 * @param file the configuration
 * @returns the names of the suite's families
 * @throws LamarckError `LAMARCK_SUITE_REFUSED`, or what a family of the suite is broken by
 */
export async function writeSuite(
  file: string,
  { suite, module, files, configured }: NewSuite,
): Promise<readonly string[]> {
  const before = await readFile(file, 'utf8');
  const written: string[] = [];
  try {
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, text, { flag: 'wx' });
      written.push(path);
    }
    if (configured === undefined) return namesOf(await familiesIn(module));
    await writeFile(file, configured);
    const { suites, broken } = await loadConfiguration(file, undefined, { again: true });
    const why = broken.find((family) => family.suite === suite)?.why;
    if (why) throw why;
    return namesOf(Object.hasOwn(suites, suite) ? (suites[suite] ?? []) : []);
  } catch (error) {
    for (const path of written) await rm(path);
    if (configured !== undefined) await writeFile(file, before);
    throw refused(suite, error);
  }
}

async function familiesIn(module: string): Promise<readonly TaskFamily[]> {
  const { default: made } = (await import(pathToFileURL(module).href)) as {
    default: TaskFamily | readonly TaskFamily[];
  };
  return [made].flat();
}

function namesOf(families: readonly TaskFamily[]): string[] {
  const why = families.find(({ broken }) => broken)?.broken;
  if (why) throw why;
  return families.map(({ name }) => name);
}

/** Data says itself what is wrong with it; of what was written and is gone again, the reader has to be told. */
function refused(suite: string, error: unknown): LamarckError {
  if (LamarckError.isInstance(error) && !error.code.startsWith('LAMARCK_CONFIG_')) return error;
  return new LamarckError({
    code: 'LAMARCK_SUITE_REFUSED',
    boundary: 'user',
    message: `The suite "${suite}" was not added: ${messageOf(error)}`,
    remedy: 'All is as it was. Choose another name, or write the suite into the configuration yourself.',
    cause: error,
  });
}
