import { studentT } from './student-t.ts';

/** A mean with its 95 % interval, over `n` observations. */
export interface Interval {
  mean: number;
  low: number;
  high: number;
  n: number;
}

/** One observation and the cluster it belongs to (a task's repeats; a family). */
export interface Clustered {
  value: number;
  cluster: string;
}

/**
 * Mean with a clustered 95 % interval: SE = √(C/(C−1) · Σ_c(Σ_{i∈c}(s_i − s̄))²) / n, t with C−1 degrees of freedom.
 * With fewer than two clusters nothing is known of the spread: the interval is `bounds`.
 *
 * @param bounds the range that values can have at all; the interval is cut to it
 */
export function clusteredInterval(
  sample: readonly Clustered[],
  bounds: readonly [number, number] = [0, 1],
): Interval {
  const n = sample.length;
  if (n === 0) return { mean: Number.NaN, low: bounds[0], high: bounds[1], n };
  const mean = sample.reduce((sum, { value }) => sum + value, 0) / n;
  const deviations = new Map<string, number>();
  for (const { value, cluster } of sample)
    deviations.set(cluster, (deviations.get(cluster) ?? 0) + value - mean);
  const clusters = deviations.size;
  if (clusters < 2) return { mean, low: bounds[0], high: bounds[1], n };
  let squares = 0;
  for (const deviation of deviations.values()) squares += deviation ** 2;
  const half = (studentT(clusters - 1) * Math.sqrt((clusters / (clusters - 1)) * squares)) / n;
  return { mean, low: Math.max(bounds[0], mean - half), high: Math.min(bounds[1], mean + half), n };
}

/** {@link clusteredInterval} with every observation its own cluster. */
export function interval(values: readonly number[], bounds: readonly [number, number] = [0, 1]): Interval {
  return clusteredInterval(
    values.map((value, index) => ({ value, cluster: String(index) })),
    bounds,
  );
}
