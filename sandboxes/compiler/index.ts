import { mkdir, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import {
  guardedBy,
  hashOf,
  LamarckError,
  makeTemporaryFolder,
  messageOf,
  runChild,
  type ChildResult,
  type Compiler,
  type Diagnostic,
} from 'lamarck';
import { findEscapes, findSilencers, isTypeScript } from './refusals.ts';

/** Sets of files whose diagnostics are remembered. */
const MOST_REMEMBERED = 500;
/**
 * Of one compilation: types can be made that take for ever, or all memory. What agents write is checked within hundredths of
 * a second of processor time, in less than 0.1 GiB. Wall time ends only what stands still.
 */
const LIMITS = { megabytes: 1024, cpuSeconds: 5, seconds: 600 };
type CompilerLimits = typeof LIMITS;

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
  // The compiler reads only the files that it is given: what their texts name is not followed, and is found by
  // `findEscapes` besides.
  noResolve: true,
  libReplacement: false,
};

/** The real `tsc`, in a process of its own for each new set of files: some tenths of a second, of which most is its start. */
export function createCompiler(options: Partial<CompilerLimits> = {}): Compiler {
  const limits = { ...LIMITS, ...options };
  const known = new Map<string, Promise<readonly Diagnostic[]>>();
  const statistics = { compiled: 0, remembered: 0, milliseconds: 0 };

  const compile = async (files: Readonly<Record<string, string>>): Promise<readonly Diagnostic[]> => {
    const escapes = findEscapes(files);
    if (escapes.length > 0) return escapes;
    const given = Object.keys(files).filter((path) => isTypeScript(path) || isData(path));
    if (!given.some(isTypeScript)) return [];
    const began = performance.now();
    const folder = makeTemporaryFolder('types');
    try {
      for (const [path, text] of Object.entries({
        ...files,
        'tsconfig.json': JSON.stringify({ compilerOptions: OPTIONS, files: given }),
        'package.json': '{"type":"module"}',
      })) {
        await mkdir(dirname(join(folder, path)), { recursive: true });
        await writeFile(join(folder, path), text);
      }
      return [...findSilencers(files), ...(await runCompiler(folder, given, limits))];
    } finally {
      await rm(folder, { recursive: true, force: true });
      statistics.compiled++;
      statistics.milliseconds += performance.now() - began;
    }
  };

  return {
    statistics,
    check: (files, { signal } = {}) => {
      // Who stops waiting does not stop it: others may wait for the same, and it has limits of its own.
      const awaited = signal ? guardedBy(signal) : <T>(work: Promise<T>) => work;
      const name = hashOf(files);
      const remembered = known.get(name);
      if (remembered) {
        statistics.remembered++;
        return awaited(remembered);
      }
      const compiling = compile(files);
      known.set(name, compiling);
      compiling.catch((error: unknown) => {
        // What takes too much does so the next time.
        if (!(LamarckError.isInstance(error) && error.boundary === 'agent')) known.delete(name);
      });
      const [oldest] = known.keys();
      if (known.size > MOST_REMEMBERED && oldest !== undefined) known.delete(oldest);
      return awaited(compiling);
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
  limits: CompilerLimits,
): Promise<Diagnostic[]> {
  const ran = await startCompiler(folder, limits);
  if (ran.exceeded !== undefined) throw tooMuch(limits);
  const found = diagnosticsIn(ran.output, paths);
  // The exit codes 1 and 2 of `tsc` mean that it reported diagnostics. Where they are of none of the files, it did not come to check those.
  if (ran.code === 0 || (found.length > 0 && (ran.code === 1 || ran.code === 2))) return found;
  throw failed(
    ran.errors.trim() || ran.output.trim() || `it ended by ${ran.signal ?? `exit code ${ran.code}`}`,
  );
}

async function startCompiler(folder: string, limits: CompilerLimits): Promise<ChildResult> {
  try {
    const manifest = createRequire(import.meta.url).resolve('typescript7/package.json');
    const program = join(dirname(manifest), 'bin', 'tsc');
    return await runChild(process.execPath, [program, '-p', folder, '--pretty', 'false'], {
      cwd: folder,
      env: {},
      limits,
    });
  } catch (error) {
    throw failed(messageOf(error), error);
  }
}

/** Which of the limits was met first may differ from time to time, so the message names them all. */
function tooMuch({ cpuSeconds, megabytes }: CompilerLimits): LamarckError {
  return new LamarckError({
    code: 'LAMARCK_TYPES_EXCESSIVE',
    boundary: 'agent',
    message: `The compiler was ended: to check the types of these files it needs more than ${cpuSeconds} s of processor time or ${megabytes} MiB of memory.`,
    remedy: 'Make the types simpler: recursive types may have no end.',
  });
}

function failed(why: string, cause?: unknown): LamarckError {
  return new LamarckError({
    code: 'LAMARCK_COMPILER_FAILED',
    boundary: 'sandbox',
    message: `The TypeScript compiler failed: ${why}`,
    remedy: 'Install the dependencies again with `npm ci`, and see whether the machine has memory left.',
    cause,
  });
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
