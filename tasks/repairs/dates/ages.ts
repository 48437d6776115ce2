interface Day {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** Below 0 where one day is before another, 0 where they are the same, above 0 otherwise. */
export function compared(one: Day, other: Day): number {
  return one.year - other.year || one.month - other.month || one.day - other.day;
}

/** How many years old somebody is on a day who was born before it. */
export function age(born: Day, today: Day): number {
  const isBefore = today.month < born.month || (today.month === born.month && today.day < born.day);
  return today.year - born.year - (isBefore ? 1 : 0);
}

/** The earliest of some days and the latest. */
export function span(days: readonly [Day, ...Day[]]): Day[] {
  let [first, last] = [days[0], days[0]];
  for (const day of days) {
    if (compared(day, first) < 0) first = day;
    if (compared(day, last) > 0) last = day;
  }
  return [first, last];
}
