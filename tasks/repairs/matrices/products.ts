type Matrix = readonly (readonly number[])[];

/** The product of two matrices; the first has as many columns as the second has rows. */
export function product(one: Matrix, other: Matrix): number[][] {
  const [first = []] = other;
  return one.map((row) =>
    first.map((_, column) => row.reduce((sum, value, at) => sum + value * (other[at]?.[column] ?? 0), 0)),
  );
}

/** A square matrix multiplied by itself so often; by 0, the one that changes nothing. */
export function power(matrix: Matrix, exponent: number): number[][] {
  let result: number[][] = matrix.map((row, at) => row.map((_, column) => (column === at ? 1 : 0)));
  for (let times = 0; times < exponent; times++) result = product(result, matrix);
  return result;
}
