/** A count of days in words: `1 week, 2 days`; `0 days` for none. */
export function inWords(days: number): string {
  const [weeks, rest] = [Math.floor(days / 7), days % 7];
  const parts: string[] = [];
  if (weeks > 0) parts.push(`${weeks} ${weeks === 1 ? 'week' : 'weeks'}`);
  if (rest > 0 || weeks === 0) parts.push(`${rest} ${rest === 1 ? 'day' : 'days'}`);
  return parts.join(', ');
}

/** How long ago something was, in the largest unit of which there is at least one: `3 min ago`; `now` below a minute. */
export function ago(seconds: number): string {
  if (seconds < 60) return 'now';
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ago`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)} h ago`;
  return `${Math.floor(seconds / 86_400)} d ago`;
}
