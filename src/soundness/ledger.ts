import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { hashOf } from '../host/index.ts';
import { makeTask, type TaskFamily } from '../task/index.ts';
import { writeDurably } from '../trajectory/index.ts';
import { boundedFamily } from './bounded-family.ts';
import type { FamilyVerdict } from './report.ts';

const LedgerSchema = z.record(
  z.string(),
  z.object({ family: z.string(), verdict: z.enum(['sound', 'unsound', 'unchecked']) }),
);

/** Which families were checked as they are now, and what came of it. */
export interface Ledger {
  /** Undefined where this family, as it is, was never checked. */
  find(family: TaskFamily): Promise<FamilyVerdict | undefined>;
  keep(family: TaskFamily, verdict: FamilyVerdict): Promise<void>;
}

/**
 * @param file may be missing, broken, or of an older check that asked less: then nothing is known.
 * @param code stands for the modules that the families' functions call: a check of other code says nothing
 */
export function openLedger(file: string, code = ''): Ledger {
  const read = async (): Promise<z.output<typeof LedgerSchema>> => {
    const text = await readFile(file, 'utf8').catch(() => '{}');
    try {
      return LedgerSchema.parse(JSON.parse(text));
    } catch {
      return {};
    }
  };
  return {
    find: async (family) => (await read())[identityOf(family, code)]?.verdict,
    async keep(family, verdict) {
      const entries = { ...(await read()), [identityOf(family, code)]: { family: family.name, verdict } };
      await writeDurably(file, `${JSON.stringify(entries, null, 2)}\n`);
    },
  };
}

/** Tasks that a family is known by, at each difficulty. */
const TASKS = 3;

/** A hash of what can be seen of a family: its tasks, its functions and those of its environment; and of the code that they call. */
function identityOf(family: TaskFamily, code: string): string {
  const { name, difficulties, maxSteps, timeLimit, generate, verify, oracle, environment } = family;
  const tasks: (string | null)[] = [];
  // A task that cannot be made is the last: making it may have taken all the time that a function has.
  for (let at = 0; at < difficulties * TASKS && tasks.at(-1) !== null; at++)
    tasks.push(taskHash(boundedFamily(family), at % TASKS, 1 + Math.floor(at / TASKS)));
  const functions = [generate, verify, oracle, environment.open].map(String);
  return hashOf({ name, difficulties, maxSteps, timeLimit, tasks, functions, world: environment.name, code });
}

/** The hash of a task; null where it cannot be made, which the check of its family tells. */
function taskHash(family: TaskFamily, seed: number, difficulty: number): string | null {
  try {
    return makeTask(family, seed, difficulty).hash;
  } catch {
    return null;
  }
}
