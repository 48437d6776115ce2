const NAMES = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
/** Of each month, for Sakamoto's method. */
const OFFSETS = [0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4];

/** The day of the week of a date, from 0 for Sunday. */
export function weekday(year: number, month: number, day: number): number {
  const counted = month < 3 ? year - 1 : year;
  const leaps = Math.floor(counted / 4) - Math.floor(counted / 100) + Math.floor(counted / 400);
  return (counted + leaps + (OFFSETS[month - 1] ?? 0) + day) % 7;
}

/** Its name, shortened to so many letters. */
export function weekdayName(year: number, month: number, day: number, letters: number): string {
  return (NAMES[weekday(year, month, day)] ?? '').slice(0, letters);
}

/** How many days of a month up to one of its days are no Saturday and no Sunday. */
export function workdays(year: number, month: number, upTo: number): number {
  let count = 0;
  for (let day = 1; day <= upTo; day++) {
    const at = weekday(year, month, day);
    if (at !== 0 && at !== 6) count++;
  }
  return count;
}
