/** An item of the list of task files, with the lines that go on with it. */
const LAST_ITEM = /^- `tasks\/.*(?:\n {2}.*)*(?![\s\S]*^- `tasks\/)/m;

/** The text of a README with a line on a new task family: after the others of its list, or in a list of its own at the end. */
export function withTaskLine(readme: string, line: string): string {
  const item = LAST_ITEM.exec(readme);
  if (item) {
    const end = item.index + item[0].length;
    return `${readme.slice(0, end)}\n${line}${readme.slice(end)}`;
  }
  const before = readme.trimEnd();
  return `${before === '' ? '# Tasks' : `${before}\n\n## Tasks`}\n\n${line}\n`;
}
