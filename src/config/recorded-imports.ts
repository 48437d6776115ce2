import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';

/** What Node resolved while configurations were loaded: imported files by the file that imports them. */
const imported = new Map<string, Set<string>>();

/**
 * Records which files import which until it is disposed. Node loads a module once, so what an earlier recording saw counts as
 * well. This finds what no reading of the sources can: imports whose specifiers are computed while a module is evaluated.
 */
export function recordImports(): Disposable {
  const hooks = registerHooks({
    resolve(specifier, context, nextResolve) {
      const resolved = nextResolve(specifier, context);
      const from = fileOf(context.parentURL);
      const to = fileOf(resolved.url);
      if (from !== undefined && to !== undefined)
        imported.set(from, (imported.get(from) ?? new Set()).add(to));
      return resolved;
    },
  });
  return { [Symbol.dispose]: () => hooks.deregister() };
}

/** Files that this one was seen to import. */
export function importedBy(file: string): readonly string[] {
  return [...(imported.get(file) ?? [])];
}

function fileOf(url: string | undefined): string | undefined {
  if (url?.startsWith('file:') !== true) return undefined;
  const { href } = new URL(url);
  return fileURLToPath(href.replace(/[?#].*$/, ''));
}
