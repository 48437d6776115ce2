const VOWELS = 'aeiou';

/** How many vowels there are, capitals included. */
export function vowels(text: string): number {
  let count = 0;
  for (const letter of text.toLowerCase()) {
    if (VOWELS.includes(letter)) count += 1;
  }
  return count;
}

/** The letter that comes most often, blanks left out; the first in the alphabet of several, '' where there is none. */
export function commonest(text: string): string {
  const counts = new Map<string, number>();
  for (const letter of text.replaceAll(' ', '')) counts.set(letter, (counts.get(letter) ?? 0) + 1);
  let best = '';
  for (const [letter, count] of [...counts].sort()) {
    if (best === '' || count > (counts.get(best) ?? 0)) best = letter;
  }
  return best;
}

/** How often a part comes in a text, also where two of them overlap. */
export function occurrences(text: string, part: string): number {
  let count = 0;
  for (let at = 0; at + part.length <= text.length; at++) {
    if (text.slice(at, at + part.length) === part) count++;
  }
  return count;
}
