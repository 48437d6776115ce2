const SECONDS: Readonly<Record<string, number>> = { h: 3600, m: 60, s: 1 };

/** Seconds of a text such as `1h30m` or `45s`; -1 where it is no duration. */
export function secondsOf(text: string): number {
  if (!/^(\d+[hms])+$/.test(text)) return -1;
  let seconds = 0;
  for (const [, count = '0', unit = 's'] of text.matchAll(/(\d+)([hms])/g)) {
    seconds += Number(count) * (SECONDS[unit] ?? 0);
  }
  return seconds;
}

/** Seconds as `1:02:03`, or as `2:03` below an hour. */
export function clock(seconds: number): string {
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  const rest = String(seconds % 60).padStart(2, '0');
  if (hours === 0) return `${minutes}:${rest}`;
  return `${hours}:${String(minutes).padStart(2, '0')}:${rest}`;
}
