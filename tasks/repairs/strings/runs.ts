/** Runs of a letter as the letter and its count: `aaab` is `a3b1`. */
export function encodeRuns(text: string): string {
  let encoded = '';
  let start = 0;
  while (start < text.length) {
    let end = start;
    while (end < text.length && text[end] === text[start]) end++;
    encoded += `${text[start]}${end - start}`;
    start = end;
  }
  return encoded;
}

/** The text that was encoded; counts have one digit or several. */
export function decodeRuns(encoded: string): string {
  let text = '';
  for (const [, letter = '', count = '0'] of encoded.matchAll(/([a-z])(\d+)/g)) {
    text += letter.repeat(Number(count));
  }
  return text;
}
