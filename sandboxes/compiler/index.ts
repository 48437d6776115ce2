import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { hashOf, LamarckError, messageOf, type Compiler, type Diagnostic } from 'lamarck';
import { findEscapes, findSilencers, isTypeScript } from './refusals.ts';

/** Sets of files whose diagnostics are remembered. */
const MOST_REMEMBERED = 500;
/** Wall time of one compilation in ms: types can be made that take for ever. */
const PATIENCE = 20_000;

const OPTIONS = {
  strict: true,
  noEmit: true,
  target: 'es2024',
  lib: ['es2024'],
  module: 'nodenext',
  moduleDetection: 'force',
  allowImportingTsExtensions: true,
  skipLibCheck: true,
  types: [],
  // It reads what it is given and nothing that a text names, which is found by our own reading besides.
  noResolve: true,
  libReplacement: false,
};

/** The real `tsc`, in a process of its own for each new set of files: some tenths of a second, of which most is its start. */
export function createCompiler(): Compiler {
  const known = new Map<string, Promise<readonly Diagnostic[]>>();
  const statistics = { compiled: 0, remembered: 0, milliseconds: 0 };

  const compile = async (
    files: Readonly<Record<string, string>>,
    signal: AbortSignal | undefined,
  ): Promise<readonly Diagnostic[]> => {
    const escapes = findEscapes(files);
    if (escapes.length > 0) return escapes;
    const given = Object.keys(files).filter((path) => isTypeScript(path) || isData(path));
    if (!given.some(isTypeScript)) return [];
    const began = performance.now();
    const folder = await mkdtemp(join(tmpdir(), 'lamarck-types-'));
    try {
      for (const [path, text] of Object.entries({
        ...files,
        'tsconfig.json': JSON.stringify({ compilerOptions: OPTIONS, files: given }),
        'package.json': '{"type":"module"}',
      })) {
        await mkdir(dirname(join(folder, path)), { recursive: true });
        await writeFile(join(folder, path), text);
      }
      return [...findSilencers(files), ...(await runCompiler(folder, given, signal))];
    } finally {
      await rm(folder, { recursive: true, force: true });
      statistics.compiled++;
      statistics.milliseconds += performance.now() - began;
    }
  };

  return {
    statistics,
    check: (files, { signal } = {}) => {
      const name = hashOf(files);
      const remembered = known.get(name);
      if (remembered) {
        statistics.remembered++;
        return remembered;
      }
      const compiling = compile(files, signal);
      known.set(name, compiling);
      compiling.catch(() => known.delete(name));
      const [oldest] = known.keys();
      if (known.size > MOST_REMEMBERED && oldest !== undefined) known.delete(oldest);
      return compiling;
    },
  };
}

/** What can be imported besides; two files are ours. */
function isData(path: string): boolean {
  return path.endsWith('.json') && path !== 'tsconfig.json' && path !== 'package.json';
}

async function runCompiler(
  folder: string,
  paths: readonly string[],
  signal: AbortSignal | undefined,
): Promise<Diagnostic[]> {
  try {
    const manifest = createRequire(import.meta.url).resolve('typescript7/package.json');
    const program = join(dirname(manifest), 'bin', 'tsc');
    return await new Promise<Diagnostic[]>((resolve, reject) => {
      const child = spawn(process.execPath, [program, '-p', folder, '--pretty', 'false'], {
        cwd: folder,
        env: {},
        stdio: ['ignore', 'pipe', 'pipe'],
        timeout: PATIENCE,
        ...(signal && { signal }),
      });
      let output = '';
      let complaints = '';
      child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
      child.stderr.on('data', (chunk: Buffer) => (complaints += chunk.toString()));
      child.on('error', reject);
      child.on('close', (code, killedBy) => {
        const found = diagnosticsIn(output, paths);
        // 1 and 2: there are diagnostics. Where they are of none of the files, it did not come to check those.
        if (code === 0 || (found.length > 0 && (code === 1 || code === 2))) resolve(found);
        else
          reject(
            new Error(complaints.trim() || output.trim() || `it ended by ${killedBy ?? `exit code ${code}`}`),
          );
      });
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new LamarckError({
      code: 'LAMARCK_COMPILER_FAILED',
      boundary: 'sandbox',
      message: `The TypeScript compiler failed: ${messageOf(error)}`,
      remedy:
        'Install the dependencies again with `npm ci`; types that take for ever to check end this way too.',
      cause: error,
    });
  }
}

/** `src/a.ts(3,14): error TS2322: …`, with further lines indented. */
function diagnosticsIn(output: string, paths: readonly string[]): Diagnostic[] {
  const diagnostics: { path: string; line: number; code: string; message: string }[] = [];
  for (const text of output.split(/\r?\n/)) {
    const [, path, line, code, message] = /^(.+?)\((\d+),\d+\): error (TS\d+): (.*)$/.exec(text) ?? [];
    if (path !== undefined && paths.includes(path))
      diagnostics.push({ path, line: Number(line), code: code ?? '', message: message ?? '' });
    else if (/^\s+\S/.test(text)) {
      const last = diagnostics.at(-1);
      if (last) last.message += ` ${text.trim()}`;
    }
  }
  return diagnostics;
}
