import { FILE_HEADERS_ONLY, formatPatch } from 'diff';
import { MOST_EDITS, patchBetween } from './line-diff.ts';

/** Texts by their paths. */
type Files = Readonly<Record<string, string>>;

/** What became of one file between two sets of files. */
export interface FileDiff {
  readonly path: string;
  readonly change: 'added' | 'removed' | 'changed';
  /** Unified diff, as `git apply` takes it. */
  readonly diff: string;
  /** Lines that came and went. */
  readonly added: number;
  readonly removed: number;
}

/**
 * What differs between two sets of files, file by file, in the order of their paths. The work is bounded whoever wrote them: the more
 * files differ, the fewer lines of each are compared for the smallest difference.
 */
export function diffFiles(before: Files, after: Files): FileDiff[] {
  const paths = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  const changed = paths.filter((path) => before[path] !== after[path]);
  const most = Math.floor(MOST_EDITS / Math.sqrt(Math.max(1, changed.length)));
  return changed.map((path) => diffFile(path, before[path], after[path], most));
}

function diffFile(
  path: string,
  before: string | undefined,
  after: string | undefined,
  most: number,
): FileDiff {
  const patch = patchBetween(
    { name: before === undefined ? '/dev/null' : `a/${path}`, text: before ?? '' },
    { name: after === undefined ? '/dev/null' : `b/${path}`, text: after ?? '' },
    { most },
  );
  const lines = patch.hunks.flatMap((hunk) => hunk.lines);
  return {
    path,
    change: before === undefined ? 'added' : after === undefined ? 'removed' : 'changed',
    diff: formatPatch(patch, FILE_HEADERS_ONLY),
    added: lines.filter((line) => line.startsWith('+')).length,
    removed: lines.filter((line) => line.startsWith('-')).length,
  };
}

/** A change in a line for people: `policy.json +12 −3, skills/index.ts +40`. */
export function summarizeDiff(diffs: readonly FileDiff[]): string {
  return diffs
    .map(
      ({ path, added, removed }) =>
        `${path}${added > 0 ? ` +${added}` : ''}${removed > 0 ? ` −${removed}` : ''}`,
    )
    .join(', ');
}
