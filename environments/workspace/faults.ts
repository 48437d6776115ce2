import { LamarckError } from 'lamarck';
import { applyEdit } from 'lamarck/agent';
import { passedOf, type Bench, type TestResult, type Tree } from './bench.ts';
import type { Case } from './cases.ts';

/** Faults tried together: most often one of the first is noticed. */
const FAULTS_AT_ONCE = 3;

/** Changes of a module: each of one or more splices of its text. */
interface Planted {
  readonly files: Tree;
  readonly module: string;
  readonly faults: readonly (readonly { start: number; end: number; replacement: string }[])[];
  readonly subtle: boolean;
  readonly tests: readonly Case[];
  readonly hidden: readonly Case[];
}

/**
 * The files as an episode begins: with the first fault that tests notice, where there are any.
 *
 * @throws LamarckError `LAMARCK_WORKSPACE_UNFIT` where none is noticed
 */
export async function faultyTree(
  { files, module, faults, subtle, tests, hidden }: Planted,
  bench: Bench,
): Promise<Tree> {
  if (faults.length === 0) return files;
  const trees = faults.map((fault) => ({
    ...files,
    [module]: fault.toSorted((one, other) => other.start - one.start).reduce(applyEdit, files[module] ?? ''),
  }));
  const isNoticed = (results: readonly TestResult[] = [], least = 0): boolean => {
    const passed = passedOf(results.slice(0, tests.length));
    return passed < tests.length && passed >= least && !results.slice(tests.length).every(({ ok }) => ok);
  };
  let plain: Tree | undefined;
  for (let first = 0; first < trees.length; first += FAULTS_AT_ONCE) {
    const some = trees.slice(first, first + FAULTS_AT_ONCE);
    const results = await bench.run(some, [...tests, ...hidden]);
    const noticed = some.find((_, at) => isNoticed(results[at], subtle ? tests.length / 2 : 0));
    if (noticed) return noticed;
    plain ??= some.find((_, at) => isNoticed(results[at]));
  }
  if (plain) return plain;
  throw unfit(module, `none of ${faults.length} faults is noticed by its tests`);
}

function unfit(module: string, why: string): LamarckError {
  return new LamarckError({
    code: 'LAMARCK_WORKSPACE_UNFIT',
    boundary: 'task',
    message: `The task of ${module} cannot be played: ${why}.`,
    remedy:
      'Change the tests of the task or its list of planted faults, so that at least one fault fails both a public test and a hidden test.',
  });
}
