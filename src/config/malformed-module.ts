import { existsSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { parse } from '@babel/parser';

/**
 * The place of the first syntax error in a module or in what it imports by relative paths, as `path:line:column`. Node tells of one in
 * plain JavaScript without saying in which file it is.
 */
export function malformedModule(file: string): string | undefined {
  const waiting = [file];
  const seen = new Set<string>();
  for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
    if (seen.has(path) || !existsSync(path)) continue;
    seen.add(path);
    try {
      const { program } = parse(readFileSync(path, 'utf8'), {
        sourceType: 'module',
        plugins: /\.[cm]?ts$/.test(path) ? ['typescript'] : [],
      });
      for (const statement of program.body)
        if ('source' in statement && statement.source?.value.startsWith('.'))
          waiting.push(resolve(dirname(path), statement.source.value));
    } catch (error) {
      const { line, column } = (error as { loc?: { line: number; column: number } }).loc ?? {};
      return line === undefined || column === undefined ? path : `${path}:${line}:${column + 1}`;
    }
  }
  return undefined;
}
