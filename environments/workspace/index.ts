import { createPatch } from 'diff';
import { defineEnvironment, LamarckError, messageOf, rejectAction, type Diagnostic } from 'lamarck';
import { applyEdit } from 'lamarck/agent';
import { z } from 'zod';
import { casesOf, CasesSchema, JsonSchema, type Case } from './cases.ts';
export { editInto } from './edit-into.ts';
import { MutationNameSchema, Mutations, type MutationName } from './mutating.ts';
import { judgeTests, passedOf, runTests, type TestBench, type TestResult } from './test-runs.ts';

/** Edits that one probe tries. */
const MOST_PROBED = 50;
/** Lines that a search shows. */
const MOST_FOUND = 50;
/** Faults tried together: most often one of the first is noticed. */
const FAULTS_AT_ONCE = 3;
/** Characters of all files together that are shown unasked. */
const MOST_SHOWN = 20_000;

/** Files that no tree has, and that only who looks for the verdict asks for. */
const OUT_OF_REACH = /^[/~]|(?:^|[\\/])\.\.(?:[\\/]|$)|hidden|verif|reward|oracle|expected/i;

const PathSchema = z.string().regex(/^[\w-][\w./-]*$/);
const SpliceSchema = z.object({
  start: z.number().int().nonnegative(),
  end: z.number().int().nonnegative(),
  replacement: z.string(),
});
const ResultSchema = z.union([
  z.object({ ok: z.literal(true) }),
  z.object({ ok: z.literal(false), got: JsonSchema }),
  z.object({ ok: z.literal(false), kind: z.string(), message: z.string() }),
]) satisfies z.ZodType<TestResult>;
const DiagnosticSchema = z.object({
  path: z.string(),
  line: z.number().int(),
  code: z.string(),
  message: z.string(),
}) satisfies z.ZodType<Diagnostic>;
const CountSchema = z.object({ passed: z.number().int(), total: z.number().int() });

const ParamsSchema = z
  .object({
    /** Texts by path. */
    files: z.record(PathSchema, z.string().max(100_000)),
    /** The one whose functions tests call. It imports nothing. */
    module: PathSchema,
    /** Shown, and run as often as asked. */
    tests: CasesSchema,
    /** What a submission is judged by; never shown. */
    hidden: CasesSchema,
    /**
     * Changes of the module, each of one or more splices of its text, of which the first is made that tests notice: hidden and
     * public ones; `subtle` where at least half of the public ones still pass, if one of them is so.
     */
    faults: z.array(z.array(SpliceSchema).min(1)).default([]),
    subtle: z.boolean().default(false),
    /** The files are TypeScript, and whether the compiler accepts them is part of the evidence. */
    typed: z.boolean().default(false),
    /** Times that the public tests may be run, on the files or on a probed edit. */
    runs: z.number().int().positive().default(400),
    /** For the family's verifier and oracle; never shown. */
    goal: JsonSchema.default(null),
  })
  .refine(({ files, module }) => module in files, 'the module is one of the files');

/**
 * A tree of files with a fault. Public tests say whether an edit helps; hidden tests judge what is submitted. Programs run in isolates
 * with fuel, and tests run outside of them: only what functions are called with goes in.
 *
 * Edits are texts, or typed single edits (`mutate`), which an agent without a language model can choose among. `probe` tries
 * such edits one by one and leaves the files as they are.
 */
