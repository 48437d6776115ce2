/** How often each word comes, the most frequent first, of equal ones by the alphabet: `amber 2`. */
export function frequencies(text: string): string[] {
  const counts = new Map<string, number>();
  for (const word of text.toLowerCase().match(/[a-z]+/g) ?? []) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts]
    .sort(([one, count], [other, more]) => more - count || (one < other ? -1 : 1))
    .map(([word, count]) => `${word} ${count}`);
}

/** The longest word, the last of several; '' where there is none. */
export function longest(text: string): string {
  let found = '';
  for (const word of text.split(' ')) {
    if (word.length >= found.length) found = word;
  }
  return found;
}
