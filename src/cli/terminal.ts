import { styleText } from 'node:util';
import { LamarckError, messageOf, type Estimate } from '../protocol/index.ts';
import { systemFault } from './system-fault.ts';

type Style = Parameters<typeof styleText>[0];

/** Styled where the stream is a terminal that wants it (NO_COLOR is honoured), plain elsewhere. */
export function style(kind: Style, text: string, stream: NodeJS.WriteStream = process.stdout): string {
  return styleText(kind, text, { stream, validateStream: true });
}

export function print(text = ''): void {
  process.stdout.write(`${text}\n`);
}

export function printJson(value: unknown): void {
  print(JSON.stringify(value, null, 2));
}

/** A table with columns as wide as their content; the first row is the head. Numbers stand to the right. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  );
  const isNumeric = widths.map((_, column) =>
    rows.slice(1).every((row) => /^[-+−]?[\d.,]*( %| s| ms)?$/.test(row[column] ?? '')),
  );
  return rows
    .map((row, place) => {
      const line = row
        .map((cell, column) =>
          isNumeric[column] ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
        )
        .join('  ')
        .trimEnd();
      return place === 0 ? style('dim', line) : line;
    })
    .join('\n');
}

/** `0.73 [0.61, 0.85], 2 missing`, with a sign for gains; how many are missing only where some are. */
export function estimate({ mean, low, high, n, missing = 0 }: Estimate, signed = false): string {
  const beside = missing > 0 ? `, ${missing} missing` : '';
  if (n === missing) return `no data${beside}`;
  const show = (value: number): string => `${signed && value > 0 ? '+' : ''}${value.toFixed(2)}`;
  return `${show(mean)} [${show(low)}, ${show(high)}]${beside}`;
}

/** A span of time as a person says it. */
export function duration(seconds: number): string {
  if (seconds < 90) return `${Math.round(seconds)} s`;
  if (seconds < 5400) return `${Math.round(seconds / 60)} min`;
  return `${(seconds / 3600).toFixed(1)} h`;
}

/** Prints an error as its sentence and its remedy; the code stands behind for looking up. Returns the exit code. */
export function reportError(thrown: unknown): number {
  const error = systemFault(thrown) ?? thrown;
  if (LamarckError.isInstance(error)) {
    const { message, remedy, code } = error;
    process.stderr.write(`${style('red', 'error', process.stderr)} ${message}\n`);
    if (remedy) process.stderr.write(`${style('dim', '  →', process.stderr)} ${remedy}\n`);
    process.stderr.write(`${style('dim', `    ${code}`, process.stderr)}\n`);
    return code === 'LAMARCK_DRAINED' ? 130 : 1;
  }
  process.stderr.write(
    `${style('red', 'error', process.stderr)} ${error instanceof Error ? (error.stack ?? messageOf(error)) : messageOf(error)}\n`,
  );
  return 1;
}
