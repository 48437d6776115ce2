import { createPatch } from 'diff';

/** Lines that came or went, up to which texts are compared: the work grows with the square of it. */
const MOST_CHANGED = 2_000;

/** The unified diff of a file; where nearly all of it was rewritten, a sentence that says so in the place of its hunks. */
export function patchOf(path: string, before: string, after: string): string {
  const patch: string | undefined = createPatch(path, before, after, undefined, undefined, {
    maxEditLength: MOST_CHANGED,
  });
  if (patch !== undefined) return patch;
  const linesOf = (text: string): number => text.split('\n').length;
  return `--- ${path}\n+++ ${path}\nMore than ${MOST_CHANGED} lines changed: there were ${linesOf(before)} lines, there are ${linesOf(after)}.\n`;
}
