import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff';
import type { GenomeFiles } from '../sandbox/index.ts';

/** What became of one file between two genomes. */
export interface FileDiff {
  readonly path: string;
  readonly change: 'added' | 'removed' | 'changed';
  /** Unified diff, as `git apply` takes it. */
  readonly diff: string;
  /** Lines that came and went. */
  readonly added: number;
  readonly removed: number;
}

/** What differs between two genomes, file by file, in the order of their paths. */
export function diffGenomes(before: GenomeFiles, after: GenomeFiles): FileDiff[] {
  const paths = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return paths
    .filter((path) => before[path] !== after[path])
    .map((path) => diffFile(path, before[path], after[path]));
}

function diffFile(path: string, before: string | undefined, after: string | undefined): FileDiff {
  const diff = createTwoFilesPatch(
    before === undefined ? '/dev/null' : `a/${path}`,
    after === undefined ? '/dev/null' : `b/${path}`,
    before ?? '',
    after ?? '',
    undefined,
    undefined,
    { context: 3, headerOptions: FILE_HEADERS_ONLY },
  );
  const body = diff.split('\n').slice(2);
  return {
    path,
    change: before === undefined ? 'added' : after === undefined ? 'removed' : 'changed',
    diff,
    added: body.filter((line) => line.startsWith('+')).length,
    removed: body.filter((line) => line.startsWith('-')).length,
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
