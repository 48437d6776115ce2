/** The text with a capital at the beginning of every word, and small letters elsewhere. */
export function titled(text: string): string {
  return text
    .split(' ')
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1).toLowerCase())
    .join(' ');
}

/** `firstSecondThird` of `first second third`. */
export function camelCased(text: string): string {
  const [first = '', ...others] = text.split(' ').filter((word) => word !== '');
  return first.toLowerCase() + titled(others.join(' ')).replaceAll(' ', '');
}
