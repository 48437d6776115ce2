import type { Estimate } from './summary.ts';

/** `0.73 [0.61, 0.85], 2 missing`, with a sign for gains; how many are missing only where some are. */
export function estimate({ mean, low, high, n, missing = 0 }: Estimate, signed = false): string {
  const beside = missing > 0 ? `, ${missing} missing` : '';
  if (n === missing) return `no data${beside}`;
  const show = (value: number): string => `${signed && value > 0 ? '+' : ''}${value.toFixed(2)}`;
  return `${show(mean)} [${show(low)}, ${show(high)}]${beside}`;
}
