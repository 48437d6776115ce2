import { LamarckError, messageOf } from '../protocol/index.ts';

/** Characters of a fault that are kept: some name what the guest wrote, which may be long. */
const LONGEST_FAULT = 2000;

/** What came of work that a guest takes part in: its result, or in a sentence what the guest is to blame for. */
export type Blamed<Result> = { readonly result: Result } | { readonly fault: string };

/**
 * Does work that a guest takes part in. A process of isolates that dies may be ours to mend, so the work is done once
 * more; a guest that kills its process twice is to blame. What is no guest's fault is thrown.
 */
export async function blamingGuest<Result>(work: () => Promise<Result>): Promise<Blamed<Result>> {
  for (let deaths = 0; ;) {
    try {
      return { result: await work() };
    } catch (error) {
      if (!LamarckError.isInstance(error)) throw error;
      const isDeath = error.code === 'LAMARCK_MIND_DIED';
      if (!isDeath && error.boundary !== 'agent') throw error;
      if (!isDeath || ++deaths === 2) return { fault: shortened(messageOf(error)) };
    }
  }
}

function shortened(text: string): string {
  return text.length > LONGEST_FAULT ? `${text.slice(0, LONGEST_FAULT)}…` : text;
}
