type Matrix = readonly (readonly number[])[];

/** Rows as columns. */
export function transposed(matrix: Matrix): number[][] {
  const [first = []] = matrix;
  return first.map((_, column) => matrix.map((row) => row[column] ?? 0));
}

/** The matrix turned to the right by a quarter. */
export function turned(matrix: Matrix): number[][] {
  return transposed([...matrix].reverse());
}

/** Every row backwards. */
export function mirrored(matrix: Matrix): number[][] {
  return matrix.map((row) => [...row].reverse());
}
