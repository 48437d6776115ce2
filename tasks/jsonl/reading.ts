import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { LamarckError, messageOf } from 'lamarck';
import type { z } from 'zod';

const MOST_BYTES = 512 * 1024 * 1024;
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
export function readRows<Columns extends z.ZodType>(
  from: string,
  columns: Columns,
  { skipInvalid }: { skipInvalid: boolean },
): Row<z.output<Columns>>[] {
  const file = resolve(from);
  const rows: Row<z.output<Columns>>[] = [];
  const problems: string[] = [];
  for (const { line, value, fault } of valuesIn(file, textOf(file))) {
    const parsed = fault === undefined ? columns.safeParse(value) : undefined;
    if (parsed?.success) {
      rows.push({ line, columns: parsed.data });
      continue;
    }
    const issue = parsed?.error.issues[0];
    problems.push(
      `${file}:${line} ${fault ?? `${issue?.path.length ? `"${issue.path.join('.')}"` : 'the row'}: ${issue?.message ?? 'does not fit'}`}`,
    );
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

function textOf(file: string): string {
  let bytes: Buffer;
  try {
    if (statSync(file).size > MOST_BYTES) throw new Error('it is larger than 512 MB');
    bytes = readFileSync(file);
  } catch (error) {
    throw unreadable(file, messageOf(error));
  }
  const isZipped = bytes[0] === 0x1f && bytes[1] === 0x8b;
  try {
    if (isZipped) bytes = gunzipSync(bytes, { maxOutputLength: MOST_BYTES });
  } catch (error) {
    throw unreadable(file, `its compressed data is damaged or cut short: ${messageOf(error)}`);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw unreadable(file, 'it is no text in UTF-8');
  }
}

interface Value {
  readonly line: number;
  readonly value?: unknown;
  readonly fault?: string;
}

/** Values with their lines: those of an array all have the line that it begins on. */
function valuesIn(file: string, text: string): Value[] {
  if (text.trimStart().startsWith('[')) {
    try {
      return (JSON.parse(text) as unknown[]).map((value) => ({ line: 1, value }));
    } catch (error) {
      throw unreadable(file, `its JSON is damaged: ${messageOf(error)}`);
    }
  }
  return text.split('\n').flatMap((line, at): Value[] => {
    if (line.trim() === '') return [];
    try {
      return [{ line: at + 1, value: JSON.parse(line) as unknown }];
    } catch (error) {
      return [{ line: at + 1, fault: `is no JSON: ${messageOf(error)}` }];
    }
  });
}

function unreadable(file: string, why: string): LamarckError {
  return new LamarckError({
    code: 'LAMARCK_DATA_UNREADABLE',
    boundary: 'user',
    message: `${file} cannot be read: ${why}.`,
    remedy: 'Name a file of JSON lines, plain or gzipped.',
  });
}
