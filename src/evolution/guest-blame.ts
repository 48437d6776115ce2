import { LamarckError, messageOf } from '../protocol/index.ts';

/** Characters of a fault that are kept: some name what the guest wrote, which may be long. */
const LONGEST_FAULT = 2000;

/** What came of work that a guest takes part in: its result, or in a sentence what the guest is to blame for. */
export type Blamed<Result> = { readonly result: Result } | { readonly fault: string };

/** Tries at work whose process ends. What is to blame for that is found out before: this bounds what is not. */
const TRIES = 8;
const PROCESS_ENDS: ReadonlySet<string> = new Set(['LAMARCK_ISOLATES_DIED', 'LAMARCK_ISOLATES_KILLED']);

/**
 * Does work that a guest takes part in, again where a process of isolates ended meanwhile. The sandbox gives the guest a
 * process of its own then, and blames it only for what repeats itself there. What is no guest's fault is thrown.
 */
export async function blamingGuest<Result>(work: () => Promise<Result>): Promise<Blamed<Result>> {
  for (let tries = 1; ; tries++) {
    try {
      return { result: await work() };
    } catch (error) {
      if (!LamarckError.isInstance(error)) throw error;
      if (error.boundary === 'agent') return { fault: shortened(messageOf(error)) };
      if (!PROCESS_ENDS.has(error.code) || tries === TRIES) throw error;
    }
  }
}

function shortened(text: string): string {
  return text.length > LONGEST_FAULT ? `${text.slice(0, LONGEST_FAULT)}…` : text;
}
