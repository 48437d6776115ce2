import { LamarckError, messageOf } from '../protocol/index.ts';

/** By the system's names, and by SQLite's result codes (SQLITE_FULL, SQLITE_READONLY). */
const FULL = new Set(['ENOSPC', 'EDQUOT', 'EFBIG', '13']);
const READ_ONLY = new Set(['EROFS', 'EACCES', 'EPERM', '8']);
/** SQLite's primary result codes, in the words of the operating system. */
const SQLITE: Readonly<Record<number, string>> = { 8: 'EROFS', 13: 'ENOSPC' };

/**
 * What a failing disk means to a person. `doing` completes "Lamarck could not …". The remedy is about the disk alone: only who
 * knows that a run exists and can be resumed may advise to resume it.
 */
export function storeError(cause: unknown, doing: string): LamarckError {
  const errno = errnoOf(cause);
  const [code, remedy] = FULL.has(errno)
    ? (['LAMARCK_STORE_FULL', 'Free some space on that disk, or raise the quota, then try again.'] as const)
    : READ_ONLY.has(errno)
      ? (['LAMARCK_STORE_READ_ONLY', 'Make that place writable for this user, then try again.'] as const)
      : (['LAMARCK_STORE_FAILED', 'Check that place on the disk, then try again.'] as const);
  return new LamarckError({
    code,
    boundary: 'store',
    message: `Lamarck could not ${doing}: ${messageOf(cause)}`,
    remedy,
    cause,
  });
}

function errnoOf(cause: unknown): string {
  if (!(cause instanceof Error)) return '';
  if ('errcode' in cause) return SQLITE[Number(cause.errcode) & 0xff] ?? '';
  return 'code' in cause ? String(cause.code) : '';
}
