/** The sum of every `size` neighbours, from left to right; none where the list is shorter. */
export function windowSums(list: readonly number[], size: number): number[] {
  const sums: number[] = [];
  for (let start = 0; start + size <= list.length; start++) {
    let sum = 0;
    for (let at = start; at < start + size; at++) sum += list[at] ?? 0;
    sums.push(sum);
  }
  return sums;
}

/** How many members are larger than the one before them. */
export function rises(list: readonly number[]): number {
  let count = 0;
  for (let at = 1; at < list.length; at++) {
    if ((list[at] ?? 0) > (list[at - 1] ?? 0)) count++;
  }
  return count;
}
