import { formatPatch } from 'diff';
import { defineEnvironment, limitRemarks, patchBetween, rejectAction, type Diagnostic } from 'lamarck';
import { applyEdit, namesIn } from 'lamarck/agent';
import { z } from 'zod';
import { CaseSchema, JsonSchema } from './cases.ts';
import { faultyTree } from './faults.ts';
import { FuelSchema, USUAL_FUEL } from './fuel.ts';
import { MutationNameSchema, Mutations } from './mutating.ts';
import { gainOf, passedOf, type TestResult, type Tree } from './bench.ts';
import { createProgramBench } from './program-bench.ts';
import { createTrialBench } from './trial-bench.ts';
import { typeErrorsIn, typesOf } from './type-check.ts';
import { variationsOf } from './variations.ts';

/** Edits that one probe tries. */
const MOST_PROBED = 50;
/** Lines that a search shows. */
const MOST_FOUND = 50;
/** Variations of the tests' inputs, on which edits that pass are compared with the files as they are. */
const VARIATIONS = 40;
/** Characters of all files together that are shown unasked. */
const MOST_SHOWN = 20_000;

/** Files that no tree has, and that only who looks for the verdict asks for. */
const OUT_OF_REACH =
  /^[/~]|(?:^|[\\/])\.\.(?:[\\/]|$)|(?:^|[\\/._-])(?:hidden|oracle|reward|verifier)(?:[\\/._-]|$)/i;
/** Characters that all edits together may add. */
const MOST_ADDED = 100_000;

/** Characters of a path that an agent names: the record keeps each that is out of reach. */
const MOST_PATH = 1_000;

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
const ShareSchema = z.number().min(0).max(1).nullable();
const ProbedSchema = z.object({
  mutation: MutationNameSchema,
  passed: z.number().int(),
  changes: ShareSchema,
  breaks: ShareSchema,
});
const CountSchema = z.object({ passed: z.number().int(), total: z.number().int() });

