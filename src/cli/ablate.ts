import { loadConfiguration, type LoadedConfiguration } from '../config/index.ts';
import { createGenomeActor, type EpisodeJob } from '../episode/index.ts';
import { gainEvidence, gainOf, type Pairing, type Score } from '../evaluation/index.ts';
import {
  genomeOf,
  openRunRecord,
  partsOf,
  withoutParts,
  type Archive,
  type ChangePart,
  type Genome,
} from '../evolution/index.ts';
import { LamarckError, missingReasons, type Ending, type MissingReason } from '../protocol/index.ts';
import { createRollout, type Rollout } from '../rollout/index.ts';
import type { MindSandbox } from '../sandbox/index.ts';
import { splitSeed } from '../task/index.ts';
import { archiveOf, genomeIdOf } from './agents.ts';
import { refuseBroken } from './broken-families.ts';
import { drainOnInterrupt } from './interruption.ts';
import { openMachinery } from './machinery.ts';
import { failWhereNothingPlayed, missingLines } from './missing-lines.ts';
import { startRun } from './start-run.ts';
import { estimate } from './figures.ts';
import { style, styled } from './styled-text.ts';
import { table } from './table.ts';
import { notice, outliveReaders, print, printJson } from './terminal.ts';

/** First dev task of an ablation: far from those of races and confirmations. */
const FIRST_TASK = 65_536;
/** The e-value at which a part is said to matter: p = 0.05 for a single comparison. */
const TELLING = 20;

interface Options {
  config?: string;
  against?: string;
  tasks: number;
  preview?: boolean;
  json?: boolean;
}

/** What a part is worth: the change without it, and the parent with nothing but it, each on the same tasks. */
interface PartResult {
  readonly part: string;
  /** The genome minus the genome without the part; null where that one does not run, because other parts need this one. */
  readonly loss: Difference | null;
  /** The parent with this part alone, minus the parent; null where that one does not run, because the part needs others. */
  readonly gainAlone: Difference | null;
}

interface Difference extends Score {
  /** e-value against "no better". */
  readonly evidence: number;
}

/** `lamarck agents ablate RUN [GENOME]`: which parts of a change its score comes from. */
export async function agentsAblateCommand(
  run: string,
  name: string | undefined,
  options: Options,
): Promise<void> {
  const configuration = await loadConfiguration(options.config);
  refuseBroken(configuration.broken, configuration);
  const archive = await archiveOf(run, options);
  const child = await archive.read(await genomeIdOf(archive, run, name ?? 'champion'));
  const parent = await archive.read(await idOfParent(archive, run, child.id, options.against));
  const parts = partsOf(parent.files, child.files);
  const episodes = (2 * parts.length + 2) * options.tasks * configuration.families.size;
  notice(
    `${child.id.slice(0, 8)} against ${parent.id.slice(0, 8)}: ${parts.length} parts, at most ${episodes} episodes (${options.tasks} dev tasks a family)`,
  );
  if (options.preview || parts.length === 0) {
    if (options.json)
      printJson({
        genome: child.id,
        against: parent.id,
        episodes,
        parts: parts.map(({ name: part }) => part),
      });
    else for (const part of parts) print(`  ${part.name}`);
    return;
  }
  const results = await ablate(configuration, parent, child, parts, options.tasks);
  if (options.json) printJson({ genome: child.id, against: parent.id, ...results });
  else {
    printResults(results.whole, results.parts);
    for (const line of missingLines(results.missingReasons, results.episodes)) print(line);
  }
  failWhereNothingPlayed(results.missingReasons, results.episodes);
}

async function idOfParent(
  archive: Archive,
  run: string,
  id: string,
  against: string | undefined,
): Promise<string> {
  if (against !== undefined) return genomeIdOf(archive, run, against);
  const parent = (await archive.list()).find((entry) => entry.id === id)?.parents[0];
  if (parent !== undefined) return parent;
  throw new LamarckError({
    code: 'LAMARCK_AGENT_UNKNOWN',
    boundary: 'user',
    message: 'The seed has no parent that it changed.',
    remedy: 'Name another genome, or what to compare it with: --against GENOME.',
  });
}

