/** A word of a line that a person typed. */
export interface Word {
  readonly text: string;
  /** Whether the word stood in quotation marks, which are not part of it. */
  readonly isQuoted: boolean;
}

const QUOTED = /^"((?:[^"\\]|\\.)*)"(?=\s|$)/s;

/**
 * The words of a line, at most so many: what stands in double quotation marks is one, with escapes as in JSON; so is a list
 * or an object in JSON, with its spaces; else they end at spaces. The last word is all of the rest.
 */
export function wordsOf(line: string, most: number): Word[] {
  const words: Word[] = [];
  for (let rest = line.trim(); rest !== '' && words.length < most;) {
    const isLast = words.length === most - 1;
    const [quoted, inside = ''] = QUOTED.exec(rest) ?? [];
    if (quoted !== undefined && !(isLast && quoted.length < rest.length)) {
      words.push({ text: unescaped(quoted, inside), isQuoted: true });
      rest = rest.slice(quoted.length).trim();
      continue;
    }
    const length = isLast ? rest.length : (structureAt(rest) ?? rest.search(/\s|$/));
    words.push({ text: rest.slice(0, length), isQuoted: false });
    rest = rest.slice(length).trim();
  }
  return words;
}

/** Regular expressions are typed with single backslashes: what is no JSON is taken as it is. */
function unescaped(quoted: string, inside: string): string {
  try {
    return JSON.parse(quoted) as string;
  } catch {
    return inside.replaceAll('\\"', '"');
  }
}

/** Length of the list or object in JSON that the text begins with, if it begins with one. */
function structureAt(text: string): number | undefined {
  if (!/^[[{]/.test(text)) return undefined;
  for (const { index } of text.matchAll(/[\]}](?=\s|$)/g)) {
    try {
      JSON.parse(text.slice(0, index + 1));
      return index + 1;
    } catch {
      // It ends later, or is none.
    }
  }
  return undefined;
}
