/** Minutes since midnight of a time such as `9:05`; -1 where it is none. */
export function minutesOf(time: string): number {
  const [, hours = '', minutes = ''] = /^(\d{1,2}):(\d{2})$/.exec(time) ?? [];
  if (hours === '' || Number(hours) > 23 || Number(minutes) > 59) return -1;
  return 60 * Number(hours) + Number(minutes);
}

/** The time so many minutes later, around midnight if need be, with two digits each. */
export function later(time: string, minutes: number): string {
  const total = (((minutesOf(time) + minutes) % 1440) + 1440) % 1440;
  return [Math.floor(total / 60), total % 60].map((part) => String(part).padStart(2, '0')).join(':');
}

/** Whether a shop that opens and closes at these times is open then; it may close after midnight. */
export function isOpen(time: string, opens: string, closes: string): boolean {
  const [now, from, to] = [minutesOf(time), minutesOf(opens), minutesOf(closes)];
  return from <= to ? now >= from && now < to : now >= from || now < to;
}
