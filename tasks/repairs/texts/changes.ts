/** How many letters have to be put in, left out or replaced to make one text of another (Levenshtein). */
export function distance(one: string, other: string): number {
  let above = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (const [row, letter] of [...one].entries()) {
    const line = [row + 1];
    for (const [column, wanted] of [...other].entries()) {
      const replaced = (above[column] ?? 0) + (letter === wanted ? 0 : 1);
      const leftOut = (above[column + 1] ?? 0) + 1;
      const putIn = (line[column] ?? 0) + 1;
      line.push(Math.min(replaced, leftOut, putIn));
    }
    above = line;
  }
  return above[other.length] ?? 0;
}

/** The word that is nearest to a text, the first of several; '' where none is nearer than `limit`. */
export function nearest(text: string, words: readonly string[], limit: number): string {
  let best = '';
  let least = limit;
  for (const word of words) {
    const far = distance(text, word);
    if (far < least) {
      best = word;
      least = far;
    }
  }
  return best;
}
