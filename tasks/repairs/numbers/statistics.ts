/** The mean; 0 where there are no numbers. */
export function mean(numbers: readonly number[]): number {
  if (numbers.length === 0) return 0;
  return numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
}

/** The number in the middle by size; of an even count, the mean of the two in the middle. 0 where there are none. */
export function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  if (sorted.length % 2 === 1) return sorted[middle] ?? 0;
  return mean(sorted.slice(Math.max(0, middle - 1), middle + 1));
}

/** The difference between the largest and the smallest. */
export function spread(numbers: readonly number[]): number {
  return numbers.length === 0 ? 0 : Math.max(...numbers) - Math.min(...numbers);
}
