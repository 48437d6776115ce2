interface Interval {
  readonly from: number;
  readonly to: number;
}

/** Whether two intervals have more than an end in common. */
export function overlap(one: Interval, other: Interval): boolean {
  return one.from < other.to && other.from < one.to;
}

/** The intervals by their beginning, those that overlap or touch put together. */
export function united(intervals: readonly Interval[]): Interval[] {
  const sorted = [...intervals].sort((one, other) => one.from - other.from);
  const together: Interval[] = [];
  for (const interval of sorted) {
    const last = together.at(-1);
    if (last && interval.from <= last.to) {
      together[together.length - 1] = { from: last.from, to: Math.max(last.to, interval.to) };
    } else together.push(interval);
  }
  return together;
}

/** How long something is under way in all, counting once what overlaps. */
export function covered(intervals: readonly Interval[]): number {
  return united(intervals).reduce((sum, { from, to }) => sum + to - from, 0);
}
