import type { Estimate } from '../protocol/index.ts';

/** `0.73 [0.61, 0.85], 2 missing`, with a sign for gains; how many are missing only where some are. */
export function estimate({ mean, low, high, n, missing = 0 }: Estimate, signed = false): string {
  const beside = missing > 0 ? `, ${missing} missing` : '';
  if (n === missing) return `no data${beside}`;
  const show = (value: number): string => `${signed && value > 0 ? '+' : ''}${value.toFixed(2)}`;
  return `${show(mean)} [${show(low)}, ${show(high)}]${beside}`;
}

/** A span of time as a person says it. */
export function duration(seconds: number): string {
  if (seconds < 90) return `${Math.round(seconds)} s`;
  if (seconds < 5400) return `${Math.round(seconds / 60)} min`;
  return `${(seconds / 3600).toFixed(1)} h`;
}
