import type { Json, ProgramCandidate, ProgramOutcome } from 'lamarck';
import type { TestResult } from './bench.ts';
import { isSame, type Case } from './cases.ts';
import { CODEC, encodedName, ENCODED, hasEncoded } from './encoded-values.ts';

export type Call = Omit<Case, 'output'>;

/** A module's text as a program that tests call: its functions by name, behind one default export. */
export function testedProgram(text: string, calls: readonly (Call | Case)[]): ProgramCandidate {
  const functions = functionsOf(calls);
  // Few tests need values that JSON lacks, and for them alone the text is compiled with each program.
  const source = hasEncoded(calls)
    ? `${CODEC}${text}
export default ($call, $input) => {
  const $output = (${functions})[$call](...$decode($input));
  try { return $encode($output); } catch { return { ${ENCODED}: 'other' }; }
};
`
    : `${text}\nexport default ($call, $input) => (${functions})[$call](...$input);\n`;
  return { source, inputs: inputsOf(calls) };
}

export function functionsOf(calls: readonly Call[]): string {
  return `{ ${[...new Set(calls.map(({ call }) => call))].join(', ')} }`;
}

export function inputsOf(calls: readonly Call[]): Json[][] {
  return calls.map(({ call, input }) => [call, input]);
}

/** What came of each test, from what came of each call. */
export function testResults(outcomes: readonly ProgramOutcome[], cases: readonly Case[]): TestResult[] {
  return cases.map(({ output }, at) => {
    const outcome = outcomes[at];
    if (!outcome) throw new Error('The program sandbox left a test without an outcome.');
    if (outcome.ok) return isSame(outcome.value, output) ? { ok: true } : { ok: false, got: outcome.value };
    if (outcome.kind === 'throw' && encodedName(output) === 'thrown') return { ok: true };
    return { ok: false, kind: outcome.kind, message: outcome.message };
  });
}