export const workspace = defineEnvironment({
  name: 'workspace',
  description: 'Files with a fault: try edits against public tests; hidden tests judge what is submitted.',
  params: ParamsSchema,
  observation: z.object({
    tree: z.array(z.object({ path: z.string(), lines: z.number().int() })),
    /** Texts of those that were read. */
    files: z.record(z.string(), z.string()),
    module: z.string(),
    tests: z.array(z.object({ call: z.string(), input: z.array(JsonSchema), output: JsonSchema })),
    /** Of the last run of the tests on the files as they are; null where that was before the last edit. */
    results: z.array(ResultSchema).nullable(),
    /** What the compiler found in the files as they are; null where it was not asked since the last edit. */
    types: z.array(DiagnosticSchema).readonly().nullable(),
    /** Of the last probe: how many tests pass with each edit alone. */
    probed: z.array(z.object({ mutation: MutationNameSchema, passed: z.number().int() })),
    /** Of the last search. */
    found: z.array(z.object({ path: z.string(), line: z.number().int(), text: z.string() })),
    /** Runs of the tests that are left. */
    left: z.number().int(),
    submitted: z.boolean(),
  }),
  actions: {
    read: z.object({ path: z.string() }),
    search: z.object({ text: z.string().min(1) }),
    /** Replaces a passage that is in the file just once. */
    edit: z.object({ path: z.string(), old: z.string().min(1), new: z.string() }),
    mutate: MutationNameSchema,
    probe: z.object({ mutations: z.array(MutationNameSchema).min(1).max(MOST_PROBED) }),
    /** Takes back the last edit. */
    undo: z.object({}),
    test: z.object({}),
    /** Asks the compiler, which takes some tenths of a second for files that it has not seen. */
    typecheck: z.object({}),
    submit: z.object({}),
  },
  evidence: z.object({
    submitted: z.boolean(),
    /** All public tests pass: the fault may be mended. */
    plausible: CountSchema,
    /** All hidden tests pass. */
    correct: CountSchema,
    /** What the compiler finds wrong; null where the task is not typed. */
    typeErrors: z.number().int().nullable(),
    diff: z.string(),
  }),
  open: async ({ params, sandboxes, signal }) => {
    const { module, runs } = params;
    const tampering = new Set<string>();
    const { tests, hidden } = await testsOf(params, { sandboxes, signal });
    const begun = await faultyFiles(params, tests, hidden, { sandboxes, signal });
    const given = Object.values(begun).join('\n');
    const notice = (attempt: string): void => {
      // What the files did before is nobody's attempt.
      if (!(attempt === 'the clock' ? /Date|performance/ : new RegExp(`\\b${attempt}\\b`)).test(given))
        tampering.add(attempt);
    };
    const using: TestBench = { sandboxes, signal, notice };
    const mutations = new Mutations();
    let files: Readonly<Record<string, string>> = begun;
    const before: Readonly<Record<string, string>>[] = [];
    const size = Object.values(files).reduce((sum, text) => sum + text.length, 0);
    const read = new Set(size <= MOST_SHOWN ? Object.keys(files) : [module]);
    let results: TestResult[] | null = null;
    let types: readonly Diagnostic[] | null = null;
    let probed: { mutation: MutationName; passed: number }[] = [];
    let found: { path: string; line: number; text: string }[] = [];
    let left = runs;
    let submitted = false;

    const textAt = (path: string): string => {
      const text = Object.hasOwn(files, path) ? files[path] : undefined;
      if (text === undefined) {
        if (OUT_OF_REACH.test(path)) tampering.add(`the file ${path}`);
        throw rejectAction(`There is no file "${path}".`);
      }
      return text;
    };
    const change = (path: string, text: string): void => {
      before.push(files);
      files = { ...files, [path]: text };
      results = null;
      types = null;
    };
    const spend = (count: number): void => {
      if (count > left) throw rejectAction(`Only ${left} runs of the tests are left.`);
      left -= count;
    };
    return {
      observe: () => ({
        tree: Object.entries(files).map(([path, text]) => ({ path, lines: text.split('\n').length })),
        files: Object.fromEntries(Object.entries(files).filter(([path]) => read.has(path))),
        module,
        tests,
        results,
        types,
        probed,
        found,
        left,
        submitted,
      }),
      affordances: () =>
        submitted
          ? []
          : [
              ...(results === null && left > 0 ? [{ test: {} }] : []),
              ...(params.typed && types === null ? [{ typecheck: {} }] : []),
              ...mutations.namesIn(module, textAt(module)).map((mutate) => ({ mutate })),
              ...(before.length > 0 ? [{ undo: {} }] : []),
              { submit: {} },
            ],
      act: {
        read: ({ path }) => {
          textAt(path);
          read.add(path);
        },
        search: ({ text: wanted }) => {
          found = Object.entries(files)
            .flatMap(([path, text]) =>
              text
                .split('\n')
                .flatMap((line, at) => (line.includes(wanted) ? [{ path, line: at + 1, text: line }] : [])),
            )
            .slice(0, MOST_FOUND);
        },
        edit: ({ path, old, new: replacement }) => {
          const text = textAt(path);
          const times = text.split(old).length - 1;
          if (times !== 1) throw rejectAction(`The passage is in ${path} ${times} times, not once.`);
          const start = text.indexOf(old);
          change(path, applyEdit(text, { start, end: start + old.length, replacement }));
        },
        mutate: (name) => change(name.path, mutations.apply(textAt(name.path), name)),
        probe: async ({ mutations: names }) => {
          const texts = names.map((name) => {
            if (name.path !== module) throw rejectAction(`Only ${module} is called by tests.`);
            return mutations.apply(textAt(module), name);
          });
          spend(texts.length);
          const tried = await runTests(texts, tests, using);
          probed = names.map((mutation, at) => ({ mutation, passed: passedOf(tried[at] ?? []) }));
        },
        undo: () => {
          const last = before.pop();
          if (!last) throw rejectAction('There is no edit to take back.');
          files = last;
          results = null;
          types = null;
        },
        test: async () => {
          spend(1);
          const [tried] = await runTests([textAt(module)], tests, using);
          results = tried ?? null;
        },
        typecheck: async () => {
          types = await sandboxes.compiler.check(files, { signal });
        },
        submit: () => {
          if (submitted) throw rejectAction('It was submitted already.');
          submitted = true;
          return { done: true };
        },
      },
      evidence: async () => {
        const text = textAt(module);
        const [open, closed] = [await judgeTests(text, tests, using), await judgeTests(text, hidden, using)];
        const wrong = params.typed ? await sandboxes.compiler.check(files, { signal }) : undefined;
        const changed = Object.keys(files).filter((path) => files[path] !== begun[path]);
        return {
          submitted,
          plausible: { passed: passedOf(open), total: tests.length },
          correct: { passed: passedOf(closed), total: hidden.length },
          typeErrors: wrong?.length ?? null,
          diff: changed.map((path) => createPatch(path, begun[path] ?? '', files[path] ?? '')).join('\n'),
        };
      },
      tampering: () => [...tampering],
    };
  },
});

