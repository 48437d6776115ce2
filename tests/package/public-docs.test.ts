import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInThisContext } from 'node:vm';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
const SOURCES = globSync(['src/**/*.ts', 'environments/**/*.ts'], { cwd: root })
  .filter((path) => !/\.(test|fixture)\.ts$/.test(path))
  .map((path) => readFileSync(join(root, path), 'utf8'));

const MODULES = {
  lamarck: await import('lamarck'),
  'lamarck/agent': await import('lamarck/agent'),
  'lamarck/engine': await import('lamarck/engine'),
  'lamarck/environments': await import('lamarck/environments'),
  'lamarck/testing': await import('lamarck/testing'),
};

/** The comment before the declaration of a function or a class. */
function docstringOf(name: string): string {
  const declaration = new RegExp(
    String.raw`/\*\*((?:(?!\*/)[^])*)\*/\s*export (?:async )?(?:function\*?|const|class) ${name}\b`,
  );
  for (const text of SOURCES) {
    const [, docstring] = declaration.exec(text) ?? [];
    if (docstring !== undefined) return docstring;
  }
  return '';
}

const functions = Object.entries(MODULES).flatMap(([module, exported]) =>
  Object.entries(exported as Readonly<Record<string, unknown>>)
    .filter(([, value]) => typeof value === 'function')
    .map(([name]) => ({ module, name, docstring: docstringOf(name) })),
);

/** `@example call // what it comes to`, in one line. */
const examples = functions.flatMap(({ module, name, docstring }) =>
  [...docstring.matchAll(/@example (.+?) \/\/ (.+)/g)].map(([, call = '', result = '']) => ({
    module,
    name,
    call,
    result,
  })),
);

describe('what is public', () => {
  it.each(functions)('$name of $module says what it does', ({ docstring }) => {
    expect(
      docstring
        .replaceAll(/\s*\*\s/g, ' ')
        .split('@')[0]
        ?.trim(),
    ).toMatch(/\w{2,}.* .*\w/);
  });

  it.each(examples)('$name of $module comes to what its example says', ({ module, name, call, result }) => {
    expect(call).toContain(name);
    const scope: Readonly<Record<string, unknown>> = MODULES[module as keyof typeof MODULES];
    const evaluate = (text: string): unknown =>
      (
        runInThisContext(`(({ ${Object.keys(scope).join(', ')} }) => (${text}))`) as (from: object) => unknown
      )(scope);
    expect(evaluate(call)).toEqual(evaluate(result));
  });

  it('has examples that are tried', () => {
    expect(examples.length).toBeGreaterThan(30);
  });
});
