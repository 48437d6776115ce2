import { canonicalJson, makeTask, type Json, type TaskFamily } from '../../src/index.ts';
import type { Term } from '../../src/agent/index.ts';
import { createProgramSandbox } from '../../sandboxes/isolate/index.ts';
import { splitSeed } from '../../src/task/index.ts';
import type { ProgramTask as ShownTask } from '../../agents/scout/programs/program-task.ts';
import { think, type Vocabulary } from '../../agents/scout/programs/search.ts';

/** A program task with its hidden tests. */
export interface ProgramTask extends ShownTask {
  readonly tests: readonly { readonly input: readonly Json[]; readonly output: Json }[];
}

export interface Attempt {
  /** Whether it passed every hidden test. */
  readonly isRight: boolean;
  /** `undefined` where nothing fitted the examples. */
  readonly program: Term | undefined;
  readonly candidates: number;
}

export interface Solving extends AsyncDisposable {
  /** Tasks of a split, by their indices from `first` on. */
  draw(
    family: TaskFamily,
    split: 'train' | 'dev',
    difficulty: number,
    count: number,
    first: number,
  ): ProgramTask[];
  /** One attempt a task, in order. */
  solve(tasks: readonly ProgramTask[], vocabulary: Vocabulary): Promise<Attempt[]>;
  /** Candidates evaluated so far. */
  spent(): number;
}

/** Thinks as the scout does, and judges as its tasks do. */
export function openSolving({ runSeed, candidates }: { runSeed: number; candidates: number }): Solving {
  const sandbox = createProgramSandbox();
  let spent = 0;
  const attempt = async (task: ProgramTask, vocabulary: Vocabulary): Promise<Attempt> => {
    const thought = think(task, vocabulary, candidates);
    spent += thought.candidates;
    const { source, program } = thought;
    if (source === undefined) return { isRight: false, program, candidates: thought.candidates };
    const [outcomes = []] = await sandbox.run([{ source, inputs: task.tests.map(({ input }) => input) }]);
    const isRight = task.tests.every(({ output }, index) => {
      const outcome = outcomes[index];
      return outcome?.ok === true && canonicalJson(outcome.value) === canonicalJson(output);
    });
    return { isRight, program, candidates: thought.candidates };
  };
  return {
    draw: (family, split, difficulty, count, first) =>
      Array.from(
        { length: count },
        (_, index) =>
          makeTask(family, splitSeed(split, runSeed, first + index), difficulty).params as ProgramTask,
      ),
    solve: async (tasks, vocabulary) => {
      const attempts: Attempt[] = [];
      for (const task of tasks) attempts.push(await attempt(task, vocabulary));
      return attempts;
    },
    spent: () => spent,
    [Symbol.asyncDispose]: () => sandbox[Symbol.asyncDispose](),
  };
}
