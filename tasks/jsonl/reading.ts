import { resolve } from 'node:path';
import { LamarckError, clauseOf, messageOf } from 'lamarck';
import type { z } from 'zod';
import { deepColumn } from './nesting.ts';
import { textOfFile, unreadable } from './text-of-file.ts';

const MOST_ROWS = 100_000;
const TOO_MANY = `it has more than ${MOST_ROWS.toLocaleString('en')} lines or rows`;
const MOST_TOLD = 5;

/** A row of a data set, and the line that it is on. */
export interface Row<Columns> {
  readonly line: number;
  readonly columns: Columns;
}

/**
 * The rows of a file: a JSON object a line, or one JSON array; plain or gzipped.
 *
 * @param skipInvalid leaves out rows that do not fit instead of refusing them
 * @throws LamarckError `LAMARCK_DATA_UNREADABLE`, naming the file, or `LAMARCK_DATA_INVALID`, naming file, line and field
 */
export function readRows<Columns extends z.ZodType<{ readonly id: string }>>(
  from: string,
  columns: Columns,
  { skipInvalid }: { skipInvalid: boolean },
): Row<z.output<Columns>>[] {
  const file = resolve(from);
  const rows: Row<z.output<Columns>>[] = [];
  const problems: string[] = [];
  const lines = new Map<string, number>();
  for (const { line, value, fault } of valuesIn(file, textOfFile(file))) {
    const read = fault === undefined ? columnsOf(value, columns) : { fault };
    const again = 'fault' in read ? undefined : repeated(read.columns, line, lines);
    if ('fault' in read || again !== undefined)
      problems.push(`${file}:${line} ${'fault' in read ? read.fault : again}`);
    else rows.push({ line, columns: read.columns });
  }
  if (rows.length === 0 && problems.length === 0) throw unreadable(file, 'it is empty');
  if (problems.length > 0 && (!skipInvalid || rows.length === 0)) {
    const told = problems.slice(0, MOST_TOLD).join('\n');
    const more = problems.length > MOST_TOLD ? `\nand ${problems.length - MOST_TOLD} more` : '';
    throw new LamarckError({
      code: 'LAMARCK_DATA_INVALID',
      boundary: 'user',
      message: `${problems.length} of ${problems.length + rows.length} rows do not fit their format:\n${told}${more}`,
      remedy: 'Mend them, name another format, or leave them out by skipInvalid.',
    });
  }
  return rows;
}

function columnsOf<Columns extends z.ZodType>(
  value: unknown,
  schema: Columns,
): { columns: z.output<Columns> } | { fault: string } {
  const deep = deepColumn(value);
  if (deep !== undefined) return { fault: `"${deep}": is nested too deeply` };
  const parsed = schema.safeParse(value);
  if (parsed.success) return { columns: parsed.data };
  const issue = parsed.error.issues[0];
  const field = issue?.path.length ? `"${issue.path.join('.')}"` : 'the row';
  return { fault: `${field}: ${issue?.message ?? 'does not fit'}` };
}

/** A task that is there already, by its name or under another one, would be learned from in one split and scored in another. */
function repeated(
  { id, ...content }: { readonly id: string },
  line: number,
  lines: Map<string, number>,
): string | undefined {
  const names = [`id ${id}`, `content ${JSON.stringify(content)}`];
  const [byName, byContent] = names.map((name) => lines.get(name));
  for (const name of names) if (!lines.has(name)) lines.set(name, line);
  if (byName !== undefined) return `has the task "${id}", which is on line ${byName} already`;
  if (byContent !== undefined)
    return `has the task "${id}", which is on line ${byContent} already under another name`;
  return undefined;
}

interface Value {
  readonly line: number;
  readonly value?: unknown;
  readonly fault?: string;
}

/** Values with their lines: those of an array all have the line that it begins on. */
function* valuesIn(file: string, text: string): Generator<Value> {
  if (text.trimStart().startsWith('[')) {
    for (const value of arrayIn(file, text)) yield { line: 1, value };
    return;
  }
  let line = 0;
  // Line by line: millions of them at once are more than there is memory for.
  for (let start = 0; start <= text.length;) {
    const found = text.indexOf('\n', start);
    const end = found === -1 ? text.length : found;
    const written = text.slice(start, end).trim();
    line++;
    if (line > MOST_ROWS) throw unreadable(file, TOO_MANY);
    if (written !== '') yield { line, ...valueOf(written) };
    start = end + 1;
  }
}

function arrayIn(file: string, text: string): unknown[] {
  let values: unknown[];
  try {
    values = JSON.parse(text) as unknown[];
  } catch (error) {
    throw unreadable(file, `its JSON is damaged: ${clauseOf(error)}`);
  }
  if (values.length > MOST_ROWS) throw unreadable(file, TOO_MANY);
  return values;
}

function valueOf(written: string): { value: unknown } | { fault: string } {
  try {
    return { value: JSON.parse(written) as unknown };
  } catch (error) {
    return { fault: `is no JSON: ${messageOf(error)}` };
  }
}
