import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ProgramSandbox, Sandboxes, TaskFamily } from 'lamarck';
import { afterAll, beforeAll } from 'vitest';
import { createLocalWorld, oracleActor, runEpisode } from '../../src/episode/index.ts';
import { createProgramSandbox } from '../../sandboxes/isolate/index.ts';

export const lines = (rows: readonly object[]): string => rows.map((row) => JSON.stringify(row)).join('\n');

export const fix = (name: string, wrong: string, right: string, shown: string) => ({
  task_id: name,
  declaration: `const ${name} = (a, b) => {\n`,
  canonical_solution: `  return ${right};\n}\n`,
  buggy_solution: `  return ${wrong};\n}\n`,
  test: `console.assert(${name}(5, 3) === ${name}(5, 3)); ${name}(1, 1); ${name}(0, 9);`,
  example_test: `console.assert(${name}(1, 2) === ${shown})`,
  docstring: `Does ${name}.`,
  entry_point: name,
});
export const FIXES = [
  fix('add', 'a - b', 'a + b', '3'),
  fix('most', 'Math.min(a, b)', 'Math.max(a, b)', '2'),
  fix('less', 'a > b', 'a < b', 'true'),
];
export const X = FIXES.map(({ task_id, declaration, canonical_solution, test, example_test }) => ({
  task_id,
  prompt: `/* Does ${task_id}. */\n${declaration}`,
  declaration,
  canonical_solution,
  test,
  example_test,
}));
export const PL_E = ['one', 'two', 'three'].map((name) => ({
  name,
  prompt: `// Does ${name}.\nfunction ${name}(a){\n`,
  tests: `const assert = require('node:assert');\n\nfunction test() {\n  let candidate = ${name};\n  assert.deepEqual(candidate(1),2);\n  assert.deepEqual(candidate([]),null);\n}\n\ntest();`,
}));
export const LIST = ['first', 'more', 'most'].map((name, extra) => ({
  name,
  type: { input: 'list-of-int', output: 'int' },
  examples: [1, 2, 3, 4].map((n) => ({ i: [n, 7], o: n + extra })),
}));

/** Files of rows in a folder of the test file, and programs to play them with. */
export function useDataFiles() {
  let folder = '';
  let programs: ProgramSandbox;
  let files = 0;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'jsonl-'));
    programs = createProgramSandbox();
  });
  afterAll(async () => {
    rmSync(folder, { recursive: true });
    await programs[Symbol.asyncDispose]();
  });
  return {
    folder: () => folder,
    sandboxes: () => ({ programs }) as Sandboxes,
    file(content: string | Buffer): string {
      const path = join(folder, `data-${++files}.jsonl`);
      writeFileSync(path, content);
      return path;
    },
    /** What the right solutions of three tasks earn. */
    async solved(families: readonly TaskFamily[]): Promise<(number | null)[]> {
      const [family] = families as [TaskFamily];
      const world = createLocalWorld(family, { programs });
      const job = { actor: oracleActor, family, difficulty: 1, repeat: 0 };
      const signal = new AbortController().signal;
      const trajectories = await Promise.all(
        [0, 2 ** 40, 2 ** 41].map((seed) => runEpisode({ ...job, seed }, world, signal)),
      );
      return trajectories.map(({ end }) => end.reward);
    },
  };
}
