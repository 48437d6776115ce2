import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { isDeepStrictEqual } from 'node:util';
import { createProgramSandbox } from '../../sandboxes/isolate/index.ts';
import type { Benchmark } from './benchmark.ts';
import { ratioOf, takeTurns } from './take-turns.ts';

const CANDIDATES = 50;
/** Of these in a process of their own each: it takes long enough. */
const PROCESSES = 1;
const INPUTS = Array.from({ length: 6 }, (_, row) => [
  Array.from({ length: 8 }, (_, place) => row * 7 + place * 3),
]);

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

/** Candidates that are run on six inputs and compared with what is expected. */
export const candidates: Benchmark = {
  name: 'candidates',
  title: 'verified program candidates, beside bare isolated-vm with a fresh context each, and a process each',
  piece: 'candidate',
  async run() {
    await using sandbox = createProgramSandbox();
    const child = startBare();
    const all = Array.from({ length: CANDIDATES }, (_, index) => index);
    const ours = async (): Promise<void> => {
      const programs = all.map((index) => ({ source: `export default ${codeOf(index)}`, inputs: INPUTS }));
      for (const [index, outcomes] of (await sandbox.run(programs)).entries())
        verify(
          index,
          outcomes.map((outcome) => (outcome.ok ? outcome.value : outcome.message)),
        );
    };
    const oneEach = async (): Promise<void> => {
      for (let index = 0; index < PROCESSES; index++) {
        const own = startBare();
        await askBare(own, [index]);
        own.kill();
      }
    };
    try {
      const times = await takeTurns(
        [
          { name: 'the program sandbox', pieces: CANDIDATES, run: ours },
          { name: 'bare isolated-vm, fresh contexts', pieces: CANDIDATES, run: () => askBare(child, all) },
          { name: 'a process each', pieces: PROCESSES, run: oneEach },
        ],
        15,
      );
      return {
        times,
        bars: [
          {
            what: 'speed as a share of bare contexts',
            value: ratioOf(times[1], times[0]),
            unit: '×',
            atLeast: 0.7,
          },
          {
            what: 'faster than a process each by',
            value: ratioOf(times[2], times[0]),
            unit: '×',
            atLeast: 15,
          },
        ],
      };
    } finally {
      child.kill();
    }
  },
};
