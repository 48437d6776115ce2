/** On whose side an error is: it decides what is blamed, and what is tried again. */
export type Boundary = 'agent' | 'environment' | 'sandbox' | 'model' | 'task' | 'verifier' | 'store' | 'user';

/**
 * The one error class. Its message is a sentence for the person who can act on it: what happened, to what,
 * and (as `remedy`) what to do.
 *
 * @example
 * throw new LamarckError({
 *   code: 'LAMARCK_RUN_NOT_FOUND', boundary: 'user',
 *   message: 'There is no run "x" in runs/.', remedy: 'List the runs with `lamarck runs`.',
 * });
 */
export class LamarckError extends Error {
  readonly code: `LAMARCK_${string}`;
  readonly boundary: Boundary;
  readonly remedy: string | undefined;

  constructor(details: {
    code: `LAMARCK_${string}`;
    boundary: Boundary;
    message: string;
    remedy?: string;
    cause?: unknown;
  }) {
    super(details.message, { cause: details.cause });
    this.name = 'LamarckError';
    this.code = details.code;
    this.boundary = details.boundary;
    this.remedy = details.remedy;
  }

  /** True for our errors, also for those that came from another copy of this module or crossed a process. */
  static isInstance(error: unknown): error is LamarckError {
    return error instanceof Error && 'code' in error && String(error.code).startsWith('LAMARCK_');
  }
}

/** The message of anything that was thrown, to stand at the end of a sentence: without a full stop. */
export function clauseOf(error: unknown): string {
  return messageOf(error).replace(/\.$/, '');
}

/** The message of anything that was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
