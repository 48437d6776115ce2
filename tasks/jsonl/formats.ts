import { z } from 'zod';

/** A function to be written or mended, with its tests as scripts. */
export interface FunctionTask {
  readonly id: string;
  readonly instruction: string;
  readonly call: string;
  /** What the file holds at first. */
  readonly text: string;
  /** The right text, where it is known. */
  readonly solution?: string;
  /** Declares the function, right: what tests are compared with; undefined where they say so themselves. */
  readonly reference?: string;
  /** Undefined where none are given to be shown: then the first hidden one is. */
  readonly tests: string | undefined;
  readonly hidden: string;
}

const text = z.string().min(1);
const DECLARED = /(?:const|let|var|function)\s+([A-Za-z_$][\w$]*)/g;

/** The function that a text declares last. */
function declared(declaration: string): string | undefined {
  return [...declaration.matchAll(DECLARED)].at(-1)?.[1];
}

const declaration = text.refine((value) => declared(value) !== undefined, 'declares no function');

/** Columns of HumanEval-X (CodeGeeX). */
const HumanEvalXSchema = z
  .object({
    task_id: text,
    prompt: text,
    declaration,
    canonical_solution: text,
    test: text,
    example_test: z.string().optional(),
  })
  .transform((row): FunctionTask => {
    const solution = row.declaration + row.canonical_solution;
    return {
      id: row.task_id,
      instruction: row.prompt.trim(),
      call: declared(row.declaration) ?? '',
      text: `${row.declaration.trimEnd()}\n  throw new Error('It is not written yet.');\n}\n`,
      solution,
      reference: solution,
      tests: row.example_test || undefined,
      hidden: row.test,
    };
  });

/** Columns of HumanEvalFix, as HumanEvalPack has them: the same functions with a bug that a person made. */
const HumanEvalFixSchema = z
  .object({
    task_id: text,
    declaration,
    canonical_solution: text,
    buggy_solution: text,
    test: text,
    example_test: z.string(),
    docstring: text,
    entry_point: text,
  })
  .transform((row): FunctionTask => {
    const solution = row.declaration + row.canonical_solution;
    return {
      id: row.task_id,
      instruction: `Mend ${row.entry_point}: ${row.docstring.trim()}`,
      call: declared(row.declaration) ?? row.entry_point,
      text: row.declaration + row.buggy_solution,
      solution,
      reference: solution,
      tests: row.example_test || undefined,
      hidden: row.test,
    };
  });

/** Columns of MultiPL-E, whose tests are `assert.deepEqual(candidate(…), …)`. */
const MultiPlESchema = z
  .object({
    name: text,
    prompt: text.refine((value) => declared(value) !== undefined, 'declares no function'),
    tests: text.refine((value) => value.includes('assert.deepEqual('), 'has no assert.deepEqual()'),
  })
  .transform((row): FunctionTask => ({
    id: row.name,
    instruction: row.prompt.trim(),
    call: declared(row.prompt) ?? '',
    text: `${row.prompt.trimEnd()}\n  throw new Error('It is not written yet.');\n}\n`,
    tests: undefined,
    hidden: row.tests,
  }));

export const FUNCTION_FORMATS = {
  'humaneval-x-js': HumanEvalXSchema,
  'humanevalfix-js': HumanEvalFixSchema,
  'humaneval-js': MultiPlESchema,
  'mbpp-js': MultiPlESchema,
} satisfies Record<string, z.ZodType<FunctionTask>>;

const TYPES = {
  int: 'number',
  bool: 'boolean',
  string: 'string',
  'list-of-int': 'number[]',
  'list-of-bool': 'boolean[]',
  'list-of-string': 'string[]',
} as const;
const type = z.enum(Object.keys(TYPES) as [keyof typeof TYPES, ...(keyof typeof TYPES)[]]);

/** Columns of list functions as DreamCoder has them: `i` is given, `o` is wanted. Half of the examples are hidden tests. */
export const ListFunctionSchema = z
  .object({
    name: text,
    type: z.object({ input: type, output: type }),
    examples: z.array(z.object({ i: z.json(), o: z.json() })).min(4),
  })
  .transform(({ name, type: { input, output }, examples }) => {
    const cases = examples.map(({ i, o }) => ({ input: [i], output: o }));
    const shown = Math.ceil(cases.length / 2);
    return {
      id: name,
      params: {
        signature: { parameters: [{ name: 'xs', type: TYPES[input] }], result: TYPES[output] },
        examples: cases.slice(0, shown),
        tests: cases.slice(shown),
      },
    };
  });
