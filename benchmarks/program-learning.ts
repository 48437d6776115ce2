/**
 * Does what is learned from programs help with programs of another kind? Leave one family out: costs and helpers are
 * learned on train tasks of nine families, and tried on fresh dev tasks of the tenth, with the same candidates for all:
 *
 * - uniform: every operator costs the same
 * - costs: operators cost what verified programs of the other families say
 * - costs and library: and helpers were found in those programs by compression, kept where they solve more train tasks
 *
 * Programs are searched for in this process and judged by the tasks' hidden tests in the sandbox for programs.
 *
 *     npm run bench:program-learning -- [--tasks N] [--train N] [--seed N] [--candidates N] [--json]
 */
import { parseArgs } from 'node:util';
import { createRandom, estimate } from '../src/protocol/index.ts';
import { programs as families } from '../tasks/programs/index.ts';
import { learnCosts, type Verified } from '../agents/scout/improve/costs.ts';
import { compress, operatorsOf } from '../agents/scout/improve/library.ts';
import type { Vocabulary } from '../agents/scout/programs/search.ts';
import { THINKING_CANDIDATES } from '../agents/scout/programs/thinking-budget.ts';
import { openSolving, type Attempt, type ProgramTask } from './program-learning/solving.ts';
import { relativeGain } from './program-learning/relative-gain.ts';

const { values } = parseArgs({
  options: {
    tasks: { type: 'string', default: '8' },
    train: { type: 'string', default: '6' },
    seed: { type: 'string', default: '1' },
    candidates: { type: 'string', default: String(THINKING_CANDIDATES) },
    json: { type: 'boolean', default: false },
  },
});
const [tasksEach, trainEach, seed, candidates] = [
  values.tasks,
  values.train,
  values.seed,
  values.candidates,
].map((text) => {
  const count = Number(text);
  if (Number.isInteger(count) && count > 0) return count;
  console.error(`"${text}" is no whole number from 1.`);
  return process.exit(2);
}) as [number, number, number, number];

const UNIFORM: Vocabulary = { costs: { unknown: 8, uses: {} }, library: [] };
const MOST_HELPERS = 6;
const DIFFICULTIES = [1, 2, 3];

interface Fold {
  readonly family: string;
  readonly programs: number;
  readonly helpers: readonly string[];
  readonly isLibraryKept: boolean;
  /** One attempt a task in each, in the same order. */
  readonly uniform: readonly Attempt[];
  readonly costs: readonly Attempt[];
  readonly library: readonly Attempt[];
}

await using solving = openSolving({ runSeed: seed, candidates });
const drawn = (split: 'train' | 'dev', count: number, first = 0, difficulties = DIFFICULTIES) =>
  families.map((family) =>
    difficulties.flatMap((difficulty) => solving.draw(family, split, difficulty, count, first)),
  );
const [trainTasks, trialTasks, devTasks] = [
  drawn('train', trainEach),
  drawn('train', 1, trainEach, [2, 3]),
  drawn('dev', tasksEach),
];

progress('uniform costs on all train tasks');
const uniformTrain: Attempt[][] = [];
for (const tasks of trainTasks) uniformTrain.push(await solving.solve(tasks, UNIFORM));

const folds: Fold[] = [];
for (const [index, family] of families.entries()) {
  progress(`${folds.length + 1} of ${families.length}: ${family.name} is left out`);
  folds.push(await leaveOut(index));
}
report();

