import { LamarckError, clauseOf, messageOf } from 'lamarck';
import type { z } from 'zod';
import { deepColumn } from './nesting.ts';
import { textOfFile, unreadable } from './text-of-file.ts';

const MOST_ROWS = 100_000;
const TOO_MANY = `it has more than ${MOST_ROWS.toLocaleString('en')} lines or rows`;
/** Problems that an error names one by one. */
const MOST_LISTED = 100;

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
function placeIn(file: string, { of, number }: Place): string {
  return of === 'line' ? `${file}:${number}` : `${file} row ${number}`;
}

/** A row that cannot be used, and why: the end of a sentence that begins with its place. */
export interface Problem {
  readonly place: Place;
  readonly fault: string;
}

/**
 * The rows of a file: a JSON object a line, or one JSON array; plain or gzipped.
 *
 * @throws LamarckError `LAMARCK_DATA_UNREADABLE`, naming the file
 */
export function readRows<Columns extends z.ZodType<{ readonly id: string }>>(
  file: string,
  columns: Columns,
): { rows: Row<z.output<Columns>>[]; problems: Problem[] } {
  const rows: Row<z.output<Columns>>[] = [];
  const problems: Problem[] = [];
  const places = new Map<string, Place>();
  for (const { place, value, fault } of valuesIn(file, textOfFile(file))) {
    const read = fault === undefined ? columnsOf(value, columns) : { fault };
    const again = 'fault' in read ? undefined : repeated(read.columns, place, places);
    if ('fault' in read) problems.push({ place, fault: read.fault });
    else if (again !== undefined) problems.push({ place, fault: again });
    else rows.push({ place, columns: read.columns });
  }
  if (rows.length === 0 && problems.length === 0) throw unreadable(file, 'it is empty');
  return { rows, problems };
}

/**
 * Refuses a file with rows that cannot be used, unless others can and these are to be left out.
 *
 * @throws LamarckError `LAMARCK_DATA_INVALID`, naming file, line or row, and why, of each
 */
export function refuseProblems(
  file: string,
  { rows, problems }: { rows: readonly unknown[]; problems: readonly Problem[] },
  { skipInvalid }: { skipInvalid: boolean },
): void {
  if (problems.length === 0 || (skipInvalid && rows.length > 0)) return;
  const listed = problems
    .toSorted((one, other) => one.place.number - other.place.number)
    .slice(0, MOST_LISTED)
    .map(({ place, fault }) => `${placeIn(file, place)} ${fault}`)
    .join('\n');
  const more = problems.length > MOST_LISTED ? `\nand ${problems.length - MOST_LISTED} more` : '';
  throw new LamarckError({
    code: 'LAMARCK_DATA_INVALID',
    boundary: 'user',
    message: `${problems.length} of ${problems.length + rows.length} rows cannot be used as tasks of this format:\n${listed}${more}`,
    remedy:
      rows.length === 0
        ? 'Correct them, or name another format.'
        : {
            text: 'Correct them, name another format, or leave them out: by skipInvalid: true in jsonl(), and by an option of tasks add.',
            option: 'skipInvalid',
          },
  });
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
