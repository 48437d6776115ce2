import { LamarckError } from 'lamarck';

/** Crashes of a process that did nothing else before work is to blame for them: one may be the machine's. */
const MOST_CRASHES = 2;
/** Ends from outside, such as by the system that ran out of memory. They say little of the work, so they are borne longer. */
const MOST_KILLS = 4;

/** Whether an error says that a process ended; how it ended decides how often that is borne. */
export function isProcessEnd(error: unknown): error is LamarckError {
  return (
    LamarckError.isInstance(error) &&
    (error.code === 'LAMARCK_ISOLATES_DIED' || error.code === 'LAMARCK_ISOLATES_KILLED')
  );
}

/**
 * Ends of processes while one piece of work was done in them. Only what repeats itself where nothing else went on is held
 * against the work: what shared its process, or ran in one that others had used, is tried again by itself.
 */
export class ProcessDeaths {
  #crashes = 0;
  #kills = 0;

  /** Notes one end. @returns whether the work is to blame by now. */
  note(error: LamarckError, wasAlone: boolean): boolean {
    if (!wasAlone) return false;
    if (error.code === 'LAMARCK_ISOLATES_KILLED') this.#kills += 1;
    else this.#crashes += 1;
    return this.#crashes >= MOST_CRASHES || this.#kills >= MOST_KILLS;
  }
}
