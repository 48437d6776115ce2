import { LamarckError, rejectAction, type Diagnostic, type Compiler, type Sandboxes } from 'lamarck';
import type { Tree } from './bench.ts';

/**
 * What the compiler finds in files.
 *
 * @throws a rejected action where there is no compiler, or the files are to blame for its not coming to an end
 */
export async function typesOf(
  files: Tree,
  sandboxes: Pick<Sandboxes, 'compiler'>,
  signal: AbortSignal,
): Promise<readonly Diagnostic[]> {
  try {
    return await sandboxes.compiler.check(files, { signal });
  } catch (error) {
    // A world in which an agent edits its own code has no compiler.
    if (LamarckError.isInstance(error) && error.code === 'LAMARCK_SANDBOX_MISSING')
      throw rejectAction('There is no compiler here.');
    throw isTooMuch(error) ? rejectAction(error.message) : error;
  }
}

/** The number of type errors, for the verdict; files with which the compiler exceeds its limits count as one error. */
export async function typeErrorsIn(files: Tree, compiler: Compiler, signal: AbortSignal): Promise<number> {
  try {
    return (await compiler.check(files, { signal })).length;
  } catch (error) {
    if (isTooMuch(error)) return 1;
    throw error;
  }
}

function isTooMuch(error: unknown): error is LamarckError {
  return LamarckError.isInstance(error) && error.code === 'LAMARCK_TYPES_EXCESSIVE';
}
