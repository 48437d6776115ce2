/** Whether a number can be divided by 1 and itself only; 1 and below are not prime. */
export function isPrime(number: number): boolean {
  if (number < 2) return false;
  for (let divisor = 2; divisor * divisor <= number; divisor++) {
    if (number % divisor === 0) return false;
  }
  return true;
}

/** The prime factors of a number from 2 on, from small to large, each as often as it divides. */
export function factors(number: number): number[] {
  const found: number[] = [];
  let rest = number;
  for (let divisor = 2; rest > 1; divisor++) {
    while (rest % divisor === 0) {
      found.push(divisor);
      rest /= divisor;
    }
  }
  return found;
}
