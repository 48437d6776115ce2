/** The value of sums and products of whole numbers such as `2+3*4-1`; products come first. */
export function evaluate(text: string): number {
  let total = 0;
  let product = 0;
  let operator = '+';
  for (const [, sign = '+', digits = '0'] of `+${text}`.matchAll(/([+*-])(\d+)/g)) {
    const number = Number(digits);
    if (sign === '*') product *= number;
    else {
      total += operator === '-' ? -product : product;
      product = number;
      operator = sign;
    }
  }
  return total + (operator === '-' ? -product : product);
}

/** The value of numbers and operators in Polish order from behind, such as `2 3 4 * +`. */
export function evaluatePostfix(text: string): number {
  const stack: number[] = [];
  for (const token of text.split(' ')) {
    if (/^\d+$/.test(token)) {
      stack.push(Number(token));
      continue;
    }
    const right = stack.pop() ?? 0;
    const left = stack.pop() ?? 0;
    if (token === '+') stack.push(left + right);
    else if (token === '-') stack.push(left - right);
    else stack.push(left * right);
  }
  return stack.at(-1) ?? 0;
}
