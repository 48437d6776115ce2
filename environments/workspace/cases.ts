import type { Json } from 'lamarck';
import { z } from 'zod';
import { encodedName } from './encoded-values.ts';

export const JsonSchema = z.json() as z.ZodType<Json>;

/** One call of one of a module's functions, and what it gives back. Values that JSON lacks are encoded: see `encoded-values.ts`. */
export const CaseSchema = z.object({
  call: z.string().regex(/^[A-Za-z_$][\w$]*$/),
  input: z.array(JsonSchema),
  output: JsonSchema,
});
export type Case = z.infer<typeof CaseSchema>;

/**
 * Whether an outcome is the expected one, numbers up to what rounding does to them. A zero that is expected may have either sign; a
 * negative zero that is expected may not.
 */
export function isSame(outcome: Json, expected: Json): boolean {
  if (typeof outcome === 'number' && typeof expected === 'number')
    return Math.abs(outcome - expected) <= 1e-9 * Math.max(1, Math.abs(outcome), Math.abs(expected));
  if (typeof expected === 'number') return encodedName(outcome) === '-0' && isSame(0, expected);
  if (typeof outcome !== 'object' || typeof expected !== 'object' || outcome === null || expected === null)
    return outcome === expected;
  if (encodedName(outcome) === 'other') return false;
  const [names, others] = [Object.keys(outcome), Object.keys(expected)];
  return (
    Array.isArray(outcome) === Array.isArray(expected) &&
    names.length === others.length &&
    names.every(
      (name) =>
        Object.hasOwn(expected, name) &&
        isSame(Reflect.get(outcome, name) as Json, Reflect.get(expected, name) as Json),
    )
  );
}
