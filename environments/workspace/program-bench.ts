import type { ProgramCandidate, ProgramOutcome, ProgramSandbox } from 'lamarck';
import { isModuleText, traced } from 'lamarck/agent';
import type { Bench, Comparison, Tree } from './bench.ts';
import { isSame, type Case } from './cases.ts';
import { CODEC, hasEncoded } from './encoded-values.ts';
import type { Fuel } from './fuel.ts';
import { functionsOf, inputsOf, testedProgram, testResults, type Call } from './tested-program.ts';

/** Characters of a module of which it is found out what each test runs: the work grows with the square of them. */
const MOST_TRACED = 20_000;
/** Of a verdict, in units of fuel a millisecond: its wall time is a backstop, which a busy machine must not reach before the fuel. */
const SLOWEST = 1_000;

/**
 * Runs the functions of one module in isolates: each text in a context of its own, verdicts in an isolate where nothing ran
 * before.
 *
 * @param using.notice hears what a text reached for that none needs
 */
export function createProgramBench(
  module: string,
  using: { programs: ProgramSandbox; signal: AbortSignal; fuel: Fuel; notice(attempt: string): void },
): Bench {
  const { programs, signal, fuel, notice } = using;
  const resultsOf = (outcomes: readonly ProgramOutcome[], cases: readonly Case[]) => {
    for (const outcome of outcomes) for (const attempt of outcome.tampering ?? []) notice(attempt);
    return testResults(outcomes, cases);
  };
  const textOf = (tree: Tree): string => tree[module] ?? '';
  const runs = (candidates: readonly ProgramCandidate[], units = fuel.trial) =>
    programs.run(candidates, { signal, limits: { fuel: units } });
  return {
    run: async (trees, cases) => {
      const outcomes = await runs(trees.map((tree) => testedProgram(textOf(tree), cases)));
      return outcomes.map((each) => resultsOf(each, cases));
    },
    judge: async (tree, cases) => {
      const limits = { fuel: fuel.verdict, wallMilliseconds: Math.ceil(fuel.verdict / SLOWEST) };
      const candidate = testedProgram(textOf(tree), cases);
      return resultsOf(await programs.judge(candidate, { signal, limits }), cases);
    },
    trace: async (tree, cases) => {
      const text = textOf(tree);
      if (text.length > MOST_TRACED || !isModuleText(text)) return cases.map(() => null);
      const { text: counted, linesOf } = traced(text, '$come');
      const [outcomes = []] = await runs([{ source: tracing(counted, cases), inputs: inputsOf(cases) }]);
      return outcomes.map((one) => (one.ok ? linesOf(one.value as number[]) : null));
    },
    compare: async (tree, others, calls) => {
      const candidates = [tree, ...others].map((each) => testedProgram(textOf(each), calls));
      const [own = [], ...theirs] = await runs(candidates, 5 * fuel.trial);
      return theirs.map((their) => comparisonOf(own, their));
    },
  };
}

/** A module's text as a program that gives back the places that a call came to. */
function tracing(counted: string, calls: readonly Call[]): string {
  const isEncoded = hasEncoded(calls);
  return `${isEncoded ? CODEC : ''}const $places = new Set();
const $come = (place) => { $places.add(place); };
${counted}
export default ($call, $input) => {
  $places.clear();
  try { (${functionsOf(calls)})[$call](...${isEncoded ? '$decode($input)' : '$input'}); } catch {}
  return [...$places];
};
`;
}

function comparisonOf(own: readonly ProgramOutcome[], their: readonly ProgramOutcome[]): Comparison {
  const pairs = own.flatMap((one, at) => (their[at] ? [[one, their[at]] as const] : []));
  const share = (is: (pair: (typeof pairs)[number]) => boolean): number =>
    pairs.length === 0 ? 0 : Math.round((100 * pairs.filter(is).length) / pairs.length) / 100;
  return {
    changes: share(
      ([one, other]) => !(one.ok && other.ok ? isSame(one.value, other.value) : one.ok === other.ok),
    ),
    breaks: share(([one, other]) => one.ok && !other.ok),
  };
}
