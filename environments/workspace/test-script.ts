import type { ProgramCandidate, ProgramOutcome } from 'lamarck';
import { readSource, type SyntaxNode } from 'lamarck/agent';
import { z } from 'zod';
import { CaseSchema, type Case } from './cases.ts';
import { CODEC, THROWN } from './encoded-values.ts';

/** Tests as the text of a script of assertions that call one function. */
export interface TestScript {
  readonly script: string;
  /** Name of the function. */
  readonly call: string;
  /** A text that declares the function, right; undefined where assertions say what to expect. */
  readonly reference?: string | undefined;
}

/** Scripts take their assertions from Node; here they are handed to them. */
const IMPORT =
  /^\s*(?:(?:const|let|var)\s+assert\s*=\s*require\([^)]*\)|import\s+assert\s+from\s*['"][^'"]*['"]);?/gm;

const RecordingSchema = z.object({
  cases: z.array(CaseSchema),
  /** Why some assertion is no case, as the end of a sentence about the tests; empty where each is one. */
  fault: z.string(),
  /** Numbers of the assertions that were run. */
  reached: z.array(z.number().int()),
});

/**
 * A program that runs a script of tests where nothing else runs, and gives back what the script called its function with and what
 * is expected: what the reference gives, or what the assertion names. So no test ever runs beside what it judges.
 */
export function recordingProgram({ script, call, reference }: TestScript): ProgramCandidate {
  const source = `${CODEC}
export default () => {
  const $cases = [];
  const $reached = new Set();
  const $open = new Map();
  let $fault = '';
  const $refuse = (why) => { if ($fault === '') $fault = why; };
  const $note = (input, output, isThrown) => {
    try { $cases.push({ call: '${call}', input, output: isThrown ? ${JSON.stringify(THROWN)} : $encode(output) }); }
    catch (error) { $refuse('expect what no test can hold: it ' + error.message); }
  };
  ${reference ?? `let ${call};`}
  const $reference = ${call};
  const $recorded = (...given) => {
    let input = [];
    try { input = $encode(given); } catch (error) { $refuse('call their function with what no test can hold: it ' + error.message); }
    if ($reference === undefined) {
      const outcome = {};
      $open.set(outcome, input);
      return outcome;
    }
    let output;
    try { output = $reference(...given); } catch (error) { $note(input, undefined, true); throw error; }
    $note(input, output, false);
    return output;
  };
  const $compare = (one, other) => {
    if ($reference !== undefined) return;
    const [outcome, expected] = $open.has(one) ? [one, other] : [other, one];
    if (!$open.has(outcome) || $open.has(expected)) $refuse('assert something else than the whole outcome of one call');
    else { $note($open.get(outcome), expected, false); $open.delete(outcome); }
  };
  const $throws = (run) => {
    const before = new Set($open.keys());
    try { run(); } catch {}
    if ($reference !== undefined) return;
    const [outcome, ...more] = [...$open.keys()].filter((one) => !before.has(one));
    if (outcome === undefined || more.length > 0) $refuse('assert that something else throws than one call');
    else { $note($open.get(outcome), undefined, true); $open.delete(outcome); }
  };
  const $holds = (condition) => {
    if ($reference === undefined) $refuse('assert something else than the whole outcome of one call');
    else if (!condition) $refuse('have an assertion that its right solution does not meet');
  };
  const $known = { equal: $compare, strictEqual: $compare, deepEqual: $compare, deepStrictEqual: $compare, ok: $holds, throws: $throws, doesNotThrow: (run) => run() };
  $known.strict = Object.assign((condition) => $holds(condition), $known);
  const $assert = new Proxy(Object.assign((condition) => $holds(condition), $known), {
    get: (known, name) => name in known ? known[name] : () => $refuse('use assert.' + String(name) + ', which cannot be recorded'),
  });
  const $at = (place, assertion) => { $reached.add(place); return assertion; };
  ((${call}, assert, console) => { ${withPlaces(withoutImport(script))}
})($recorded, $assert, { assert: $holds, log() {}, error() {}, info() {}, warn() {} });
  if ($open.size > 0) $refuse('call their function without an assertion of what it gives');
  return { cases: $cases, fault: $fault, reached: [...$reached] };
};
`;
  return { source, inputs: [[]] };
}

/**
 * The cases that tests are made of.
 *
 * @returns why they cannot be recorded, as the end of a sentence about them, where any assertion is no case
 */
export function recordedCases(
  { script, reference }: TestScript,
  outcome: ProgramOutcome | undefined,
): { cases: Case[] } | { fault: string } {
  if (!outcome?.ok)
    return {
      fault: `cannot be recorded: ${outcome ? outcome.message.replace(/\.+$/, '') : 'they have no outcome'}`,
    };
  const { cases, fault, reached } = RecordingSchema.parse(outcome.value);
  if (fault !== '') return { fault };
  const lines = assertionsIn(withoutImport(script)).map(({ line }) => line);
  const missed = lines.findIndex((_, place) => !reached.includes(place));
  if (missed >= 0)
    return {
      fault: `have an assertion on line ${lines[missed]} that is not run, or only after they returned`,
    };
  if (cases.length === 0) return { fault: 'call nothing' };
  // What a reference happens to return may be a negative zero, and its tests compare by ===.
  return { cases: reference === undefined ? cases : cases.map(withPlainZero) };
}

/** The script on the same lines. */
function withoutImport(script: string): string {
  return script.replaceAll(IMPORT, (taken) => taken.replaceAll(/[^\n]/g, ''));
}

function withPlainZero({ output, ...call }: Case): Case {
  const plain = JSON.stringify(output).replaceAll('{"$value":"-0"}', '0');
  return { ...call, output: JSON.parse(plain) as Case['output'] };
}

/** The script, where each assertion notes that it was run. */
function withPlaces(script: string): string {
  return assertionsIn(script).reduceRight(
    (text, { start, end }, place) =>
      `${text.slice(0, start)}$at(${place}, ${text.slice(start, end)})${text.slice(end)}`,
    script,
  );
}

interface Assertion {
  /** Offsets of what is called. */
  readonly start: number;
  readonly end: number;
  readonly line: number;
}

/** Calls of `assert`, of its members, and of `console.assert`, in their order; none where the script does not parse. */
function assertionsIn(script: string): Assertion[] {
  // As the body of a function, where `return` is one.
  const before = '() => {';
  try {
    return readSource(`${before}${script}\n}`)
      .nodes.flatMap(({ node }) => (node.type === 'CallExpression' ? [node['callee'] as SyntaxNode] : []))
      .map(({ start, end }) => ({ start: start - before.length, end: end - before.length }))
      .filter(({ start, end }) =>
        /^(?:console\s*\.\s*assert|assert(?:\s*\.\s*\w+)*)$/.test(script.slice(start, end)),
      )
      .toSorted((one, other) => one.start - other.start)
      .map((at) => ({ ...at, line: script.slice(0, at.start).split('\n').length }));
  } catch {
    return [];
  }
}