async function leaveOut(index: number): Promise<Fold> {
  const others = <Item>(lists: readonly (readonly Item[])[]): Item[] => lists.toSpliced(index, 1).flat();
  const easy = others(uniformTrain);
  const missed = others(trainTasks).filter((_, at) => !easy[at]?.isRight);
  const first = verified(others(trainTasks), easy);
  // What was out of reach is tried again with what the rest taught.
  const again = await solving.solve(missed, { ...UNIFORM, costs: learnCosts(UNIFORM.costs, first) });
  const programs = [...first, ...verified(missed, again)];
  const costs: Vocabulary = { ...UNIFORM, costs: learnCosts(UNIFORM.costs, programs) };
  const found = compress(
    programs.map(({ program }) => program),
    MOST_HELPERS,
  );
  const library: Vocabulary = {
    costs: learnCosts(
      UNIFORM.costs,
      programs.map((one, at) => ({ ...one, program: found.programs[at] ?? one.program })),
    ),
    library: operatorsOf(found.helpers),
  };
  const trial = others(trialTasks);
  const [without, withHelpers] = [await solving.solve(trial, costs), await solving.solve(trial, library)];
  const isLibraryKept = right(withHelpers) > right(without);
  const tasks = devTasks[index] as ProgramTask[];
  const byCosts = await solving.solve(tasks, costs);
  return {
    family: (families[index] as (typeof families)[number]).name,
    programs: programs.length,
    helpers: found.helpers.map(({ name }) => name),
    isLibraryKept,
    uniform: await solving.solve(tasks, UNIFORM),
    costs: byCosts,
    library: isLibraryKept ? await solving.solve(tasks, library) : byCosts,
  };
}

function verified(tasks: readonly ProgramTask[], attempts: readonly Attempt[]): Verified[] {
  return attempts.flatMap(({ isRight, program }, at) =>
    isRight && program !== undefined ? [{ program, task: tasks[at] as ProgramTask }] : [],
  );
}

function right(attempts: readonly Attempt[]): number {
  return attempts.filter(({ isRight }) => isRight).length;
}

function progress(text: string): void {
  console.error(text);
}

function report(): void {
  const outcomes = (arm: 'uniform' | 'costs' | 'library') =>
    folds.map((fold) => fold[arm].map(({ isRight }) => Number(isRight)));
  const random = createRandom(`program learning ${seed}`);
  const gains = {
    costs: relativeGain(outcomes('uniform'), outcomes('costs'), random),
    library: relativeGain(outcomes('uniform'), outcomes('library'), random),
  };
  const rows = folds.map(({ family, programs, helpers, isLibraryKept, uniform, costs, library }) => ({
    family,
    tasks: uniform.length,
    programs,
    uniform: right(uniform),
    uniformByDifficulty: byDifficulty(uniform),
    costs: right(costs),
    costsByDifficulty: byDifficulty(costs),
    library: right(library),
    libraryByDifficulty: byDifficulty(library),
    isLibraryKept,
    helpers,
  }));
  const spent = solving.spent();
  if (values.json) {
    console.log(JSON.stringify({ seed, candidates, spent, gains, folds: rows }, null, 2));
    return;
  }
  console.log('solved at difficulty 1/2/3, of', tasksEach, 'each');
  for (const row of rows) {
    const helpers = row.isLibraryKept
      ? `${row.helpers.length} helpers kept`
      : `${row.helpers.length} helpers dropped`;
    console.log(
      `${row.family.padEnd(20)} uniform ${row.uniformByDifficulty.padEnd(9)} costs ${row.costsByDifficulty.padEnd(9)} costs and library ${row.libraryByDifficulty.padEnd(9)} (${row.programs} programs, ${helpers})`,
    );
  }
  const total = (name: 'uniform' | 'costs' | 'library') => rows.reduce((sum, row) => sum + row[name], 0);
  console.log(
    `solved: uniform ${total('uniform')}, costs ${total('costs')}, costs and library ${total('library')}`,
  );
  for (const [name, { byTask, byFamily }] of Object.entries(gains))
    console.log(
      `relative gain of ${name === 'costs' ? 'costs' : 'costs and library'}: ${estimate(byTask)} by task, ${estimate(byFamily)} by family`,
    );
  console.log(`${candidates} candidates a task at most, ${spent} evaluated`);
}

function byDifficulty(attempts: readonly Attempt[]): string {
  return DIFFICULTIES.map((_, at) => right(attempts.slice(at * tasksEach, (at + 1) * tasksEach))).join('/');
}
