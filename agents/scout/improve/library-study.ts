/**
 * Learning helper functions: what verified programs have in common is compressed into helpers, and a draft that has them
 * plays against one that has not, on fresh tasks. They are kept where it solves more; what was learned of costs is
 * handed down either way.
 */
import { createRandom, type ImproverInput } from 'lamarck/agent';
import { costsPatch } from './costs-study.ts';
import { learnCosts, readCosts } from './costs.ts';
import { libraryFiles, helperNames } from './library-files.ts';
import { compress, type Library } from './library.ts';
import { firstTaskOf } from './curriculum.ts';
import { mean, pairedDifferences, tally, tellingTasks } from './paired-play.ts';
import { solvePrograms, type Solved } from './solving.ts';
import { finished, inTurn, jsonFile, type Patch, type Study } from './study.ts';

/** Part of the budget that is spent on solving tasks to compress; the rest is for trying the helpers. */
const SHARE_OF_SOLVING = 0.6;
const MOST_SOLVED = 192;
/** The largest number of tasks on which the draft with the helpers is compared with the draft without them. */
const MOST_TRIED = 64;
const MOST_HELPERS = 6;

/** @param families those whose tasks are programs. */
export function studyLibrary(
  input: ImproverInput,
  families: ImproverInput['families'],
  episodes: number,
): Study {
  const solving = Math.min(Math.floor(SHARE_OF_SOLVING * episodes), MOST_SOLVED);
  return solvePrograms(input, families, solving, (solved) => {
    const library = compress(
      solved.verified.map(({ program }) => program),
      MOST_HELPERS,
      [...helperNames(input.files).keys()],
    );
    const count = Math.min(Math.floor((episodes - solved.episodes) / 2), MOST_TRIED);
    if (library.helpers.length === 0 || count < 1) return finished(costsPatch(solved));
    return tryLibrary(input, families, count, solved, library);
  });
}

function tryLibrary(
  input: ImproverInput,
  families: ImproverInput['families'],
  count: number,
  solved: Solved,
  library: Library,
): Study {
  const random = createRandom(`${input.seed}/trial`);
  const tasks = tellingTasks(
    { families, trajectories: input.trajectories },
    count,
    firstTaskOf(random),
    random,
  );
  const plain = { 'costs.json': jsonFile(solved.costs) };
  const rewritten = solved.verified.map((one, at) => ({
    ...one,
    program: library.programs[at] ?? one.program,
  }));
  const files = {
    'costs.json': jsonFile(learnCosts(readCosts(input.files), rewritten)),
    ...libraryFiles(input.files, library.helpers),
  };
  return inTurn([plain, files], tasks, ([without, withHelpers]) => {
    const differences = pairedDifferences(without ?? [], withHelpers ?? []);
    return finished(mean(differences) > 0 ? libraryPatch(files, library, differences) : costsPatch(solved));
  });
}

function libraryPatch(files: Patch['files'], { helpers }: Library, differences: readonly number[]): Patch {
  const said = helpers.map(({ name, uses }) => `"${name}" (${uses} uses)`);
  return {
    files,
    kind: 'library',
    rationale: `library: ${helpers.length} helpers by compression, ${said.join(', ')}; against costs alone ${tally(differences)}`,
  };
}
