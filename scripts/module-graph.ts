import { readdirSync, readFileSync } from 'node:fs';
import { join, posix, relative, sep } from 'node:path';
import { readSyntax, type FoundImport, type ModuleSyntax } from './module-syntax.ts';

export interface Import extends FoundImport {
  /** Path of the imported file from the root; null for packages and for files that are not there. */
  readonly target: string | null;
}

export interface Module extends ModuleSyntax {
  /** From the root, with forward slashes. */
  readonly path: string;
  readonly imports: readonly Import[];
}

/** The part of package.json that the rules look at. */
export interface Manifest {
  readonly name: string;
  readonly exports: Readonly<Record<string, unknown>>;
  readonly dependencies: Readonly<Record<string, string>>;
}

/** Reads every TypeScript file below `folders` of `root`, and who imports what from whom. */
export function readModules(root: string, folders: readonly string[]): Module[] {
  const manifest = readManifest(root);
  const paths = folders.flatMap((folder) => typeScriptFiles(root, folder)).sort();
  const known = new Set(paths);
  return paths.map((path) => {
    const syntax = readSyntax(readFileSync(join(root, path), 'utf8'));
    const targetOf = (specifier: string): string | null => {
      const target = specifier.startsWith('.')
        ? posix.join(posix.dirname(path), specifier)
        : sourceOf(manifest, specifier);
      return target !== null && known.has(target) ? target : null;
    };
    return {
      path,
      ...syntax,
      imports: syntax.imports.map((each) => ({ ...each, target: targetOf(each.specifier) })),
    };
  });
}

function typeScriptFiles(root: string, folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll(sep, '/'));
}

export function readManifest(root: string): Manifest {
  return JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest;
}

/** The source file that one of the package's own public names stands for (`lamarck/agent`), or null. */
export function sourceOf(manifest: Manifest, specifier: string): string | null {
  if (specifier !== manifest.name && !specifier.startsWith(`${manifest.name}/`)) return null;
  const entry = manifest.exports[`.${specifier.slice(manifest.name.length)}`];
  if (typeof entry !== 'object' || entry === null || !('lamarck-source' in entry)) return null;
  return posix.normalize(String(entry['lamarck-source']));
}
