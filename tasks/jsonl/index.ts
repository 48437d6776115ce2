import { defineTask, LamarckError, type Json, type TaskFamily } from 'lamarck';
import { editInto, program, workspace } from 'lamarck/environments';
import type { z } from 'zod';
import { FUNCTION_FORMATS, ListFunctionSchema, type FunctionTask } from './formats.ts';
import { readRows, type Row } from './reading.ts';

const FORMATS = [...Object.keys(FUNCTION_FORMATS), 'list-functions'];

/**
 * The rows of a data set as one task family, each a fixed instance of one split. The file is read where it is, on each start.
 *
 * - `humaneval-x-js`, `humaneval-js`, `mbpp-js`: functions to be written; `humanevalfix-js`: functions to be mended. They are played in
 *   `workspace`: `plausible` measures the share that passes the public tests, the reward is that of the hidden ones.
 * - `list-functions`: functions of a list from examples, played in `program`.
 *
 * @param options.from a file of JSON lines, or of one array; plain or gzipped
 * @param options.name of the family; default `jsonl/<format>`
 * @param options.skipInvalid leaves out rows that do not fit the format, instead of refusing the file
 * @throws LamarckError `LAMARCK_DATA_UNREADABLE`, `LAMARCK_DATA_INVALID` (file, line, field), `LAMARCK_FORMAT_UNKNOWN`
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
  const { from, format, name = `jsonl/${format}`, skipInvalid = false } = options;
  if (format === 'list-functions') {
    const rows = readRows(from, ListFunctionSchema, { skipInvalid });
    refuseTwice(from, rows);
    return [
      listFunctions(
        name,
        rows.map(({ columns }) => columns.params),
      ),
    ];
  }
  if (!Object.hasOwn(FUNCTION_FORMATS, format)) {
    throw new LamarckError({
      code: 'LAMARCK_FORMAT_UNKNOWN',
      boundary: 'user',
      message: `There is no format "${format}".`,
      remedy: `There are: ${FORMATS.join(', ')}.`,
    });
  }
  const rows = readRows(from, FUNCTION_FORMATS[format as keyof typeof FUNCTION_FORMATS], { skipInvalid });
  refuseTwice(from, rows);
  return [
    functions(
      name,
      rows.map(({ columns }) => columns),
    ),
  ];
}

function functions(name: string, tasks: readonly FunctionTask[]): TaskFamily {
  const path = 'solution.js';
  return defineTask({
    name,
    description: `${tasks.length} functions of a data set.`,
    environment: workspace,
    maxSteps: 60,
    timeLimit: 120_000,
    instances: tasks.map(({ instruction, call, text, reference, tests, hidden, solution }) => {
      const judged = { call, ...(reference === undefined ? {} : { reference }) };
      return {
        instruction,
        params: {
          files: { [path]: text },
          module: path,
          tests: tests === undefined ? { script: hidden, most: 1, ...judged } : { script: tests, ...judged },
          hidden: { script: hidden, ...judged },
          goal: solution ?? null,
        },
      };
    }),
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
  tasks: readonly z.output<typeof ListFunctionSchema>['params'][],
): TaskFamily {
  return defineTask({
    name,
    description: `${tasks.length} functions of lists, from examples.`,
    environment: program,
    maxSteps: 10,
    instances: tasks.map((params) => ({
      instruction: 'Write a function of xs that does what the examples show.',
      params,
    })),
    verify: ({ evidence }) =>
      evidence.submitted !== null && evidence.total > 0 && evidence.passed === evidence.total,
  });
}

function refuseTwice(from: string, rows: readonly Row<{ id: string }>[]): void {
  const lines = new Map<string, number>();
  for (const { line, columns } of rows) {
    const before = lines.get(columns.id);
    if (before !== undefined) {
      throw new LamarckError({
        code: 'LAMARCK_DATA_INVALID',
        boundary: 'user',
        message: `${from}:${line} has the task "${columns.id}", which is on line ${before} already.`,
        remedy: 'Leave one of them out: a task must not be in two splits.',
      });
    }
    lines.set(columns.id, line);
  }
}
