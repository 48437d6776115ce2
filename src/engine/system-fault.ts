import { messageOf, LamarckError } from '../protocol/index.ts';

/** What to do, by the system's name of what went wrong. */
const REMEDIES: ReadonlyMap<string, string> = new Map([
  ['ENOENT', 'Look whether the path is spelled right, and whether the file is still there.'],
  ['EACCES', 'Give this user the right to it, or name another place.'],
  ['EPERM', 'Give this user the right to it, or name another place.'],
  ['EROFS', 'Name a place on a disk that can be written.'],
  ['EISDIR', 'Name a file: this is a folder.'],
  ['ENOTDIR', 'Name a path whose folders are folders: one of them is a file.'],
  ['EEXIST', 'Name another place: something is there already.'],
  ['ENOSPC', 'Free some space on that disk, then try again.'],
  ['EDQUOT', 'Free some space, or raise the quota, then try again.'],
  ['EMFILE', 'Raise the limit on open files (`ulimit -n`), then try again.'],
  ['EADDRINUSE', 'Choose another port, or stop what listens there.'],
]);

/**
 * An error of the operating system as one for a person; undefined where it is none. Whoever calls the system says better what it
 * was for: this is for what nobody foresaw, so that a stack never stands in for a sentence.
 *
 * @example systemFault(new Error('not of the system')) // undefined
 */
export function systemFault(error: unknown): LamarckError | undefined {
  if (!(error instanceof Error) || !('syscall' in error) || !('code' in error)) return undefined;
  const code = String(error.code);
  return new LamarckError({
    code: 'LAMARCK_SYSTEM_REFUSED',
    boundary: 'user',
    message: `The operating system refused what was asked of it: ${messageOf(error)}.`,
    remedy: REMEDIES.get(code) ?? 'Look at the place that is named there, then try again.',
    cause: error,
  });
}
