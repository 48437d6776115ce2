import {
  closeSync,
  existsSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  realpathSync,
  statSync,
} from 'node:fs';
import { createHash } from 'node:crypto';
import { createRequire, findPackageJSON, isBuiltin } from 'node:module';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { sha256 } from '../host/index.ts';
import { moduleReferences, textWithout } from './module-references.ts';
import { isOwnCode } from './own-code.ts';
import { importedBy } from './recorded-imports.ts';

/** What a configuration is made of: files of the user's project by SHA-256, and packages by version. */
export interface ReachedFiles {
  /** Paths are relative to the configuration's folder, with forward slashes. */
  readonly files: Readonly<Record<string, string>>;
  readonly packages: Readonly<Record<string, string>>;
}

/** Settings that a resumed run takes as they are by then: they decide where and how fast it runs, or it keeps its own. */
const FREE_SETTINGS = ['workers', 'runs', 'agent'];
const MODULE = /\.[cm]?[jt]sx?$/;
/** Files of one folder that are read; of those after them only names and sizes count. */
const MOST_READ = 2000;
/** Bytes of a file that are hashed; of a larger one its size counts too. */
const MOST_BYTES = 256_000_000;
const CHUNK = 1 << 20;

/**
 * Everything of the user's own that a configuration reaches: the modules that it imports (as read in their sources, and as Node
 * resolved them), the files and folders that their literals name, and what task families declare.
 *
 * @param left folders that belong to no configuration: its runs, and its agent, which a run keeps a copy of
 */
export function reachedFiles(
  configuration: { readonly file: string; readonly folder: string },
  declared: readonly string[],
  left: readonly string[],
): ReachedFiles {
  // Node names modules by their real paths.
  const [file, folder] = [realpathSync(configuration.file), realpathSync(configuration.folder)];
  const outside = left.map((path) => resolve(folder, relative(configuration.folder, path)));
  const hashes = new Map<string, string>();
  const packages = new Map<string, string>();
  const waiting = [file];
  const isLeftOut = (path: string): boolean =>
    isOwnCode(path) || isDependency(path) || outside.some((out) => isWithin(path, out));
  const addFile = (path: string): void => {
    if (hashes.has(path) || isLeftOut(path)) return;
    if (MODULE.test(path)) waiting.push(path);
    else hashes.set(path, hashOfFile(path));
  };
  const addFolder = (path: string): void => {
    for (const [at, inner] of filesIn(path, isLeftOut).entries())
      if (at < MOST_READ) addFile(inner);
      else hashes.set(inner, sha256(String(statSync(inner).size)));
  };
  const addNamed = (named: string, base: string): void => {
    const path = located(named, base);
    const kind = kindOf(path);
    if (kind === 'file') addFile(path);
    // Of folders only those inside the project: a literal such as ".." names too much.
    else if (kind === 'folder' && named.includes('/') && path !== folder && isWithin(path, folder))
      addFolder(path);
  };
  const addImport = (specifier: string, from: string): void => {
    const target = resolveImport(specifier, from);
    if (target === undefined || isOwnCode(target.path)) return;
    if (target.package !== undefined) packages.set(...target.package);
    else addFile(target.path);
  };
  const walk = (): void => {
    for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
      if (hashes.has(path) || kindOf(path) !== 'file') continue;
      const text = readFileSync(path, 'utf8');
      hashes.set(path, sha256(path === file ? textWithout(text, FREE_SETTINGS) : text));
      const { imports, paths } = moduleReferences(text);
      for (const specifier of imports) addImport(specifier, path);
      for (const seen of importedBy(path)) if (!isOwnCode(seen) && !isDependency(seen)) addFile(seen);
      for (const named of paths) for (const base of [dirname(path), folder]) addNamed(named, base);
    }
  };
  walk();
  for (const named of declared) {
    const path = resolve(named);
    if (kindOf(path) === 'file') addFile(path);
    else if (kindOf(path) === 'folder') addFolder(path);
  }
  walk();
  const nameOf = (path: string): string => relative(folder, path).split(sep).join('/');
  return {
    files: Object.fromEntries([...hashes].map(([path, hash]) => [nameOf(path), hash] as const).sort(byName)),
    packages: Object.fromEntries([...packages].sort(byName)),
  };
}

function byName([left]: readonly [string, string], [right]: readonly [string, string]): number {
  return left < right ? -1 : 1;
}

function located(named: string, base: string): string {
  if (!named.startsWith('file:')) return resolve(base, named);
  try {
    return fileURLToPath(named);
  } catch {
    return base;
  }
}

/** Where an import leads: a file, or a package with its version. */
function resolveImport(
  specifier: string,
  from: string,
): { path: string; package?: [string, string] } | undefined {
  if (isBuiltin(specifier)) return undefined;
  if (/^(?:\.{0,2}\/|file:)/.test(specifier))
    return { path: located(specifier.replace(/[?#].*$/, ''), dirname(from)) };
  try {
    return place(realpathSync(createRequire(from).resolve(specifier)));
  } catch {
    // A package without an entry for `require`.
    const manifest = findPackageJSON(specifier, pathToFileURL(from));
    return manifest === undefined ? undefined : place(realpathSync(manifest));
  }
}

function place(path: string): { path: string; package?: [string, string] } {
  if (!isDependency(path)) return { path };
  const [, folder = ''] = /^(.*[/\\]node_modules[/\\](?:@[^/\\]+[/\\])?[^/\\]+)/.exec(path) ?? [];
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Record<string, unknown>;
  return { path, package: [String(manifest['name']), String(manifest['version'])] };
}

function isDependency(path: string): boolean {
  return path.split(sep).includes('node_modules');
}

function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder + sep);
}

function kindOf(path: string): 'file' | 'folder' | undefined {
  if (!existsSync(path)) return undefined;
  const found = statSync(path);
  return found.isFile() ? 'file' : found.isDirectory() ? 'folder' : undefined;
}

/** Files of a folder and of those in it, in the order of their names; not hidden ones. */
function filesIn(folder: string, isLeftOut: (path: string) => boolean): string[] {
  const entries = readdirSync(folder, { withFileTypes: true }).sort((left, right) =>
    left.name < right.name ? -1 : 1,
  );
  return entries
    .filter(({ name }) => !name.startsWith('.') && name !== 'node_modules')
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (isLeftOut(path)) return [];
      return entry.isDirectory() ? filesIn(path, isLeftOut) : kindOf(path) === 'file' ? [path] : [];
    });
}

function hashOfFile(path: string): string {
  const { size } = statSync(path);
  const hash = createHash('sha256');
  if (size > MOST_BYTES) hash.update(String(size));
  const handle = openSync(path, 'r');
  try {
    const buffer = Buffer.alloc(CHUNK);
    for (let at = 0; at < Math.min(size, MOST_BYTES);) {
      const read = readSync(handle, buffer, 0, CHUNK, at);
      if (read === 0) break;
      hash.update(buffer.subarray(0, read));
      at += read;
    }
  } finally {
    closeSync(handle);
  }
  return hash.digest('hex');
}
