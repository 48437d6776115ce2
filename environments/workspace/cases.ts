import type { Json, Sandboxes } from 'lamarck';
import { z } from 'zod';

export const JsonSchema = z.json() as z.ZodType<Json>;

/** One call of one of a module's functions, and what it gives back. */
const CaseSchema = z.object({
  call: z.string().regex(/^[A-Za-z_$][\w$]*$/),
  input: z.array(JsonSchema),
  output: JsonSchema,
});
export type Case = z.infer<typeof CaseSchema>;

/**
 * Tests as cases, or as the text of a script of assertions. What such a script calls its function with is recorded where
 * nothing else runs, and so is what comes of it: from a reference, or from `assert.deepEqual(call, output)`. So no test
 * ever runs beside what it judges.
 */
export const CasesSchema = z.union([
  z.array(CaseSchema).min(1),
  z.object({
    script: z.string(),
    call: CaseSchema.shape.call,
    /** A text that declares the function, right. */
    reference: z.string().optional(),
    /** Only the first so many cases. */
    most: z.number().int().positive().optional(),
  }),
]);
export type Cases = z.infer<typeof CasesSchema>;

const RecordedSchema = z.array(CaseSchema);

/** Fuel for a script of tests with its reference: what it calls may be slow. */
const SCRIPT_FUEL = 5_000_000;

/**
 * The cases that tests are made of.
 *
 * @throws Error where a script fails, or calls nothing whose outcome could be told
 */
export async function casesOf(cases: Cases, sandboxes: Sandboxes, signal: AbortSignal): Promise<Case[]> {
  if (Array.isArray(cases)) return cases;
  const candidate = { source: recorder(cases), inputs: [[]] };
  const [outcome] = await sandboxes.programs.judge(candidate, { signal, limits: { fuel: SCRIPT_FUEL } });
  if (!outcome?.ok)
    throw new Error(`its tests cannot be recorded: ${outcome ? outcome.message : 'nothing came of them'}`);
  const recorded = RecordedSchema.parse(outcome.value);
  if (recorded.length === 0) throw new Error('its tests call nothing whose outcome is plain data');
  return recorded.slice(0, cases.most);
}

/** Scripts take their assertions from Node; here they are given other ones. */
const IMPORT = /^\s*(?:const|let|var)\s+assert\s*=\s*require\([^)]*\);?/gm;

/** A program that runs a script of tests and gives back the calls that it made, where input and output are plain data. */
function recorder({ script, call, reference }: Exclude<Cases, readonly unknown[]>): string {
  return `export default () => {
  const $cases = [];
  const $isPlain = (value) => value !== undefined && JSON.stringify(JSON.parse(JSON.stringify(value) ?? 'null')) === JSON.stringify(value) && !/^(NaN|-?Infinity)$/.test(String(value));
  const $note = (input, output) => { if ($isPlain(input) && $isPlain(output)) $cases.push({ call: '${call}', input, output: JSON.parse(JSON.stringify(output)) }); };
  ${reference ?? `let ${call};`}
  const $reference = ${call};
  const $recorded = (...given) => {
    const input = JSON.parse(JSON.stringify(given));
    if ($reference === undefined) return { $input: input };
    const output = $reference(...given);
    $note(input, output);
    return output;
  };
  const $equal = (actual, expected) => { if (actual?.$input) $note(actual.$input, expected); };
  const $assert = Object.assign(() => {}, { equal: $equal, strictEqual: $equal, deepEqual: $equal, deepStrictEqual: $equal });
  ((${call}, assert, console) => { ${script.replaceAll(IMPORT, '')}
})($recorded, $assert, { assert() {}, log() {}, error() {} });
  return $cases;
};
`;
}

/** Whether two outcomes are the same, numbers up to what rounding does to them. */
export function isSame(one: Json, other: Json): boolean {
  if (typeof one === 'number' && typeof other === 'number')
    return Math.abs(one - other) <= 1e-9 * Math.max(1, Math.abs(one), Math.abs(other));
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null)
    return one === other;
  const [names, others] = [Object.keys(one), Object.keys(other)];
  return (
    Array.isArray(one) === Array.isArray(other) &&
    names.length === others.length &&
    names.every((name) => {
      const [mine, theirs] = [Reflect.get(one, name) as Json, Reflect.get(other, name) as Json | undefined];
      return theirs !== undefined && isSame(mine, theirs);
    })
  );
}
