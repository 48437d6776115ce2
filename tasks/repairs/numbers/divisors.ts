/** The largest number that divides both; whatever their signs. 0 only where both are 0. */
export function greatestDivisor(one: number, other: number): number {
  let [larger, smaller] = [Math.abs(one), Math.abs(other)];
  while (smaller !== 0) [larger, smaller] = [smaller, larger % smaller];
  return larger;
}

/** The smallest positive number that both divide; 0 where one of them is 0. */
export function leastMultiple(one: number, other: number): number {
  if (one === 0 || other === 0) return 0;
  return Math.abs(one * other) / greatestDivisor(one, other);
}

/** All numbers that divide a positive one, from small to large. */
export function divisors(number: number): number[] {
  const found: number[] = [];
  for (let candidate = 1; candidate <= number; candidate++) {
    if (number % candidate === 0) found.push(candidate);
  }
  return found;
}