type Params = z.output<typeof ParamsSchema>;

async function testsOf(
  { tests, hidden, module }: Params,
  { sandboxes, signal }: TestBench,
): Promise<{ tests: Case[]; hidden: Case[] }> {
  try {
    return {
      tests: await casesOf(tests, sandboxes, signal),
      hidden: await casesOf(hidden, sandboxes, signal),
    };
  } catch (error) {
    if (signal.aborted) throw error;
    throw unfit(module, messageOf(error));
  }
}

/** The files as an episode begins: with the first fault that tests notice, where there are any. */
async function faultyFiles(
  { files, module, faults, subtle }: Params,
  tests: readonly Case[],
  hidden: readonly Case[],
  bench: TestBench,
): Promise<Readonly<Record<string, string>>> {
  const right = files[module] ?? '';
  if (faults.length === 0) return files;
  const texts = faults.map((fault) =>
    fault.toSorted((one, other) => other.start - one.start).reduce(applyEdit, right),
  );
  const isNoticed = (results: readonly TestResult[] = [], least = 0): boolean => {
    const passed = passedOf(results.slice(0, tests.length));
    return passed < tests.length && passed >= least && !results.slice(tests.length).every(({ ok }) => ok);
  };
  let noticed: string | undefined;
  let plain: string | undefined;
  for (let first = 0; first < texts.length && noticed === undefined; first += FAULTS_AT_ONCE) {
    const some = texts.slice(first, first + FAULTS_AT_ONCE);
    const results = await runTests(some, [...tests, ...hidden], bench);
    noticed = some.find((_, at) => isNoticed(results[at], subtle ? tests.length / 2 : 0));
    plain ??= some.find((_, at) => isNoticed(results[at]));
  }
  noticed ??= plain;
  if (noticed === undefined) throw unfit(module, `none of ${faults.length} faults is noticed by its tests`);
  return { ...files, [module]: noticed };
}

function unfit(module: string, why: string): LamarckError {
  return new LamarckError({
    code: 'LAMARCK_WORKSPACE_UNFIT',
    boundary: 'task',
    message: `The task of ${module} cannot be played: ${why}.`,
    remedy: 'Mend the task: its tests, or its faults.',
  });
}
