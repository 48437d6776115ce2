/** Members of two lists in turn, the first list's first; what is left of the longer one follows. */
export function interleave(first: readonly number[], second: readonly number[]): number[] {
  const both: number[] = [];
  const length = Math.max(first.length, second.length);
  for (let at = 0; at < length; at++) {
    const [one, other] = [first[at], second[at]];
    if (one !== undefined) both.push(one);
    if (other !== undefined) both.push(other);
  }
  return both;
}

/** The members at even places, and those at odd ones. */
export function split(list: readonly number[]): number[][] {
  const even = list.filter((_, at) => at % 2 === 0);
  const odd = list.filter((_, at) => at % 2 === 1);
  return [even, odd];
}
