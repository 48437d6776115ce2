/**
 * What a text is after some commands: a letter is typed, `<` takes back the last change, `>` makes it again. Typing forgets what
 * was taken back.
 */
export function typed(commands: string): string {
  const past: string[] = [];
  let future: string[] = [];
  let text = '';
  for (const command of commands) {
    if (command === '<') {
      const before = past.pop();
      if (before === undefined) continue;
      future.push(text);
      text = before;
    } else if (command === '>') {
      const after = future.pop();
      if (after === undefined) continue;
      past.push(text);
      text = after;
    } else {
      past.push(text);
      text += command;
      future = [];
    }
  }
  return text;
}
