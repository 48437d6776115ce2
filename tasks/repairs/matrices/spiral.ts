/** The values of a matrix in a spiral that begins above on the left and turns to the right. */
export function spiral(matrix: readonly (readonly number[])[]): number[] {
  const values: number[] = [];
  let [top, left] = [0, 0];
  let bottom = matrix.length - 1;
  let right = (matrix[0]?.length ?? 0) - 1;
  while (top <= bottom && left <= right) {
    for (let column = left; column <= right; column++) values.push(matrix[top]?.[column] ?? 0);
    top++;
    for (let row = top; row <= bottom; row++) values.push(matrix[row]?.[right] ?? 0);
    right--;
    if (top <= bottom) {
      for (let column = right; column >= left; column--) values.push(matrix[bottom]?.[column] ?? 0);
      bottom--;
    }
    if (left <= right) {
      for (let row = bottom; row >= top; row--) values.push(matrix[row]?.[left] ?? 0);
      left++;
    }
  }
  return values;
}