async function ablate(
  configuration: LoadedConfiguration,
  parent: Genome,
  child: Genome,
  parts: readonly ChangePart[],
  tasks: number,
): Promise<{
  run: string;
  whole: Score;
  parts: PartResult[];
  episodes: number;
  missingReasons: MissingReason[];
}> {
  await using machinery = openMachinery(configuration, notice);
  const { folder, manifest } = await startRun(configuration, {
    kind: 'eval',
    seed: configuration.seed,
    budget: configuration.budget,
    search: configuration.search,
    agent: child,
  });
  await using record = await openRunRecord(folder);
  const drain = drainOnInterrupt(() => notice('Stopping: episodes in flight end first.'));
  const { world, minds, workers } = machinery;
  const rollout = createRollout({ world, memory: record.memory, workers, drain: drain.signal });
  const endings: Ending[] = [];
  const play = async (genome: Genome): Promise<Scores> => {
    const scores = await scoresOf(configuration, rollout, minds, genome, tasks);
    endings.push(...scores);
    return scores;
  };
  const variant = (dropped: readonly ChangePart[]): Promise<Scores> =>
    play(genomeOf(withoutParts(parent.files, child.files, dropped)));
  try {
    const [ofParent, ofChild] = [await play(parent), await play(child)];
    const results: PartResult[] = [];
    outliveReaders(() => `${results.length} of ${parts.length} parts, episodes kept in ${folder}`);
    for (const part of parts) {
      notice(style('dim', `${part.name} (${results.length + 1} of ${parts.length})`));
      const [without, alone] = [
        await variant([part]),
        await variant(parts.filter((other) => other !== part)),
      ];
      results.push({
        part: part.name,
        loss: runs(without) ? differenceOf(without, ofChild) : null,
        gainAlone: runs(alone) ? differenceOf(ofParent, alone) : null,
      });
    }
    return {
      run: manifest.run,
      whole: gainOf(pairsOf(ofParent, ofChild)),
      parts: results,
      episodes: endings.length,
      missingReasons: missingReasons(endings),
    };
  } finally {
    drain.release();
  }
}

type Scores = readonly (Ending & { readonly task: string })[];

/** A genome that fails on every task, as one does that imports what is not there, says nothing of a part's worth. */
function runs(scores: Scores): boolean {
  return scores.some(({ stop }) => stop !== 'agent-error');
}

function differenceOf(first: Scores, second: Scores): Difference {
  const pairs = pairsOf(first, second);
  return { ...gainOf(pairs), evidence: gainEvidence(pairs) };
}

/** A genome on dev tasks of every family, in an order that is the same for every genome. */
async function scoresOf(
  configuration: LoadedConfiguration,
  rollout: Rollout,
  minds: MindSandbox,
  genome: Genome,
  tasks: number,
): Promise<Scores> {
  const actor = createGenomeActor(genome, minds);
  const jobs = [...configuration.families.values()].flatMap((family) =>
    Array.from({ length: tasks }, (_, index): EpisodeJob => ({
      actor,
      family,
      seed: splitSeed('dev', configuration.seed, FIRST_TASK + index),
      difficulty: 1 + (index % family.difficulties),
      repeat: 0,
    })),
  );
  return (await rollout.play(jobs)).map(({ start, end }) => ({
    task: `${start.task.family}/${start.task.seed}`,
    reward: end.reward,
    stop: end.stop,
    error: end.error,
  }));
}

/** The second against the first on the same tasks. */
function pairsOf(first: Scores, second: Scores): (Pairing & { cluster: string })[] {
  return first.map(({ task, reward }, at) => ({
    incumbent: reward,
    challenger: second[at]?.reward ?? null,
    cluster: task,
  }));
}

function printResults(whole: Score, parts: readonly PartResult[]): void {
  const said = (difference: Difference | null, where: string): [string, string] =>
    difference === null
      ? [where, '']
      : [estimate(difference, true), difference.evidence >= TELLING ? 'yes' : ''];
  print(styled`The whole change: ${estimate(whole, true)}\n`);
  print(
    table([
      ['part', 'lost without it', 'matters', 'gained by it alone', 'helps alone'],
      ...parts.map(({ part, loss, gainAlone }) => [
        part,
        ...said(loss, 'other parts need it'),
        ...said(gainAlone, 'it needs other parts'),
      ]),
    ]),
  );
  print(
    style(
      'dim',
      styled`\n"yes": paired e-value of ${TELLING} or more (p ≤ 0.05) on dev tasks that nothing was selected on.`,
    ),
  );
}
