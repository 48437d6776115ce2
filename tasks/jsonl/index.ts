import { resolve } from 'node:path';
import { brokenFamily, defineTask, LamarckError, type Json, type TaskFamily } from 'lamarck';
import { editInto, program, workspace } from 'lamarck/environments';
import { z } from 'zod';
import { FUNCTION_FORMATS, ListFunctionSchema } from './formats.ts';
import { playableRows, type PlayableTask } from './playable-rows.ts';
import { readRows, refuseProblems, type Row } from './reading.ts';

const FORMATS = [
  ...(Object.keys(FUNCTION_FORMATS) as (keyof typeof FUNCTION_FORMATS)[]),
  'list-functions',
] as const;

/**
 * The rows of a data set as one task family, each a fixed instance of one split. The file is read where it is, on each start.
 *
 * - `humaneval-x-js`, `humaneval-js`, `mbpp-js`: functions to be written; `humanevalfix-js`: functions to be mended. They are played in
 *   `workspace`: `plausible` measures the share that passes the public tests, the reward is that of the hidden ones.
 * - `list-functions`: functions of a list from examples, played in `program`.
 *
 * Where the file cannot be read, or does not fit, the family tells why when it is used.
 *
 * @param options.from a file of JSON lines, or of one array; plain or gzipped
 * @param options.name of the family; default `jsonl/<format>`
 * @param options.skipInvalid leaves out rows that do not fit the format or cannot be played, instead of refusing the file
 * @throws LamarckError `LAMARCK_OPTIONS_INVALID`
 *
 * @example
 * export default defineConfig({ suites: { fixes: jsonl({ from: 'fixes.jsonl.gz', format: 'humanevalfix-js' }) } });
 */
export function jsonl(options: {
  from: string;
  format: string;
  name?: string;
  skipInvalid?: boolean;
}): TaskFamily[] {
  const { from, format, name = `jsonl/${format}`, skipInvalid } = optionsOf(options);
  const file = resolve(from);
  try {
    if (format === 'list-functions') {
      const read = readRows(file, ListFunctionSchema);
      refuseProblems(file, read, { skipInvalid });
      return [listFunctions(name, file, enough(file, read.rows))];
    }
    const read = readRows(file, FUNCTION_FORMATS[format]);
    const { rows, problems } = playableRows(read.rows);
    refuseProblems(file, { rows, problems: [...read.problems, ...problems] }, { skipInvalid });
    return [functions(name, file, enough(file, rows))];
  } catch (error) {
    if (!LamarckError.isInstance(error) || !error.code.startsWith('LAMARCK_DATA_')) throw error;
    return [brokenFamily(name, error)];
  }
}

const OptionsSchema = z.strictObject({
  from: z.string().min(1),
  format: z.enum(FORMATS, {
    error: ({ input }) => `There is no format "${String(input)}"; there are: ${FORMATS.join(', ')}`,
  }),
  name: z.string().min(1).optional(),
  skipInvalid: z.boolean().default(false),
});

function optionsOf(options: unknown): z.output<typeof OptionsSchema> {
  const parsed = OptionsSchema.safeParse(options);
  if (parsed.success) return parsed.data;
  throw new LamarckError({
    code: 'LAMARCK_OPTIONS_INVALID',
    boundary: 'user',
    message: `The options of jsonl() do not fit:\n${z.prettifyError(parsed.error)}`,
    remedy: "Write them as in: jsonl({ from: 'fixes.jsonl.gz', format: 'humanevalfix-js' })",
  });
}

/** Each split needs a task of its own. */
function enough<Columns>(file: string, rows: readonly Row<Columns>[]): readonly Row<Columns>[] {
  if (rows.length >= 3) return rows;
  throw new LamarckError({
    code: 'LAMARCK_DATA_INVALID',
    boundary: 'user',
    message: `${file} has ${rows.length} ${rows.length === 1 ? 'row' : 'rows'}, and each of train, dev and sealed needs one of its own.`,
    remedy: 'Name a file with at least three.',
  });
}

function functions(name: string, file: string, rows: readonly Row<PlayableTask>[]): TaskFamily {
  const path = 'solution.js';
  const tasks = rows.map(({ columns }) => columns);
  return defineTask({
    name,
    description: `${tasks.length} functions of a data set.`,
    environment: workspace,
    files: [file],
    maxSteps: 60,
    timeLimit: 120_000,
    instances: tasks.map(({ instruction, text, publicCases, hiddenCases, fuel, solution }) => ({
      instruction,
      params: {
        files: { [path]: text },
        module: path,
        tests: [...publicCases],
        hidden: [...hiddenCases],
        fuel,
        goal: solution ?? null,
      },
    })),
    verify: ({ evidence: { submitted, correct } }) =>
      submitted && correct.total > 0 && correct.passed === correct.total,
    measures: {
      plausible: ({ evidence: { submitted, plausible } }) =>
        submitted && plausible.passed === plausible.total,
    },
    ...(tasks.every(({ solution }) => solution !== undefined) && { oracle: writeSolution }),
  });
}

function* writeSolution({
  observation: { module, files },
  params: { goal },
}: {
  observation: { module: string; files: Readonly<Record<string, string>> };
  params: { goal: Json };
}) {
  yield editInto(module, files[module] ?? '', String(goal));
  yield { submit: {} };
}

function listFunctions(
  name: string,
  file: string,
  rows: readonly Row<z.output<typeof ListFunctionSchema>>[],
): TaskFamily {
  return defineTask({
    name,
    description: `${rows.length} functions of lists, from examples.`,
    environment: program,
    files: [file],
    maxSteps: 10,
    instances: rows.map(({ columns: { params } }) => ({
      instruction: 'Write a function of xs that does what the examples show.',
      params,
    })),
    verify: ({ evidence }) =>
      evidence.submitted !== null && evidence.total > 0 && evidence.passed === evidence.total,
  });
}
