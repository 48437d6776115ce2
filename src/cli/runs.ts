import { openProject, type RunEntry } from '../engine/index.ts';
import { describeChanges, estimate, type Summary } from '../protocol/index.ts';
import { table } from './table.ts';
import { print, printJson } from './terminal.ts';

/** `lamarck runs`: what is in the folder of runs, newest last. */
export async function runsCommand({ config, json }: { config?: string; json?: boolean }): Promise<void> {
  const project = await openProject({ config });
  const listed = await project.runs();
  if (json) {
    printJson(listed);
    return;
  }
  if (listed.length === 0) {
    print(`There are no runs in ${project.runsFolder} yet. Start one with \`npx lamarck evolve\`.`);
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

function factsOf({ run, manifest, problem, summary }: RunEntry): string[] {
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

function noteOn({ copyOf, formerly, problem }: RunEntry): string {
  return [
    ...(copyOf === undefined ? [] : [`copy of ${copyOf}`]),
    ...(formerly === undefined ? [] : [`formerly ${formerly}`]),
    ...(problem === undefined ? [] : [`damaged: ${problem}`]),
  ].join('; ');
}
