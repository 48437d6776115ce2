import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { LamarckError, messageOf } from '../protocol/index.ts';
import type { GenomeFiles } from '../sandbox/index.ts';
import { genomeProblem, pathProblem, refusedPath } from './rules.ts';
import { gitTree, rootOf } from './tree.ts';

/** An agent's code, named by the hash of its tree in git: equal files, equal id. */
export interface Genome {
  /** 40 hex digits, as `git write-tree` gives them. */
  readonly id: string;
  /** In the order of their paths. */
  readonly files: GenomeFiles;
}

/** The genome of these files. */
export function genomeOf(files: GenomeFiles): Genome {
  return { id: rootOf(gitTree(files)), files: inOrder(files) };
}

/**
 * Files with a patch applied: a text puts a file, null deletes one (or does nothing where there is none).
 *
 * @throws LamarckError `LAMARCK_PATCH_REFUSED`, boundary `agent`: paths stay within the genome and end in `.ts`,
 * `.json` or `.md`; at most 200 files, 20,000 lines a file and 1 MB in all.
 */
export function applyPatch(files: GenomeFiles, patch: Readonly<Record<string, string | null>>): GenomeFiles {
  const patched = new Map(Object.entries(files));
  let problem: string | undefined;
  for (const [path, text] of Object.entries(patch)) {
    const wrong = pathProblem(path);
    if (wrong) problem ??= refusedPath(path, wrong);
    if (text === null) patched.delete(path);
    else patched.set(path, text);
  }
  const result = Object.fromEntries(patched);
  problem ??= genomeProblem(result);
  if (problem === undefined) return inOrder(result);
  throw new LamarckError({
    code: 'LAMARCK_PATCH_REFUSED',
    boundary: 'agent',
    message: `The patch was refused. ${problem}`,
    remedy: 'Emit a patch of texts by relative path, ending in .ts, .json or .md; null deletes a file.',
  });
}

/**
 * The genome in a folder: every file but tests (`*.test.ts`), hidden files and `node_modules`.
 *
 * @throws LamarckError `LAMARCK_GENOME_INVALID`, boundary `user`.
 */
export async function loadGenome(folder: string): Promise<Genome> {
  const files: Record<string, string> = {};
  let problem: string | undefined;
  try {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    for (const entry of entries) {
      const file = join(entry.parentPath, entry.name);
      const path = relative(folder, file).split(sep).join('/');
      if (!entry.isFile() || /(^|\/)(\.|node_modules\/)|\.test\.ts$/.test(path)) continue;
      files[path] = await readFile(file, 'utf8');
    }
    problem = Object.keys(files).length === 0 ? 'It has no files.' : genomeProblem(files);
  } catch (error) {
    problem = messageOf(error);
  }
  if (problem === undefined) return genomeOf(files);
  throw new LamarckError({
    code: 'LAMARCK_GENOME_INVALID',
    boundary: 'user',
    message: `The folder ${folder} holds no genome. ${problem}`,
    remedy: 'A genome is a folder with an agent.ts, an improve.ts, and .ts, .json or .md files beside them.',
  });
}

function inOrder(files: GenomeFiles): GenomeFiles {
  return Object.fromEntries(Object.entries(files).sort(([left], [right]) => (left < right ? -1 : 1)));
}
