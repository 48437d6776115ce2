import type { Json, ProgramOutcome, Sandboxes } from 'lamarck';
import { isSame, type Case } from './cases.ts';

/** What came of one test. */
export type TestResult =
  | { readonly ok: true }
  | { readonly ok: false; readonly got: Json }
  | { readonly ok: false; readonly kind: string; readonly message: string };

/** For all tests of a text together, while it is worked on: endless loops are common then. */
const TRIAL_FUEL = 20_000;
/** For all tests of a verdict together: what is right but slow passes. */
const VERDICT_FUEL = 1_000_000;

/** A module that tests can call: its functions by name, behind one default export. */
function callable(text: string, cases: readonly Case[]): string {
  const names = [...new Set(cases.map(({ call }) => call))];
  return `${text}\nexport default ($call, $input) => ({ ${names.join(', ')} })[$call](...$input);\n`;
}

function candidateOf(text: string, cases: readonly Case[]): { source: string; inputs: Json[][] } {
  return { source: callable(text, cases), inputs: cases.map(({ call, input }) => [call, input]) };
}

/** Where tests run, and who hears what a text reached for that none needs. */
export interface TestBench {
  readonly sandboxes: Sandboxes;
  readonly signal: AbortSignal;
  notice?(attempt: string): void;
}

/** Runs tests on several texts of a module, each in a context of its own. */
export async function runTests(
  texts: readonly string[],
  cases: readonly Case[],
  { sandboxes, signal, notice }: TestBench,
): Promise<TestResult[][]> {
  const outcomes = await sandboxes.programs.run(
    texts.map((text) => candidateOf(text, cases)),
    { signal, limits: { fuel: TRIAL_FUEL } },
  );
  return outcomes.map((each) => resultsOf(each, cases, notice));
}

/** Runs tests in an isolate where nothing ran before: for verdicts. */
export async function judgeTests(
  text: string,
  cases: readonly Case[],
  { sandboxes, signal, notice }: TestBench,
): Promise<TestResult[]> {
  const limits = { fuel: VERDICT_FUEL };
  const outcomes = await sandboxes.programs.judge(candidateOf(text, cases), { signal, limits });
  return resultsOf(outcomes, cases, notice);
}

export function passedOf(results: readonly TestResult[]): number {
  return results.filter(({ ok }) => ok).length;
}

function resultsOf(
  outcomes: readonly ProgramOutcome[],
  cases: readonly Case[],
  notice: TestBench['notice'],
): TestResult[] {
  for (const outcome of outcomes) for (const attempt of outcome.tampering ?? []) notice?.(attempt);
  return cases.map(({ output }, at) => {
    const outcome = outcomes[at];
    if (!outcome) throw new Error('The program sandbox left a test without an outcome.');
    if (!outcome.ok) return { ok: false, kind: outcome.kind, message: outcome.message };
    return isSame(outcome.value, output) ? { ok: true } : { ok: false, got: outcome.value };
  });
}
