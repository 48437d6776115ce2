import { LamarckError, type ParentRule } from '../protocol/index.ts';

export interface EvolveOptions {
  /** Seed of the run. Default: that of the configuration. */
  readonly seed?: number;
  /** Episodes of the whole run. Default: that of the configuration. */
  readonly budget?: number;
  /** How parents are chosen. Default: that of the configuration. */
  readonly parents?: ParentRule;
  /** Runs with games that a person won, to learn from. */
  readonly demonstrations?: readonly string[];
  /** A run that was stopped or killed, to go on with. */
  readonly resume?: string;
  /** Goes on although what the run depends on has changed; the summary states it. */
  readonly acceptChanges?: boolean;
  /** Does not check first whether families of your own can be trusted. */
  readonly unchecked?: boolean;
  /** Stops it when the episodes in flight have ended; it then fails with `LAMARCK_DRAINED`, and can be resumed. */
  readonly signal?: AbortSignal;
}

/**
 * Whether an evolution can be started with these options.
 *
 * @throws LamarckError where options contradict each other, before anything is loaded
 * @example assertOptions({ budget: 400 }) // undefined
 */
export function assertOptions(options: EvolveOptions): void {
  const { resume, seed, parents, demonstrations, acceptChanges } = options;
  if (resume === undefined && acceptChanges) {
    throw new LamarckError({
      code: 'LAMARCK_NOTHING_RESUMED',
      boundary: 'user',
      message: 'Changes can be accepted only of a run that is resumed, and none is named.',
      remedy: { text: 'Leave that out, or name the run.', option: 'resume' },
    });
  }
  const isChanged = seed !== undefined || parents !== undefined || demonstrations !== undefined;
  if (resume !== undefined && isChanged) {
    throw new LamarckError({
      code: 'LAMARCK_RESUME_CHANGED',
      boundary: 'user',
      message:
        'A resumed run keeps the seed, the rule for parents and the demonstrations that it began with.',
      remedy: 'Leave seed, parents and demonstrations out, or start a new run with them.',
    });
  }
}
