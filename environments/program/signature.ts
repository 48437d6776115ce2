import type { Json } from 'lamarck';
import { z } from 'zod';

export const JsonSchema = z.json() as z.ZodType<Json>;

const ScalarSchema = z.enum(['number', 'string', 'boolean']);

/** The types that program tasks speak of. `record` is an object with the signature's `fields`. */
const TypeNameSchema = z.enum([
  'number',
  'string',
  'boolean',
  'number[]',
  'string[]',
  'boolean[]',
  'record',
  'record[]',
]);
export type TypeName = z.infer<typeof TypeNameSchema>;

/** Words that match the pattern of a name and cannot be one. */
const RESERVED = new Set(
  (
    'arguments await break case catch class const continue debugger default delete do else enum eval export extends false ' +
    'finally for function if implements import in instanceof interface let new null package private protected public ' +
    'return static super switch this throw true try typeof var void while with yield'
  ).split(' '),
);

const ParameterNameSchema = z
  .string()
  .regex(/^[a-z][A-Za-z0-9]*$/)
  .refine((name) => !RESERVED.has(name), 'is a reserved word');

/** What a program takes and gives: enough for an agent to search programs by type. */
export const SignatureSchema = z
  .object({
    parameters: z.array(z.object({ name: ParameterNameSchema, type: TypeNameSchema })).min(1),
    result: TypeNameSchema,
    /** Fields of `record`, with their types. */
    fields: z.record(z.string(), ScalarSchema).optional(),
  })
  .refine(
    ({ parameters }) => new Set(parameters.map(({ name }) => name)).size === parameters.length,
    'Two parameters share a name.',
  )
  .refine(
    ({ parameters, result, fields }) =>
      fields || ![result, ...parameters.map(({ type }) => type)].some((type) => /^record/.test(type)),
    'A signature with records needs their fields.',
  );
export type Signature = z.infer<typeof SignatureSchema>;

/** One call of the program: the argument list, and what it must give. */
export const ExampleSchema = z.object({ input: z.array(JsonSchema), output: JsonSchema });
export type Example = z.infer<typeof ExampleSchema>;

/** The schema of the values of a type. */
function valueSchema(type: TypeName, fields: Signature['fields'] = {}): z.ZodType {
  switch (type) {
    case 'number':
      return z.number();
    case 'string':
      return z.string();
    case 'boolean':
      return z.boolean();
    case 'record':
      return z.strictObject(
        Object.fromEntries(Object.entries(fields).map(([name, scalar]) => [name, valueSchema(scalar)])),
      );
    default:
      return z.array(valueSchema(type.slice(0, -2) as TypeName, fields));
  }
}

/** What in an example does not fit the signature, as a phrase; undefined where all fits. */
export function misfitOf(
  { parameters, result, fields }: Signature,
  { input, output }: Example,
): string | undefined {
  if (input.length !== parameters.length)
    return `it has ${input.length} arguments instead of ${parameters.length}`;
  for (const [index, { name, type }] of parameters.entries()) {
    if (!valueSchema(type, fields).safeParse(input[index]).success)
      return `its argument ${name} is no ${type}`;
  }
  return valueSchema(result, fields).safeParse(output).success ? undefined : `its output is no ${result}`;
}
