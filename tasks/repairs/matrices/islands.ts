/** How many islands of 1 there are in a sea of 0; cells belong together that touch at a side. */
export function islands(map: readonly (readonly number[])[]): number {
  return sizes(map).length;
}

/** The sizes of the islands, from large to small. */
export function sizes(map: readonly (readonly number[])[]): number[] {
  const cells = map.map((row) => [...row]);
  const found: number[] = [];
  for (const [row, values] of cells.entries()) {
    for (const [column, value] of values.entries()) {
      if (value === 1) found.push(flood(cells, row, column));
    }
  }
  return found.sort((one, other) => other - one);
}

function flood(cells: number[][], row: number, column: number): number {
  const line = cells[row];
  if (line?.[column] !== 1) return 0;
  line[column] = 0;
  const sides = [
    [row - 1, column],
    [row + 1, column],
    [row, column - 1],
    [row, column + 1],
  ] as const;
  return sides.reduce((size, [down, across]) => size + flood(cells, down, across), 1);
}
