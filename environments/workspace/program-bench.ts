import type { Json, ProgramOutcome, Sandboxes } from 'lamarck';
import { isModuleText, traced } from 'lamarck/agent';
import type { Bench, Comparison, TestResult, Tree } from './bench.ts';
import { isSame, type Case } from './cases.ts';

type Call = Omit<Case, 'output'>;

/** For all tests of a text together, while it is worked on: endless loops are common then. */
const TRIAL_FUEL = 20_000;
/** For all tests of a verdict together: what is right but slow passes. */
const VERDICT_FUEL = 1_000_000;

/**
 * Runs the functions of one module in isolates: each text in a context of its own, verdicts in an isolate where nothing ran
 * before.
 *
 * @param using.notice hears what a text reached for that none needs
 */
export function createProgramBench(
  module: string,
  using: { sandboxes: Sandboxes; signal: AbortSignal; notice(attempt: string): void },
): Bench {
  const { sandboxes, signal, notice } = using;
  const textOf = (tree: Tree): string => tree[module] ?? '';
  const runs = (candidates: readonly { source: string; inputs: Json[][] }[], fuel = TRIAL_FUEL) =>
    sandboxes.programs.run(candidates, { signal, limits: { fuel } });
  return {
    run: async (trees, cases) => {
      const outcomes = await runs(trees.map((tree) => candidateOf(textOf(tree), cases)));
      return outcomes.map((each) => resultsOf(each, cases, notice));
    },
    judge: async (tree, cases) => {
      const limits = { fuel: VERDICT_FUEL };
      const candidate = candidateOf(textOf(tree), cases);
      return resultsOf(await sandboxes.programs.judge(candidate, { signal, limits }), cases, notice);
    },
    trace: async (tree, cases) => {
      const text = textOf(tree);
      if (!isModuleText(text)) return cases.map(() => null);
      const { text: counted, linesOf } = traced(text, '$come');
      const [outcomes = []] = await runs([{ source: tracing(counted, cases), inputs: inputsOf(cases) }]);
      return outcomes.map((one) => (one.ok ? linesOf(one.value as number[]) : null));
    },
    compare: async (tree, others, calls) => {
      const candidates = [tree, ...others].map((each) => candidateOf(textOf(each), calls));
      const [own = [], ...theirs] = await runs(candidates, 5 * TRIAL_FUEL);
      return theirs.map((their) => comparisonOf(own, their));
    },
  };
}

/** A module that tests can call: its functions by name, behind one default export. */
function candidateOf(text: string, calls: readonly Call[]): { source: string; inputs: Json[][] } {
  const source = `${text}\nexport default ($call, $input) => (${functionsOf(calls)})[$call](...$input);\n`;
  return { source, inputs: inputsOf(calls) };
}

/** The same, which gives back the places that a call came to. */
function tracing(counted: string, calls: readonly Call[]): string {
  return `const $places = new Set();
const $come = (place) => { $places.add(place); };
${counted}
export default ($call, $input) => {
  $places.clear();
  try { (${functionsOf(calls)})[$call](...$input); } catch {}
  return [...$places];
};
`;
}

function functionsOf(calls: readonly Call[]): string {
  return `{ ${[...new Set(calls.map(({ call }) => call))].join(', ')} }`;
}

function inputsOf(calls: readonly Call[]): Json[][] {
  return calls.map(({ call, input }) => [call, input]);
}

function resultsOf(
  outcomes: readonly ProgramOutcome[],
  cases: readonly Case[],
  notice: (attempt: string) => void,
): TestResult[] {
  for (const outcome of outcomes) for (const attempt of outcome.tampering ?? []) notice(attempt);
  return cases.map(({ output }, at) => {
    const outcome = outcomes[at];
    if (!outcome) throw new Error('The program sandbox left a test without an outcome.');
    if (!outcome.ok) return { ok: false, kind: outcome.kind, message: outcome.message };
    return isSame(outcome.value, output) ? { ok: true } : { ok: false, got: outcome.value };
  });
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
