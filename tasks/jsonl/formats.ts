import { Script } from 'node:vm';
import { messageOf } from 'lamarck';
import { program } from 'lamarck/environments';
import { z } from 'zod';

/** A function to be written or mended, with its tests as scripts. */
export interface FunctionTask {
  readonly id: string;
  readonly instruction: string;
  readonly call: string;
  /** What the file holds at first. */
  readonly text: string;
  /**
   * Whether the starting text is to be completed, and so has to be JavaScript; a text with a person's bug may not
   * even be that.
   */
  readonly isStub: boolean;
  /** The right text, where it is known. */
  readonly solution?: string;
  /** Declares the function, right: what tests are compared with; undefined where they say so themselves. */
  readonly reference?: string;
  /** Undefined where none are given to be shown: then the first hidden one is. */
  readonly tests: string | undefined;
  readonly hidden: string;
}

const text = z.string().min(1);
/** A part of a file; two of them make one that the workspace takes. */
const code = text.max(50_000);
const DECLARED = /(?:const|let|var|function)\s+([A-Za-z_$][\w$]*)/g;

/** The function that a text declares last. */
function declared(declaration: string): string | undefined {
  return [...declaration.matchAll(DECLARED)].at(-1)?.[1];
}

const declaration = code.refine((value) => declared(value) !== undefined, 'declares no function');

/** Only read, never run: what is wrong with a script, in a clause. */
function syntaxFault(script: string): string | undefined {
  try {
    new Script(script);
    return undefined;
  } catch (error) {
    return `is no JavaScript: ${messageOf(error)}`;
  }
}

/** Tests are run inside of a function. */
const examples = z.string().superRefine((script, context) => {
  const message = syntaxFault(`(() => {${script}\n})`);
  if (message !== undefined) context.addIssue({ code: 'custom', message });
});

const tests = examples.min(1);

/** A right text that cannot be read would be no fault of whoever writes one. */
function refuseUnreadable(
  row: { declaration: string; canonical_solution: string },
  context: z.core.$RefinementCtx,
): void {
  const message = syntaxFault(row.declaration + row.canonical_solution);
  if (message !== undefined) context.addIssue({ code: 'custom', path: ['canonical_solution'], message });
}

/** Columns of HumanEval-X (CodeGeeX). */
const HumanEvalXSchema = z
  .object({
    task_id: text,
    prompt: text,
    declaration,
    canonical_solution: code,
    test: tests,
    example_test: examples.optional(),
  })
  .superRefine(refuseUnreadable)
  .transform((row): FunctionTask => {
    const solution = row.declaration + row.canonical_solution;
    return {
      id: row.task_id,
      instruction: row.prompt.trim(),
      call: declared(row.declaration) ?? '',
      isStub: true,
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
    canonical_solution: code,
    buggy_solution: code,
    test: tests,
    example_test: examples,
    docstring: text,
    entry_point: text,
  })
  .superRefine(refuseUnreadable)
  .transform((row): FunctionTask => {
    const solution = row.declaration + row.canonical_solution;
    return {
      id: row.task_id,
      instruction: `Mend ${row.entry_point}: ${row.docstring.trim()}`,
      call: declared(row.declaration) ?? row.entry_point,
      isStub: false,
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
    prompt: declaration,
    tests: tests.refine((value) => value.includes('assert.deepEqual('), 'has no assert.deepEqual()'),
  })
  .transform((row): FunctionTask => ({
    id: row.name,
    instruction: row.prompt.trim(),
    call: declared(row.prompt) ?? '',
    isStub: true,
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
  })
  .superRefine(({ params }, context) => {
    const issue = program.params.safeParse(params).error?.issues[0];
    if (issue === undefined) return;
    const [list, at] = issue.path;
    const place = Number(at) + (list === 'tests' ? params.examples.length : 0);
    context.addIssue({ code: 'custom', path: ['examples', place], message: issue.message });
  });
