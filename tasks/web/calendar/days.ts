/** A day as `2026-03-09`, which sorts and compares as a text. */
export type Day = string;

const MONTHS = [
  ...['January', 'February', 'March', 'April', 'May', 'June', 'July'],
  ...['August', 'September', 'October', 'November', 'December'],
];

/** @param month from 0; months and days past the end go on into the next year or month. */
export function dayOf(year: number, month: number, day: number): Day {
  return new Date(Date.UTC(year, month, day)).toISOString().slice(0, 10);
}

/** `9 March 2026`. */
export function written(day: Day): string {
  return `${Number(day.slice(8))} ${monthOf(day)}`;
}

/** `March 2026`. */
export function monthOf(day: Day): string {
  return `${MONTHS[Number(day.slice(5, 7)) - 1]} ${day.slice(0, 4)}`;
}

/** The day of `9 March 2026`, or the first one of `March 2026`. */
export function readDay(text: string): Day {
  const [, day = '1', month = '', year] = /^(?:(\d+) )?(\w+) (\d{4})$/.exec(text) ?? [];
  return dayOf(Number(year), MONTHS.indexOf(month), Number(day));
}
