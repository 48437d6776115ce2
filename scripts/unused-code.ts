import { sourceOf, type Manifest, type Module } from './module-graph.ts';

/** Files whose exports are for others than our code: tests, tools, genomes (run in isolates), configuration, what `init` writes. */
const FREE = [
  /\.(test|test-d|fixture)\.ts$/,
  /^(tests|benchmarks|scripts|agents)\//,
  /^[^/]+\.config\.ts$/,
  /^src\/engine\/authoring\/template\//,
];
/** Files that are started by name, as a process, or compiled into an isolate. */
const STARTED = [/^src\/cli\/main\.ts$/, /-(process|entry|runtime)\.ts$/];

/** Files that nothing imports, and exported names that nothing imports, as `path:line sentence`. */
export function unusedCode(modules: readonly Module[], manifest: Manifest): string[] {
  const entries = new Set(
    Object.keys(manifest.exports).map((subpath) => sourceOf(manifest, `${manifest.name}${subpath.slice(1)}`)),
  );
  const used = new Map<string, Set<string>>();
  for (const { imports, path } of modules) {
    for (const { target, name } of imports) {
      if (target !== null && target !== path) used.set(target, (used.get(target) ?? new Set()).add(name));
    }
  }
  return modules
    .filter(({ path }) => !entries.has(path) && ![...FREE, ...STARTED].some((pattern) => pattern.test(path)))
    .flatMap(({ path, exports }) => {
      const names = used.get(path);
      if (names === undefined) return [`${path}:1 nothing imports this file.`];
      if (names.has('*')) return [];
      return exports
        .filter(({ name, isOfSignature }) => !names.has(name) && !isOfSignature)
        .map(({ name, line }) => `${path}:${line} exports ${name}, which nothing imports.`);
    });
}
