/**
 * How an edit sits with the rest of its module. Code repeats itself, and what is wrong in it is often what does not (Ray et al. 2016,
 * On the "naturalness" of buggy code): here by three tokens in a row, which is not a matter of a suite's style.
 */

interface Token {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** What an edit does to the text of a module. */
interface Change {
  /** In characters. */
  readonly start: number;
  readonly end: number;
  readonly replacement: string;
}

/** Tokens in a phrase. */
const LENGTH = 3;

/** Comments, texts, numbers, names, and signs; templates count as texts. */
const TOKEN =
  /\/\/.*|\/\*[\s\S]*?\*\/|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`|[\w$]+|=>|[=!]==?|[<>]=|&&|\|\||\?[?.]|\+\+|--|[-+*/%]=|\*\*|\.\.\.|[^\s\w]/g;

/** For each change of a text, how many phrases it makes that stand elsewhere too, and how many of those it breaks. */
export function readPhrases(text: string): (change: Change) => string[] {
  const tokens = tokensOf(text);
  const counts = new Map<string, number>();
  for (const phrase of phrasesIn(tokens)) counts.set(phrase, (counts.get(phrase) ?? 0) + 1);
  return ({ start, end, replacement }) => {
    const first = tokens.findIndex((token) => token.end > start);
    const after = tokens.findIndex((token) => token.start >= end);
    if (first === -1) return [];
    const [from, to] = [Math.max(0, first - LENGTH + 1), after === -1 ? tokens.length : after];
    const next = tokens.slice(to, to + LENGTH - 1);
    const before = phrasesIn([...tokens.slice(from, to), ...next]);
    const then = phrasesIn([...tokens.slice(from, first), ...tokensOf(replacement), ...next]);
    const made = then.filter((phrase) => counts.has(phrase) && !before.includes(phrase)).length;
    const broken = before.filter((phrase) => (counts.get(phrase) ?? 0) > 1).length;
    return [`makes ${countWord(made)} again`, `breaks ${countWord(broken)} of several`];
  };
}

function tokensOf(text: string): Token[] {
  return [...text.matchAll(TOKEN)].flatMap(({ 0: found, index }) =>
    /^\/[/*]/.test(found) ? [] : [{ text: found, start: index, end: index + found.length }],
  );
}

function phrasesIn(tokens: readonly Token[]): string[] {
  return tokens.slice(LENGTH - 1).map((_, at) =>
    tokens
      .slice(at, at + LENGTH)
      .map(({ text }) => text)
      .join(' '),
  );
}

function countWord(count: number): string {
  return count === 0 ? 'no phrase' : count === 1 ? 'a phrase' : 'phrases';
}
