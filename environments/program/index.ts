import {
  canonicalJson,
  defineEnvironment,
  limitRemarks,
  rejectAction,
  type Json,
  type ProgramOutcome,
} from 'lamarck';
import { z } from 'zod';
import { ExampleSchema, JsonSchema, misfitOf, SignatureSchema } from './signature.ts';
import { trivialPrograms } from './trivial-programs.ts';

/** Runs that an observation still shows. */
const SHOWN_RUNS = 5;
const MOST_FAILURES = 20;
/** Units of fuel for all hidden tests together. */
const VERDICT_FUEL = 200_000;

const FailureKindSchema = z.enum(['syntax', 'throw', 'fuel', 'memory', 'timeout', 'output', 'killed']);
const OutcomeSchema = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), value: JsonSchema }),
  z.object({ ok: z.literal(false), kind: FailureKindSchema, message: z.string() }),
]) satisfies z.ZodType<ProgramOutcome>;

const SourceSchema = z.string().min(1).max(20_000);
/** Characters of a run's input as JSON: observations show the last runs whole. */
const MOST_INPUT = 20_000;
const InputSchema = z
  .array(JsonSchema)
  .refine(
    (input) => JSON.stringify(input).length <= MOST_INPUT,
    `its JSON is longer than ${MOST_INPUT} characters`,
  );

const ParamsSchema = z
  .object({
    signature: SignatureSchema,
    /** Shown to the agent. */
    examples: z.array(ExampleSchema),
    /** What a submission is judged by; never shown. */
    tests: z.array(ExampleSchema).min(1),
    /** For the family's verifier and oracle; never shown. */
    goal: JsonSchema.default(null),
  })
  .superRefine(({ signature, examples, tests }, context) => {
    for (const [list, members] of Object.entries({ examples, tests })) {
      for (const [index, example] of members.entries()) {
        const misfit = misfitOf(signature, example);
        if (misfit) context.addIssue({ code: 'custom', path: [list, index], message: misfit });
      }
    }
  });

/**
 * Writing a program from examples. The agent sees a signature and examples, may run drafts, and submits one text: a module
 * with one default-exported function. Hidden tests judge it, in an isolate that nothing ran in before; only their inputs
 * go in, and what comes out is compared outside.
 */
export const program = defineEnvironment({
  name: 'program',
  description: 'Write a function from examples; hidden tests judge it.',
  params: ParamsSchema,
  observation: z.object({
    signature: SignatureSchema,
    examples: z.array(ExampleSchema),
    /** The last runs, oldest first. */
    runs: z.array(z.object({ source: z.string(), input: z.array(JsonSchema), outcome: OutcomeSchema })),
    submitted: z.boolean(),
  }),
  actions: {
    run: z.object({ source: SourceSchema, input: InputSchema }),
    submit: z.object({ source: SourceSchema }),
  },
  evidence: z.object({
    submitted: z.string().nullable(),
    total: z.number().int(),
    passed: z.number().int(),
    failures: z
      .array(z.object({ test: z.number().int(), kind: z.union([z.literal('wrong'), FailureKindSchema]) }))
      .max(MOST_FAILURES),
    /** Sentences for people on how the counts came about; absent where there is nothing to say. */
    remarks: z.array(z.string()).optional(),
  }),
  sandboxes: ['programs'],
  open: ({ params: { signature, examples, tests }, sandboxes, signal }) => {
    const runs: { source: string; input: Json[]; outcome: ProgramOutcome }[] = [];
    let submitted: string | null = null;
    const trivial = trivialPrograms(signature, examples);
    const tampering = new Set<string>();
    const notice = (outcomes: readonly ProgramOutcome[] = []): void => {
      for (const outcome of outcomes) for (const attempt of outcome.tampering ?? []) tampering.add(attempt);
    };
    return {
      observe: () => ({ signature, examples, runs: runs.slice(-SHOWN_RUNS), submitted: submitted !== null }),
      affordances: () => (submitted === null ? trivial.map((source) => ({ submit: { source } })) : []),
      act: {
        run: async ({ source, input }) => {
          const [outcomes] = await sandboxes.programs.run([{ source, inputs: [input] }], { signal });
          notice(outcomes);
          const [outcome] = outcomes ?? [];
          if (!outcome) throw new Error('The program sandbox gave no outcome.');
          runs.push({ source, input, outcome });
        },
        submit: ({ source }) => {
          if (submitted !== null) throw rejectAction('A program was submitted already.');
          submitted = source;
          return { done: true };
        },
      },
      evidence: async () => {
        if (submitted === null) return { submitted, total: tests.length, passed: 0, failures: [] };
        const candidate = { source: submitted, inputs: tests.map(({ input }) => input) };
        const outcomes = await sandboxes.programs.judge(candidate, {
          signal,
          limits: { fuel: VERDICT_FUEL },
        });
        notice(outcomes);
        const failures = tests.flatMap(
          ({ output }, test): { test: number; kind: 'wrong' | z.infer<typeof FailureKindSchema> }[] => {
            const outcome = outcomes[test];
            if (!outcome) throw new Error('The program sandbox left a test without an outcome.');
            if (!outcome.ok) return [{ test, kind: outcome.kind }];
            return canonicalJson(outcome.value) === canonicalJson(output) ? [] : [{ test, kind: 'wrong' }];
          },
        );
        return {
          submitted,
          total: tests.length,
          passed: tests.length - failures.length,
          failures: failures.slice(0, MOST_FAILURES),
          ...limitRemarks(
            failures.map(({ kind }) => kind),
            { tests: 'hidden tests', total: tests.length, fuel: VERDICT_FUEL },
          ),
        };
      },
      tampering: () => [...tampering],
    };
  },
});
