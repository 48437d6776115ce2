import { GENOME_PATH_SEGMENT, LONGEST_GENOME_PATH, MOST_GENOME_FILES } from '../protocol/index.ts';
import type { GenomeFiles } from '../sandbox/index.ts';

const ENDINGS = ['.ts', '.json', '.md'];
const MOST_BYTES = 1_000_000;
/** More lines of one file than any that is read by people, or compared with another, has. */
const MOST_LINES = 20_000;

/** Why a path may not stand in a genome, completing `"path" …`; undefined where it may. */
export function pathProblem(path: string): string | undefined {
  if (path === '') return 'is empty';
  if (path.length > LONGEST_GENOME_PATH) return `is longer than ${LONGEST_GENOME_PATH} characters`;
  if (path.startsWith('/') || /^[A-Za-z]:/.test(path)) return 'is absolute; paths are relative to the genome';
  const segments = path.split('/');
  if (segments.includes('')) return 'has an empty segment';
  if (segments.includes('..')) return 'leads out of the genome';
  if (!segments.every((segment) => GENOME_PATH_SEGMENT.test(segment))) {
    return 'has a segment that is not made of letters, digits, "_", "-" and "."';
  }
  if (!ENDINGS.some((ending) => path.endsWith(ending))) return `does not end in ${ENDINGS.join(', ')}`;
  return undefined;
}

/** The sentence for a path that may not stand in a genome; a guest may have made it as long as it likes. */
export function refusedPath(path: string, problem: string): string {
  return `The path "${path.slice(0, LONGEST_GENOME_PATH)}" ${problem}.`;
}

/** Why files are no genome, in one sentence; undefined where they are. */
export function genomeProblem(files: GenomeFiles): string | undefined {
  const paths = Object.keys(files);
  if (paths.length > MOST_GENOME_FILES)
    return `There are ${paths.length} files; a genome has at most ${MOST_GENOME_FILES}.`;
  let bytes = 0;
  for (const path of paths) {
    const problem = pathProblem(path);
    if (problem) return refusedPath(path, problem);
    const text = files[path];
    if (typeof text !== 'string') return `"${path}" is not a text.`;
    // Half a surrogate pair has no UTF-8: two different texts would come to the same hash.
    if (!text.isWellFormed()) return `"${path}" is not well-formed Unicode.`;
    const lines = linesIn(text);
    if (lines > MOST_LINES)
      return `"${path}" has ${lines} lines; a file of a genome has at most ${MOST_LINES}.`;
    bytes += Buffer.byteLength(text);
    const folder = parentsOf(path).find((parent) => Object.hasOwn(files, parent));
    if (folder) return `"${folder}" is a file, and so cannot hold "${path}".`;
  }
  if (bytes > MOST_BYTES) return `The files have ${bytes} bytes; a genome has at most ${MOST_BYTES}.`;
  return undefined;
}

function linesIn(text: string): number {
  let lines = 1;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines++;
  return lines;
}

function parentsOf(path: string): string[] {
  const segments = path.split('/');
  return segments.slice(1).map((_, index) => segments.slice(0, index + 1).join('/'));
}
