import type { Module } from './module-graph.ts';

/**
 * Circles of files that import each other, types included: one for each group of files that can all reach each other
 * (Tarjan's strongly connected components), as the shortest way round from its first file.
 */
export function cyclesOf(modules: readonly Module[]): string[][] {
  const targets = new Map(
    modules.map((module) => [
      module.path,
      [...new Set(module.imports.flatMap((each) => (each.isStart ? [] : (each.target ?? []))))],
    ]),
  );
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const stack: string[] = [];
  const groups: string[][] = [];

  function visit(path: string): void {
    index.set(path, index.size);
    low.set(path, index.get(path) as number);
    stack.push(path);
    for (const target of targets.get(path) ?? []) {
      if (!index.has(target)) visit(target);
      if (stack.includes(target)) low.set(path, Math.min(low.get(path) as number, low.get(target) as number));
    }
    if (low.get(path) !== index.get(path)) return;
    const group = stack.splice(stack.indexOf(path));
    if (group.length > 1 || targets.get(path)?.includes(path)) groups.push(group);
  }

  for (const path of targets.keys()) if (!index.has(path)) visit(path);
  return groups.map((group) => shortestCircle(group.toSorted(), targets));
}

function shortestCircle(group: readonly string[], targets: ReadonlyMap<string, readonly string[]>): string[] {
  const start = group[0] as string;
  const ways = [[start]];
  for (const way of ways) {
    for (const target of targets.get(way.at(-1) as string) ?? []) {
      if (target === start) return [...way, start];
      if (group.includes(target) && !ways.some((other) => other.includes(target)))
        ways.push([...way, target]);
    }
  }
  return [...group, start];
}
