/** A stretch of one sequence: places of members with the same key, one after the other. */
export interface Run {
  readonly key: string;
  readonly places: readonly number[];
}

/** A column of an alignment: for each sequence the places that fell into it, none where it has nothing there. */
export interface Column {
  readonly key: string;
  readonly places: readonly (readonly number[])[];
}

/** Members one by one, or equal neighbours together. */
export function runsOf(keys: readonly string[], isCollapsed: boolean): Run[] {
  const runs: Run[] = [];
  keys.forEach((key, at) => {
    const last = runs.at(-1);
    if (isCollapsed && last?.key === key) runs[runs.length - 1] = { key, places: [...last.places, at] };
    else runs.push({ key, places: [at] });
  });
  return runs;
}

/**
 * Lays sequences side by side: each is merged into the columns so far along a longest common subsequence, so that the
 * columns, read in order, hold every sequence.
 */
export function align(sequences: readonly (readonly Run[])[]): Column[] {
  let columns: Column[] = [];
  sequences.forEach((runs, count) => {
    const merged: Column[] = [];
    let row = 0;
    let column = 0;
    const takeColumn = (places: readonly number[]) => {
      const { key, places: before } = columns[column++] as Column;
      merged.push({ key, places: [...before, places] });
    };
    const takeRun = () => {
      const { key, places } = runs[row++] as Run;
      merged.push({ key, places: [...Array.from({ length: count }, () => []), places] });
    };
    const common = commonSubsequence(
      columns.map(({ key }) => key),
      runs.map(({ key }) => key),
    );
    for (const key of common) {
      while (columns[column]?.key !== key) takeColumn([]);
      while (runs[row]?.key !== key) takeRun();
      takeColumn((runs[row++] as Run).places);
    }
    while (column < columns.length) takeColumn([]);
    while (row < runs.length) takeRun();
    columns = merged;
  });
  return columns;
}

/** Longest common subsequence of two lists. */
export function commonSubsequence(left: readonly string[], right: readonly string[]): string[] {
  const lengths = Array.from({ length: left.length + 1 }, () => new Array<number>(right.length + 1).fill(0));
  const lengthAt = (row: number, column: number) => lengths[row]?.[column] ?? 0;
  for (let row = left.length - 1; row >= 0; row--) {
    for (let column = right.length - 1; column >= 0; column--) {
      (lengths[row] as number[])[column] =
        left[row] === right[column]
          ? 1 + lengthAt(row + 1, column + 1)
          : Math.max(lengthAt(row + 1, column), lengthAt(row, column + 1));
    }
  }
  const common: string[] = [];
  for (let row = 0, column = 0; row < left.length && column < right.length;) {
    if (left[row] === right[column]) {
      common.push(left[row++] as string);
      column++;
    } else if (lengthAt(row + 1, column) >= lengthAt(row, column + 1)) row++;
    else column++;
  }
  return common;
}
