/** Rows of cells as lines: every column as wide as its widest cell, two blanks between, none at the end. */
export function aligned(rows: readonly (readonly string[])[]): string[] {
  const count = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: count }, (_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

/** The widths of some columns, shortened from the widest on, until all together are at most `room`. */
export function fitted(widths: readonly number[], room: number): number[] {
  const fit = [...widths];
  while (fit.reduce((sum, width) => sum + width, 0) > room) {
    const widest = fit.indexOf(Math.max(...fit));
    if ((fit[widest] ?? 0) <= 0) break;
    fit[widest] = (fit[widest] ?? 0) - 1;
  }
  return fit;
}
