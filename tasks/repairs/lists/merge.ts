/** Two lists that go from small to large, as one that does. */
export function mergeSorted(first: readonly number[], second: readonly number[]): number[] {
  const merged: number[] = [];
  let [left, right] = [0, 0];
  while (left < first.length && right < second.length) {
    const [one, other] = [first[left] ?? 0, second[right] ?? 0];
    if (one <= other) {
      merged.push(one);
      left++;
    } else {
      merged.push(other);
      right++;
    }
  }
  return [...merged, ...first.slice(left), ...second.slice(right)];
}

/** The place of a member in a list that goes from small to large; -1 where it is not there. */
export function findSorted(list: readonly number[], wanted: number): number {
  let [low, high] = [0, list.length - 1];
  while (low <= high) {
    const middle = Math.floor((low + high) / 2);
    const found = list[middle] ?? 0;
    if (found === wanted) return middle;
    if (found < wanted) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}
