import { hashOf, LamarckError, messageOf, sha256, type GenomeFiles } from 'lamarck';
import { posix } from 'node:path';
import { build } from './bundler.ts';
import { meterSource } from './meter-source.ts';
import { GuestSourceError, importsOf, readModule, readScript, TICK } from './read-source.ts';

/** Longer files are refused: parsing them would hold up the process that drives the episodes. */
const MOST_FILE_CHARACTERS = 1_000_000;
const MOST_CACHED = 64;
/** Files whose imports are remembered. */
const MOST_KNOWN_FILES = 500;

export interface CompiledGenome {
  /** SHA-256 of the code: equal for genomes that differ only in comments, layout, and files the entry does not reach. */
  readonly hash: string;
  /** An expression: a function of the fuel tick and of `require`, returning the entry's exports. */
  readonly code: string;
}

const compiled = new Map<string, Promise<CompiledGenome>>();

/**
 * Bundles and meters a genome's entry, from memory alone; the last {@link MOST_CACHED} are kept by content.
 *
 * @throws LamarckError `LAMARCK_GUEST_COMPILE` naming the file and what is wrong in it.
 */
export function compileGenome(files: GenomeFiles, entry: string): Promise<CompiledGenome> {
  const key = hashOf({ entry, files });
  const result = compiled.get(key) ?? bundle(files, entry);
  keepNewest(compiled, key, result, MOST_CACHED);
  return result;
}

async function bundle(files: GenomeFiles, entry: string): Promise<CompiledGenome> {
  const modules = readReachable(files, entry);
  try {
    const result = await build({
      entryPoints: [entry],
      bundle: true,
      write: false,
      format: 'cjs',
      platform: 'neutral',
      target: 'esnext',
      charset: 'utf8',
      // Without comments and layout: what is left is what the code does, and its hash stands for that.
      minifyWhitespace: true,
      legalComments: 'none',
      logLevel: 'silent',
      tsconfigRaw: {},
      plugins: [
        {
          name: 'genome',
          setup: (builder) => {
            builder.onResolve({ filter: /.*/ }, ({ path, importer }) =>
              LIBRARIES.has(path)
                ? { path, external: true }
                : { path: importer === '' ? path : resolveWithin(importer, path), namespace: 'genome' },
            );
            builder.onLoad({ filter: /.*/, namespace: 'genome' }, ({ path }) => modules.get(path));
          },
        },
      ],
    });
    // Metered last: what the bundler wrote is what runs, however it read the sources.
    const text = meterSource(readScript(result.outputFiles[0]?.text ?? ''));
    const code = `(function(${TICK},require){"use strict";const module={exports:{}};${text}\nreturn module.exports})`;
    return { hash: sha256(code), code };
  } catch (error) {
    const [first] =
      (error as { errors?: { text: string; location: { file: string; line: number } | null }[] }).errors ??
      [];
    const file = first?.location?.file.replace(/^genome:/, '') ?? entry;
    throw compileError(file, first ? `line ${first.location?.line ?? 1}: ${first.text}` : messageOf(error));
  }
}

type Imports = ReturnType<typeof importsOf>;

const LIBRARIES = new Set(['xstate', 'lamarck/agent']);

/** Reads the import graph from `entry`: only what it reaches is compiled, or judged. */
function readReachable(
  files: GenomeFiles,
  entry: string,
): Map<string, { contents: string; loader: 'ts' | 'json' | 'text' }> {
  const modules = new Map<string, { contents: string; loader: 'ts' | 'json' | 'text' }>();
  const pending = [entry];
  for (let file = pending.pop(); file !== undefined; file = pending.pop()) {
    if (modules.has(file)) continue;
    const text = Object.hasOwn(files, file) ? files[file] : undefined;
    if (text === undefined) throw compileError(file, 'there is no such file');
    if (text.length > MOST_FILE_CHARACTERS)
      throw compileError(file, `it is longer than ${MOST_FILE_CHARACTERS} characters`);
    const extension = posix.extname(file);
    if (extension === '.md') modules.set(file, { contents: text, loader: 'text' });
    else if (extension === '.json')
      modules.set(file, { contents: plainJsonText(file, text), loader: 'json' });
    else if (extension === '.ts') {
      modules.set(file, { contents: text, loader: 'ts' });
      for (const { specifier, line } of importsIn(file, text)) {
        if (LIBRARIES.has(specifier)) continue;
        const target = /^\.\.?\//.test(specifier) ? resolveWithin(file, specifier) : '..';
        if (target.startsWith('..')) {
          throw compileError(
            file,
            `line ${line}: it imports ${JSON.stringify(specifier)}; a genome imports its own files by relative path, "xstate" and "lamarck/agent"`,
          );
        }
        if (!Object.hasOwn(files, target)) {
          throw compileError(
            file,
            `line ${line}: it imports ${JSON.stringify(specifier)}, and there is no ${target}`,
          );
        }
        pending.push(target);
      }
    } else throw compileError(file, 'only .ts, .json and .md files can be imported');
  }
  return modules;
}

function resolveWithin(importer: string, specifier: string): string {
  return posix.join(posix.dirname(importer), specifier);
}

/** By the text of a file: a genome has most of its files from its parent. */
const known = new Map<string, Imports>();

function importsIn(file: string, text: string): Imports {
  try {
    const imports = known.get(text) ?? importsOf(readModule(text, 'ts'));
    keepNewest(known, text, imports, MOST_KNOWN_FILES);
    return imports;
  } catch (error) {
    if (error instanceof GuestSourceError) throw compileError(file, error.message);
    throw error;
  }
}

function keepNewest<Value>(values: Map<string, Value>, key: string, value: Value, most: number): void {
  values.delete(key);
  values.set(key, value);
  for (const oldest of values.keys()) {
    if (values.size <= most) return;
    values.delete(oldest);
  }
}

/** Parsed here first: this says what is wrong with it in plain words, and bounds what the bundler has to recurse into. */
function plainJsonText(file: string, text: string): string {
  try {
    return JSON.stringify(JSON.parse(text));
  } catch (error) {
    throw compileError(file, error instanceof RangeError ? 'it is nested too deeply' : messageOf(error));
  }
}

function compileError(file: string, problem: string): LamarckError {
  return new LamarckError({
    code: 'LAMARCK_GUEST_COMPILE',
    boundary: 'agent',
    message: `The genome does not compile: ${file}: ${problem}.`,
    remedy: 'Mend the file in the genome; nothing of it has run.',
  });
}
