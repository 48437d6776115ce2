const DIGITS = '0123456789abcdef';

/** A number from 0 on, written in a base from 2 to 16. */
export function toBase(number: number, base: number): string {
  if (number === 0) return '0';
  let text = '';
  for (let rest = number; rest > 0; rest = Math.floor(rest / base)) {
    text = (DIGITS[rest % base] ?? '') + text;
  }
  return text;
}

/** The number that is written so; -1 where a digit is not of the base. */
export function fromBase(text: string, base: number): number {
  let number = 0;
  for (const digit of text) {
    const value = DIGITS.indexOf(digit);
    if (value === -1 || value >= base) return -1;
    number = number * base + value;
  }
  return number;
}
