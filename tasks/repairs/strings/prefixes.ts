/** What all words begin with; nothing where there are no words. */
export function commonPrefix(words: readonly string[]): string {
  const [first = '', ...others] = words;
  let length = first.length;
  for (const word of others) {
    while (!word.startsWith(first.slice(0, length))) length--;
  }
  return first.slice(0, length);
}

/** The words that begin with a prefix, the shortest first; of equal length as they came. */
export function completions(words: readonly string[], prefix: string): string[] {
  return words.filter((word) => word.startsWith(prefix)).sort((one, other) => one.length - other.length);
}
