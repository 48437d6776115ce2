type Matrix = readonly (readonly number[])[];

/** The sums of the rows, and of the columns. */
export function margins(matrix: Matrix): number[][] {
  const [first = []] = matrix;
  const rows = matrix.map((row) => row.reduce((sum, value) => sum + value, 0));
  const columns = first.map((_, column) => matrix.reduce((sum, row) => sum + (row[column] ?? 0), 0));
  return [rows, columns];
}

/** The sum of the values from above on the left to below on the right. */
export function trace(matrix: Matrix): number {
  return matrix.reduce((sum, row, at) => sum + (row[at] ?? 0), 0);
}

/** Row and column of the largest value, the first of several. */
export function peak(matrix: Matrix): number[] {
  let [best, bestRow, bestColumn] = [-Infinity, -1, -1];
  for (const [row, values] of matrix.entries()) {
    for (const [column, value] of values.entries()) {
      if (value > best) [best, bestRow, bestColumn] = [value, row, column];
    }
  }
  return [bestRow, bestColumn];
}
