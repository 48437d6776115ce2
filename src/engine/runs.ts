import { runsFolder, type LoadedConfiguration } from '../config/index.ts';
import type { Summary } from '../protocol/index.ts';
import { listRuns, readSummary, type ListedRun } from '../run/index.ts';

/** A run, its outcome where it is finished, and what is wrong with it. */
export type RunEntry = ListedRun & { readonly summary?: Summary };

/** What is in the folder of runs, newest last. */
export async function runs(configuration: LoadedConfiguration): Promise<RunEntry[]> {
  return Promise.all((await listRuns(runsFolder(configuration))).map(withSummary));
}

async function withSummary(entry: ListedRun): Promise<RunEntry> {
  const { summary, problem } = await readSummary(entry.folder);
  const problems = [entry.problem, problem].filter((each) => each !== undefined);
  return {
    ...entry,
    ...(summary === undefined ? {} : { summary }),
    ...(problems.length === 0 ? {} : { problem: problems.join('; ') }),
  };
}
