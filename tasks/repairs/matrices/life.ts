type Board = readonly (readonly number[])[];

/** How many of the eight cells around one are 1; outside of the board there are none. */
export function neighbours(board: Board, row: number, column: number): number {
  let count = 0;
  for (let down = -1; down <= 1; down++) {
    for (let across = -1; across <= 1; across++) {
      if (down === 0 && across === 0) continue;
      count += board[row + down]?.[column + across] ?? 0;
    }
  }
  return count;
}

/** The board of Conway's game after one step: a cell lives on with 2 or 3 neighbours, and is born with 3. */
export function step(board: Board): number[][] {
  return board.map((cells, row) =>
    cells.map((cell, column) => {
      const around = neighbours(board, row, column);
      return around === 3 || (cell === 1 && around === 2) ? 1 : 0;
    }),
  );
}
