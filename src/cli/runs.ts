import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { loadConfiguration } from '../config/index.ts';
import { describeChanges, listRuns } from '../evolution/index.ts';
import { SummarySchema, type Summary } from '../protocol/index.ts';
import { runsFolder } from './start-run.ts';
import { estimate } from './figures.ts';
import { table } from './table.ts';
import { print, printJson } from './terminal.ts';

/** `lamarck runs`: what is in the folder of runs, newest last. */
export async function runsCommand(options: { config?: string; json?: boolean }): Promise<void> {
  const runs = runsFolder(await loadConfiguration(options.config));
  const listed = await Promise.all(
    (await listRuns(runs)).map(async (entry) => ({ ...entry, summary: await readSummary(entry.folder) })),
  );
  if (options.json) {
    printJson(listed);
    return;
  }
  if (listed.length === 0) {
    print(`There are no runs in ${runs} yet. Start one with \`npx lamarck evolve\`.`);
    return;
  }
  print(
    table([
      ['run', 'kind', 'seed', 'begun', 'champion', 'gain on sealed'],
      ...listed.map(({ folder, manifest, problem, summary }) =>
        manifest
          ? [
              manifest.run,
              manifest.kind,
              String(manifest.seed),
              manifest.createdAt.slice(0, 16).replace('T', ' '),
              summary?.champion.slice(0, 8) ?? '',
              summary
                ? `${estimate(summary.sealed.gain, true)}${continuedAfter(summary)}`
                : manifest.kind === 'evolve'
                  ? 'not finished'
                  : '',
            ]
          : [folder, 'broken', '', '', '', problem ?? ''],
      ),
    ]),
  );
}

/** Marks a result that does not rest on one state of the code. */
function continuedAfter({ changes }: Summary): string {
  return changes.length === 0 ? '' : `  continued after changes: ${describeChanges(changes)}`;
}

async function readSummary(folder: string): Promise<Summary | undefined> {
  try {
    return SummarySchema.parse(JSON.parse(await readFile(join(folder, 'summary.json'), 'utf8')));
  } catch {
    // No summary, or none that can be read: the run has not finished, or will write it again.
    return undefined;
  }
}
