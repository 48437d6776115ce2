/** The words of a text in lines of at most `width` signs, as few as will do; a longer word has a line of its own. */
export function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (longer.length <= width || line === '') line = longer;
    else {
      lines.push(line);
      line = word;
    }
  }
  return line === '' ? lines : [...lines, line];
}

/** Lines in the middle of `width` signs; where that does not come out even, the blank more stands on the right. */
export function centred(lines: readonly string[], width: number): string[] {
  return lines.map((line) => {
    const blanks = Math.max(0, width - line.length);
    const left = Math.floor(blanks / 2);
    return ' '.repeat(left) + line + ' '.repeat(blanks - left);
  });
}