const ParamsSchema = z
  .object({
    /** Texts by path. */
    files: z.record(PathSchema, z.string().max(100_000)),
    /** What tests try: functions of the module, which then imports nothing; or the files as an agent's code, at tasks. */
    subject: z.enum(['module', 'agent']).default('module'),
    /** The file whose typed edits are offered. */
    module: PathSchema,
    /** Shown, and run as often as asked. */
    tests: z.array(CaseSchema).min(1),
    /** What a submission is judged by; never shown. */
    hidden: z.array(CaseSchema).min(1),
    fuel: FuelSchema.default(USUAL_FUEL),
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
  .refine(({ files, module }) => Object.hasOwn(files, module), 'the module is one of the files');

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
    /** Of that run: the lines of the module that each test ran; null for a test that did not end. */
    ran: z.array(z.array(z.number().int()).nullable()).nullable(),
    /** What the compiler found in the files as they are; null where it was not asked since the last edit. */
    types: z.array(DiagnosticSchema).readonly().nullable(),
    /**
     * Of the last probe: how many tests pass with each edit alone. Where all do: on what share of variations of their inputs
     * something else comes out than without it (`changes`), and on what share it fails where the files do not (`breaks`).
     */
    probed: z.array(ProbedSchema),
    /** Of the last search. */
    found: z.array(z.object({ path: z.string(), line: z.number().int(), text: z.string() })),
    /** Runs of the tests that are left. */
    left: z.number().int(),
    submitted: z.boolean(),
  }),
  actions: {
    read: z.object({ path: z.string().max(MOST_PATH) }),
    search: z.object({ text: z.string().min(1) }),
    /** Replaces a passage that is in the file just once. */
    edit: z.object({ path: z.string().max(MOST_PATH), old: z.string().min(1), new: z.string() }),
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
    /** Of an agent: hidden tests that pass now and did not before, and the other way round; null where nothing was changed. */
    gained: z.object({ won: z.number().int(), lost: z.number().int() }).nullable(),
    /** What the compiler finds wrong; null where the task is not typed. */
    typeErrors: z.number().int().nullable(),
    diff: z.string(),
    /** Sentences for people on how the counts came about; absent where there is nothing to say. */
    remarks: z.array(z.string()).optional(),
  }),
  sandboxes: ['programs', 'compiler', 'trials'],
  open: async ({ params, random, sandboxes, signal }) => {
    const { module, runs, tests, hidden, fuel } = params;
    const tampering = new Set<string>();
    let own: ReadonlySet<string> = new Set();
    const notice = (attempt: string): void => {
      // What the module did before is nobody's attempt.
      if (!(attempt === 'the clock' ? ['Date', 'performance'] : [attempt]).some((name) => own.has(name)))
        tampering.add(attempt);
    };
    const bench =
      params.subject === 'agent'
        ? createTrialBench(sandboxes.trials)
        : createProgramBench(module, { programs: sandboxes.programs, signal, fuel, notice });
    const begun = await faultyTree(params, bench);
    own = namesIn(begun[module] ?? '');
    tampering.clear();
    const variations = variationsOf(tests, VARIATIONS, random);
    const mutations = new Mutations();
    let files = begun;
    const before: Tree[] = [];
    const size = Object.values(begun).reduce((sum, text) => sum + text.length, 0);
    const read = new Set(size <= MOST_SHOWN ? Object.keys(files) : [module]);
    let results: TestResult[] | null = null;
    let ran: (number[] | null)[] | null = null;
    let types: readonly Diagnostic[] | null = null;
    let probed: z.output<typeof ProbedSchema>[] = [];
    let found: { path: string; line: number; text: string }[] = [];
    let left = runs;
    let added = 0;
    let submitted = false;

    const textAt = (path: string): string => {
      const text = Object.hasOwn(files, path) ? files[path] : undefined;
      if (text === undefined) {
        const relative = path.replace(/^(?:\.?\/)+/, '');
        if (Object.hasOwn(files, relative))
          throw rejectAction(`There is no file "${path}": it is "${relative}".`);
        if (OUT_OF_REACH.test(path)) tampering.add(`the file ${path}`);
        throw rejectAction(`There is no file "${path}".`);
      }
      return text;
    };
    const change = (path: string, text: string): void => {
      if (submitted) throw rejectAction('It was submitted already.');
      const { [path]: old = '' } = files;
      added += text.length - old.length;
      if (added > MOST_ADDED) {
        added -= text.length - old.length;
        throw rejectAction(`All edits together may add ${MOST_ADDED} characters.`);
      }
      before.push(files);
      read.add(path);
      files = { ...files, [path]: text };
      forget();
    };
    const forget = (): void => {
      results = null;
      ran = null;
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
        ran,
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
          const trees = names.map((name) => {
            if (name.path !== module) throw rejectAction(`Only ${module} is called by tests.`);
            return { ...files, [module]: mutations.apply(textAt(module), name) };
          });
          spend(trees.length);
          const passed = (await bench.run(trees, tests)).map(passedOf);
          const passing = trees.filter((_, at) => passed[at] === tests.length);
          const compared = (await bench.compare?.(files, passing, variations)) ?? [];
          probed = names.map((mutation, at) => {
            const { changes, breaks } = compared[passing.indexOf(trees[at] ?? {})] ?? {
              changes: null,
              breaks: null,
            };
            return { mutation, passed: passed[at] ?? 0, changes, breaks };
          });
        },
        undo: () => {
          const last = submitted ? undefined : before.pop();
          if (!last) throw rejectAction('There is no edit to take back.');
          files = last;
          forget();
        },
        test: async () => {
          spend(1);
          const [tried] = await bench.run([files], tests);
          results = tried ?? null;
          ran = (await bench.trace?.(files, tests)) ?? null;
        },
        typecheck: async () => {
          types = await typesOf(files, sandboxes, signal);
        },
        submit: () => {
          if (submitted) throw rejectAction('It was submitted already.');
          submitted = true;
          return { done: true };
        },
      },
      evidence: async () => {
        const changed = Object.keys(files).filter((path) => files[path] !== begun[path]);
        const isAgent = params.subject === 'agent';
        // An agent that nobody changed would play its hidden tasks for nothing.
        const isJudged = !isAgent || (submitted && changed.length > 0);
        const open = await bench.judge(files, tests);
        const closed = isJudged ? await bench.judge(files, hidden) : [];
        return {
          submitted,
          plausible: { passed: passedOf(open), total: tests.length },
          correct: { passed: passedOf(closed), total: hidden.length },
          gained: isAgent && isJudged ? gainOf(await bench.judge(begun, hidden), closed) : null,
          typeErrors: params.typed ? await typeErrorsIn(files, sandboxes.compiler, signal) : null,
          diff: changed.map((path) => patchOf(path, begun[path] ?? '', files[path] ?? '')).join('\n'),
          ...limitRemarks(
            closed.flatMap((result) => ('kind' in result ? result.kind : [])),
            { tests: 'hidden tests', total: hidden.length, fuel: fuel.verdict },
          ),
        };
      },
      tampering: () => [...tampering],
    };
  },
});

/** What an agent did to a file. It may have written all of it anew. */
function patchOf(name: string, before: string, after: string): string {
  return formatPatch(patchBetween({ name, text: before }, { name, text: after }));
}
