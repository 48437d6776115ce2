const CLOSING: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

/** Whether every bracket is closed by one of its kind, and in the right order; all else is left out. */
export function isBalanced(text: string): boolean {
  const waiting: string[] = [];
  for (const sign of text) {
    const closing = CLOSING[sign];
    if (closing !== undefined) waiting.push(closing);
    else if (')]}'.includes(sign) && waiting.pop() !== sign) return false;
  }
  return waiting.length === 0;
}

/** How many brackets are open at most; of text that is balanced. */
export function deepest(text: string): number {
  let depth = 0;
  let most = 0;
  for (const sign of text) {
    if (sign in CLOSING) depth++;
    else if (')]}'.includes(sign)) depth--;
    most = Math.max(most, depth);
  }
  return most;
}
