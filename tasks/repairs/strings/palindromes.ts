/** Whether a text reads the same backwards, without regard to capitals and blanks. */
export function isPalindrome(text: string): boolean {
  const letters = text.toLowerCase().replaceAll(' ', '');
  for (let at = 0; at < letters.length / 2; at++) {
    if (letters[at] !== letters[letters.length - 1 - at]) return false;
  }
  return true;
}

/** The longest part that reads the same backwards; the first of several. */
export function longestPalindrome(text: string): string {
  let longest = '';
  for (let start = 0; start < text.length; start++) {
    for (let end = start + 1; end <= text.length; end++) {
      const part = text.slice(start, end);
      if (part.length > longest.length && isPalindrome(part)) longest = part;
    }
  }
  return longest;
}
