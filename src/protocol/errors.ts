/** On whose side an error is: it decides what is blamed, and what is tried again. */
export type Boundary = 'agent' | 'environment' | 'sandbox' | 'model' | 'task' | 'verifier' | 'store' | 'user';

/** What to do about an error, as data: each user of the engine words it in its own way. */
export interface Remedy {
  /** In sentences that name no command line. */
  readonly text: string;
  /** What does it, behind `lamarck` on a command line: `runs`, `evolve --resume RUN`. Words in capitals are for the reader to fill in. */
  readonly command?: string | undefined;
  /** An option of what was called that does it too, as the engine names it: `config`, `unchecked`. */
  readonly option?: string | undefined;
}

/** A remedy as the command line words it. */
export function remedyInWords({ text, command, option }: Remedy): string {
  const flag = option?.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  const withOption = flag === undefined ? text : `${text.replace(/\.$/, '')} (--${flag}).`;
  return command === undefined ? withOption : `${withOption.replace(/\.$/, '')}: npx lamarck ${command}`;
}

/**
 * The one error class. Its message is a sentence for the person who can act on it: what happened, to what,
 * and (as `remedy`) what to do.
 *
 * @example
 * throw new LamarckError({
 *   code: 'LAMARCK_RUN_NOT_FOUND', boundary: 'user',
 *   message: 'There is no run "x" in runs/.', remedy: { text: 'List the runs.', command: 'runs' },
 * });
 */
export class LamarckError extends Error {
  readonly code: `LAMARCK_${string}`;
  readonly boundary: Boundary;
  readonly remedy: Remedy | undefined;

  constructor(details: {
    code: `LAMARCK_${string}`;
    boundary: Boundary;
    message: string;
    /** A text alone is a remedy without a command. */
    remedy?: string | Remedy | undefined;
    cause?: unknown;
  }) {
    super(details.message, { cause: details.cause });
    this.name = 'LamarckError';
    this.code = details.code;
    this.boundary = details.boundary;
    const { remedy } = details;
    this.remedy = typeof remedy === 'string' ? { text: remedy } : remedy;
  }

  /** True for our errors, also for those that came from another copy of this module or crossed a process. */
  static isInstance(error: unknown): error is LamarckError {
    return error instanceof Error && 'code' in error && String(error.code).startsWith('LAMARCK_');
  }
}

/**
 * The message of anything that was thrown, to stand at the end of a sentence: without a full stop.
 *
 * @example clauseOf(new Error('It failed.')) // 'It failed'
 */
export function clauseOf(error: unknown): string {
  return messageOf(error).replace(/\.$/, '');
}

/**
 * The message of anything that was thrown.
 *
 * @example messageOf(new Error('It failed.')) // 'It failed.'
 */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
