import { defineTask, type Json, type TaskFamily } from 'lamarck';
import { chanceOfWins } from 'lamarck/agent';
import { workspace } from 'lamarck/environments';

/** The family's name in the record: its tasks are made by a run, and no configuration has them. */
export const SELF_MENDING = 'self/mending';

/** Likelier by chance than this is no reason to change anything. */
const CLEAR = 0.1;
/** A repair lasts as long as the episodes that are its tests. */
const HOURS = 12;

/**
 * An agent mends its own code: a family of one task. Its tests are tasks of other families; it is won where what was handed in is
 * clearly better at the hidden ones than the code as it was: more of them won than lost, by a sign test.
 */
export function selfMending(given: {
  files: Readonly<Record<string, string>>;
  module: string;
  tests: readonly (readonly Json[])[];
  hidden: readonly (readonly Json[])[];
  runs: number;
}): TaskFamily {
  const { files, module, runs } = given;
  const casesOf = (tasks: readonly (readonly Json[])[]) =>
    tasks.map((input) => ({ call: 'play', input: [...input], output: 1 }));
  return defineTask({
    name: SELF_MENDING,
    description: 'A file of the agent’s own code.',
    environment: workspace,
    difficulties: 1,
    maxSteps: 60,
    timeLimit: HOURS * 3_600_000,
    generate: () => ({
      instruction: `Make ${module} better: these files are an agent, and tests are tasks that it is to win.`,
      params: {
        subject: 'agent' as const,
        files: { ...files },
        module,
        tests: casesOf(given.tests),
        hidden: casesOf(given.hidden),
        runs,
      },
    }),
    verify: ({ evidence: { submitted, gained } }) =>
      submitted &&
      gained !== null &&
      gained.won > gained.lost &&
      chanceOfWins(gained.won, gained.lost) <= CLEAR,
  });
}
