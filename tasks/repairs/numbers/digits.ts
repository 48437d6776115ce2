/** The sum of the digits of a number from 0 on, and of that sum, until one digit is left. */
export function digitalRoot(number: number): number {
  let root = number;
  while (root > 9) {
    let sum = 0;
    for (let rest = root; rest > 0; rest = Math.floor(rest / 10)) sum += rest % 10;
    root = sum;
  }
  return root;
}

/** The number with its digits in the other order; its sign stays. */
export function reversed(number: number): number {
  const digits = [...String(Math.abs(number))].reverse().join('');
  return Math.sign(number) * Number(digits);
}

/** Whether a card number passes the Luhn test: every second digit from the right is doubled, less 9 above 9. */
export function passesLuhn(card: string): boolean {
  let sum = 0;
  for (const [at, digit] of [...card].reverse().entries()) {
    const value = at % 2 === 1 ? Number(digit) * 2 : Number(digit);
    sum += value > 9 ? value - 9 : value;
  }
  return card.length > 0 && sum % 10 === 0;
}
