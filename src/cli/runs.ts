import { loadConfiguration } from '../config/index.ts';
import { describeChanges, listRuns, readSummary, type ListedRun } from '../evolution/index.ts';
import type { Summary } from '../protocol/index.ts';
import { runsFolder } from './start-run.ts';
import { estimate } from './figures.ts';
import { table } from './table.ts';
import { print, printJson } from './terminal.ts';

/** `lamarck runs`: what is in the folder of runs, newest last. */
export async function runsCommand(options: { config?: string; json?: boolean }): Promise<void> {
  const runs = runsFolder(await loadConfiguration(options.config));
  const listed = await Promise.all((await listRuns(runs)).map(withSummary));
  if (options.json) {
    printJson(listed);
    return;
  }
  if (listed.length === 0) {
    print(`There are no runs in ${runs} yet. Start one with \`npx lamarck evolve\`.`);
    return;
  }
  const rows = listed.map((each) => [...factsOf(each), noteOn(each)]);
  const isNoted = rows.some((row) => row.at(-1) !== '');
  print(
    table([
      ['run', 'kind', 'seed', 'begun', 'champion', 'gain on sealed', ...(isNoted ? ['note'] : [])],
      ...rows.map((row) => (isNoted ? row : row.slice(0, -1))),
    ]),
  );
}

/** Marks a result that does not rest on one state of the code. */
function continuedAfter({ changes }: Summary): string {
  return changes.length === 0 ? '' : `  continued after changes: ${describeChanges(changes)}`;
}

type Entry = ListedRun & { readonly summary?: Summary };

/** Adds a run's outcome, or what is wrong with it. */
async function withSummary(entry: ListedRun): Promise<Entry> {
  const { summary, problem } = await readSummary(entry.folder);
  const problems = [entry.problem, problem].filter((each) => each !== undefined);
  return {
    ...entry,
    ...(summary === undefined ? {} : { summary }),
    ...(problems.length === 0 ? {} : { problem: problems.join('; ') }),
  };
}

function factsOf({ run, manifest, problem, summary }: Entry): string[] {
  if (!manifest) return [run, 'damaged', '', '', '', ''];
  const { kind, seed, createdAt } = manifest;
  const unfinished = kind === 'evolve' && problem === undefined ? 'not finished' : '';
  return [
    run,
    kind,
    String(seed),
    createdAt.slice(0, 16).replace('T', ' '),
    summary?.champion.slice(0, 8) ?? '',
    summary ? `${estimate(summary.sealed.gain, true)}${continuedAfter(summary)}` : unfinished,
  ];
}

function noteOn({ copyOf, formerly, problem }: Entry): string {
  return [
    ...(copyOf === undefined ? [] : [`copy of ${copyOf}`]),
    ...(formerly === undefined ? [] : [`formerly ${formerly}`]),
    ...(problem === undefined ? [] : [`damaged: ${problem}`]),
  ].join('; ');
}
