import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, posix } from 'node:path';
import { hashOf, LamarckError, messageOf, type Compiler, type Diagnostic } from 'lamarck';

/** Sets of files whose diagnostics are remembered. */
const MOST_REMEMBERED = 500;
/** Wall time of one compilation in ms: types can be made that take for ever. */
const PATIENCE = 20_000;

const CONFIGURATION = {
  compilerOptions: {
    strict: true,
    noEmit: true,
    target: 'es2024',
    lib: ['es2024'],
    module: 'nodenext',
    moduleDetection: 'force',
    allowImportingTsExtensions: true,
    skipLibCheck: true,
    types: [],
  },
  include: ['**/*.ts'],
};

/** The real `tsc`, in a process of its own for each new set of files: some tenths of a second, of which most is its start. */
export function createCompiler(): Compiler {
  const known = new Map<string, Promise<readonly Diagnostic[]>>();
  const statistics = { compiled: 0, remembered: 0, milliseconds: 0 };

  const compile = async (
    files: Readonly<Record<string, string>>,
    signal: AbortSignal | undefined,
  ): Promise<readonly Diagnostic[]> => {
    const outside = Object.entries(files).flatMap(([path, text]) => reachesOutside(path, text));
    if (outside.length > 0) return outside;
    const began = performance.now();
    const folder = await mkdtemp(join(tmpdir(), 'lamarck-types-'));
    try {
      for (const [path, text] of Object.entries({
        ...files,
        'tsconfig.json': JSON.stringify(CONFIGURATION),
        'package.json': '{"type":"module"}',
      })) {
        await mkdir(dirname(join(folder, path)), { recursive: true });
        await writeFile(join(folder, path), text);
      }
      return diagnosticsIn(await runCompiler(folder, signal), Object.keys(files));
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

/** The compiler would follow what a text refers to, out of the folder too, and quote from it. */
function reachesOutside(path: string, text: string): Diagnostic[] {
  const references = text.matchAll(
    /(?:\bfrom|\bimport|\brequire|<reference\s+\w+\s*=)\s*\(?\s*(['"`])([^'"`\n]+)\1/g,
  );
  for (const { index, 2: specifier = '' } of references) {
    const isWithin =
      specifier.startsWith('.') && !posix.join(posix.dirname(path), specifier).startsWith('..');
    if (isWithin) continue;
    const line = text.slice(0, index).split('\n').length;
    return [{ path, line, code: 'LAMARCK', message: `There is no "${specifier}" here: only these files.` }];
  }
  return [];
}

async function runCompiler(folder: string, signal: AbortSignal | undefined): Promise<string> {
  try {
    const manifest = createRequire(import.meta.url).resolve('typescript7/package.json');
    const program = join(dirname(manifest), 'bin', 'tsc');
    return await new Promise<string>((resolve, reject) => {
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
        // 1 and 2: there are diagnostics.
        if (killedBy === null && code !== null && code <= 2) resolve(output);
        else reject(new Error(complaints.trim() || `it ended by ${killedBy ?? `exit code ${code}`}`));
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
