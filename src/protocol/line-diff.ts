import { structuredPatch, type StructuredPatch } from 'diff';

/** A text and the name that a patch gives it. */
export interface NamedText {
  readonly name: string;
  readonly text: string;
}

/**
 * Lines that came or went up to which a difference is made as small as it can be. The work grows with its square, whoever wrote the
 * texts: 1,000 lines take about 0.2 s.
 */
export const MOST_EDITS = 1000;

const NO_NEWLINE = '\\ No newline at end of file';

/**
 * The difference of two texts by lines, in bounded time. Where more than `most` lines came or went it is a single hunk, from the
 * first line that differs to the last.
 *
 * @param options.context lines around a hunk that are as they were; default 3
 */
export function patchBetween(
  before: NamedText,
  after: NamedText,
  { context = 3, most = MOST_EDITS }: { context?: number; most?: number } = {},
): StructuredPatch {
  // Of a file that is new or gone all lines are one hunk anyway.
  const isWhole = before.text === '' || after.text === '';
  const smallest = isWhole
    ? undefined
    : structuredPatch(before.name, after.name, before.text, after.text, undefined, undefined, {
        context,
        maxEditLength: most,
      });
  return smallest ?? singleHunk(before, after, context);
}

function singleHunk(before: NamedText, after: NamedText, context: number): StructuredPatch {
  const [old, now] = [linesOf(before.text), linesOf(after.text)];
  const shortest = Math.min(old.length, now.length);
  let first = 0;
  while (first < shortest && old[first] === now[first]) first++;
  let same = 0;
  while (same < shortest - first && old.at(-1 - same) === now.at(-1 - same)) same++;
  const [from, behind] = [Math.max(0, first - context), Math.min(same, context)];
  const marked = (mark: string, lines: readonly string[]): string[] =>
    lines.flatMap((line) => (line.endsWith('\n') ? [mark + line.slice(0, -1)] : [mark + line, NO_NEWLINE]));
  const gone = old.slice(first, old.length - same);
  const come = now.slice(first, now.length - same);
  const end = old.length - same;
  const hunk = {
    oldStart: from + 1,
    oldLines: end + behind - from,
    newStart: from + 1,
    newLines: now.length - same + behind - from,
    lines: [
      ...marked(' ', old.slice(from, first)),
      ...marked('-', gone),
      ...marked('+', come),
      ...marked(' ', old.slice(end, end + behind)),
    ],
  };
  return {
    oldFileName: before.name,
    newFileName: after.name,
    oldHeader: undefined,
    newHeader: undefined,
    hunks: gone.length + come.length === 0 ? [] : [hunk],
  };
}

/** With the character that ends each, which the last may lack. */
function linesOf(text: string): string[] {
  return text === '' ? [] : text.split(/(?<=\n)/);
}
