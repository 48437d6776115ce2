import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { clauseOf, LamarckError } from '../protocol/index.ts';

/**
 * Writes a file where a person asked for it, in folders that are made where there are none.
 *
 * @param option by which the place was named
 * @returns its absolute path
 * @throws LamarckError `LAMARCK_OUTPUT_REFUSED`
 */
export async function writeOutput(path: string, text: string, option: string): Promise<string> {
  const file = resolve(path);
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
    return file;
  } catch (error) {
    throw new LamarckError({
      code: 'LAMARCK_OUTPUT_REFUSED',
      boundary: 'user',
      message: `${file} cannot be written: ${clauseOf(error)}.`,
      remedy: `Name another place with ${option}, or make room for it there.`,
      cause: error,
    });
  }
}
