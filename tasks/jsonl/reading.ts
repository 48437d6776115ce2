import { resolve } from 'node:path';
import { LamarckError, clauseOf, messageOf } from 'lamarck';
import type { z } from 'zod';
import { deepColumn } from './nesting.ts';
import { textOfFile, unreadable } from './text-of-file.ts';

const MOST_ROWS = 100_000;
const TOO_MANY = `it has more than ${MOST_ROWS.toLocaleString('en')} lines or rows`;
const MOST_TOLD = 5;

/** Where a row is: on a line of its own, or in an array, whose lines nobody counts. */
export interface Place {
  readonly of: 'line' | 'row';
  readonly number: number;
}

/** A row of a data set, and where it is. */
export interface Row<Columns> {
  readonly place: Place;
  readonly columns: Columns;
}

/** `fixes.jsonl:3`, `fixes.json row 3` */
export function placeIn(file: string, { of, number }: Place): string {
  return of === 'line' ? `${file}:${number}` : `${file} row ${number}`;
}

/**
 * The rows of a file: a JSON object a line, or one JSON array; plain or gzipped.
 *
 * @param skipInvalid leaves out rows that do not fit instead of refusing them
 * @throws LamarckError `LAMARCK_DATA_UNREADABLE`, naming the file, or `LAMARCK_DATA_INVALID`, naming file, line or row, and field
 */
export function readRows<Columns extends z.ZodType<{ readonly id: string }>>(
  from: string,
  columns: Columns,
  { skipInvalid }: { skipInvalid: boolean },
): Row<z.output<Columns>>[] {
  const file = resolve(from);
  const rows: Row<z.output<Columns>>[] = [];
  const problems: string[] = [];
  const places = new Map<string, Place>();
  for (const { place, value, fault } of valuesIn(file, textOfFile(file))) {
    const read = fault === undefined ? columnsOf(value, columns) : { fault };
    const again = 'fault' in read ? undefined : repeated(read.columns, place, places);
    if ('fault' in read || again !== undefined)
      problems.push(`${placeIn(file, place)} ${'fault' in read ? read.fault : again}`);
    else rows.push({ place, columns: read.columns });
  }
  if (rows.length === 0 && problems.length === 0) throw unreadable(file, 'it is empty');
  if (problems.length > 0 && (!skipInvalid || rows.length === 0)) {
    const told = problems.slice(0, MOST_TOLD).join('\n');
    const more = problems.length > MOST_TOLD ? `\nand ${problems.length - MOST_TOLD} more` : '';
    throw new LamarckError({
      code: 'LAMARCK_DATA_INVALID',
      boundary: 'user',
      message: `${problems.length} of ${problems.length + rows.length} rows do not fit their format:\n${told}${more}`,
      remedy:
        rows.length === 0
          ? 'Mend them, or name another format.'
          : 'Mend them, name another format, or leave them out: by skipInvalid: true in jsonl(), or --skip-invalid of npx lamarck tasks add.',
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
  place: Place,
  places: Map<string, Place>,
): string | undefined {
  const names = [`id ${id}`, `content ${JSON.stringify(content)}`];
  const [byName, byContent] = names.map((name) => places.get(name));
  for (const name of names) if (!places.has(name)) places.set(name, place);
  const first = byName ?? byContent;
  if (first === undefined) return undefined;
  const where = `${first.of === 'line' ? 'on' : 'in'} ${first.of} ${first.number}`;
  return `has the task "${id}", which is ${where} already${byName ? '' : ' under another name'}`;
}

interface Value {
  readonly place: Place;
  readonly value?: unknown;
  readonly fault?: string;
}

/** Values with their lines, or with their numbers in an array, from 1. */
function* valuesIn(file: string, text: string): Generator<Value> {
  if (text.trimStart().startsWith('[')) {
    for (const [at, value] of arrayIn(file, text).entries())
      yield { place: { of: 'row', number: at + 1 }, value };
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
    if (written !== '') yield { place: { of: 'line', number: line }, ...valueOf(written) };
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
