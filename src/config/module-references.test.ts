import { describe, expect, it } from 'vitest';
import { moduleReferences, textWithout } from './module-references.ts';

describe('what a module names outside of itself', () => {
  it.each([
    [`import { a } from './a.ts';`, './a.ts'],
    [`import './effects.js';`, './effects.js'],
    [`export * from './all.ts';`, './all.ts'],
    [`export { a } from './some.ts';`, './some.ts'],
    [`const m = await import('./lazy.ts');`, './lazy.ts'],
    [`const m = require('./old.cjs');`, './old.cjs'],
    [`import data from './data.json' with { type: 'json' };`, './data.json'],
    [`import { z } from 'zod';`, 'zod'],
  ])('has the import in %s', (text, specifier) => {
    expect(moduleReferences(text).imports).toEqual([specifier]);
  });

  it('has no import that is of types alone', () => {
    expect(
      moduleReferences(`import type { A } from './a.ts'; export type { B } from './b.ts';`).imports,
    ).toEqual([]);
  });

  it.each([
    [`readFileSync(new URL('./page.html', import.meta.url))`, './page.html'],
    [`jsonl({ from: 'data/rows.jsonl.gz', format })`, 'data/rows.jsonl.gz'],
    ['readFileSync(`./pages/${name}.html`)', './pages/'],
    ['readFileSync(`./pages/all.html`)', './pages/all.html'],
    [`join(import.meta.dirname, 'data', 'rows', name)`, 'data/rows/'],
    [`path.resolve('data', name)`, 'data/'],
  ])('has the path in %s', (text, path) => {
    expect(moduleReferences(text).paths).toContain(path);
  });

  it('has no path in addresses, in long texts and in texts of several lines', () => {
    const text = `const all = ['https://example.com/a.js', 'a\\nb', '${'x'.repeat(500)}'];`;
    expect(moduleReferences(text).paths).toEqual([]);
  });

  it('has nothing where it cannot be read', () => {
    expect(moduleReferences('<html>')).toEqual({ imports: [], paths: [] });
  });
});

describe('a configuration without some of its members', () => {
  const CONFIG = `export default defineConfig({\n  suites: { a },\n  workers: 2,\n});\n`;
  const without = (text: string): string => textWithout(text, ['workers']);

  it.each([
    ['another value', `export default defineConfig({\n  suites: { a },\n  workers: 4,\n});\n`],
    ['no value', `export default defineConfig({\n  suites: { a },\n});\n`],
    ['a value at another place', `export default defineConfig({\n  workers: 3,\n  suites: { a }\n});\n`],
    [
      'a computed value',
      `export default defineConfig({\n  suites: { a },\n  workers: cores({ half: true }),\n});\n`,
    ],
  ])('is the same text with %s', (_what, text) => {
    expect(without(text)).toBe(without(CONFIG));
  });

  it.each([
    ['other members', CONFIG.replace('{ a }', '{ b }')],
    ['a member of that name elsewhere', CONFIG.replace('{ a }', '{ a, workers: 1 }')],
  ])('is another text with %s', (_what, text) => {
    expect(without(text)).not.toBe(without(CONFIG));
  });

  it.each([
    ['a name', 'const config = defineConfig({ suites, workers: N }); export default config;'],
    ['a checked object', 'export default { suites, workers: N } satisfies Configuration;'],
  ])('is found behind %s', (_what, text) => {
    expect(without(text.replace('N', '1'))).toBe(without(text.replace('N', '2')));
  });
});
