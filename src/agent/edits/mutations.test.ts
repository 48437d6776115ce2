import { describe, expect, it } from 'vitest';
import { MUTATION_KINDS, mutationsOf, type MutationKind } from './mutations.ts';
import { applyEdit } from './splice.ts';
import { isModuleText } from './syntax.ts';

/** What a text can become by mutations of one kind. */
const become = (kind: MutationKind, text: string): string[] =>
  mutationsOf(text)
    .filter((mutation) => mutation.kind === kind)
    .map((mutation) => applyEdit(text, mutation));

const CASES: Readonly<Record<MutationKind, readonly [text: string, ...becomes: string[]]>> = {
  boundary: ['x(a < b, c >= d);', 'x(a <= b, c >= d);', 'x(a < b, c > d);'],
  direction: ['x(a < b);', 'x(a > b);'],
  equality: ['x(a === b, c != d);', 'x(a !== b, c != d);', 'x(a === b, c == d);'],
  addition: ["x(a + b, 'a' + b);", "x(a - b, 'a' + b);"],
  multiplication: ['x(a * b);', 'x(a / b);'],
  remainder: ['x(a % b);', 'x(a / b);'],
  logic: ['x(a && b);', 'x(a || b);'],
  fallback: ['x(a ?? b);', 'x(a || b);'],
  assignment: ['a += b;', 'a -= b;', 'a = b;'],
  step: ['a++; --b;', 'a--; --b;', 'a++; ++b;'],
  operands: ['x(a - b + c);', 'x(b - a + c);'],
  quantifier: ['x.some(f);', 'x.every(f);'],
  search: ['x(y.indexOf(z));', 'x(y.lastIndexOf(z));'],
  extremum: ['x(Math.max(a));', 'x(Math.min(a));'],
  rounding: ['x(Math.trunc(a));', 'x(Math.floor(a));'],
  end: ['x.push(a);', 'x.unshift(a);'],
  case: ['x.toUpperCase();', 'x.toLowerCase();'],
  view: ['x.map(f);', 'x.flatMap(f);'],
  'number-up': ['x(3);', 'x(4);'],
  'number-down': ['x(3, 0);', 'x(2, 0);'],
  'number-scaled': ['x(4);', 'x(8);', 'x(2);'],
  'minus-dropped': ['x(-a);', 'x(a);'],
  'minus-added': ['x(a ? 1 : b, c + d);', 'x(a ? -1 : b, c + d);', 'x(a ? 1 : -b, c + d);'],
  'offset-up': ['x[i];', 'x[i + 1];'],
  'offset-down': ['if (a < b.length) y();', 'if (a - 1 < b.length) y();', 'if (a < b.length - 1) y();'],
  'offset-dropped': ['x(a + 1, b + 2);', 'x(a, b + 2);'],
  truth: ['x = true;', 'x = false;'],
  text: ["f('a'); f('b');", "f('b'); f('b');", "f('a'); f('a');"],
  'text-emptied': ["x('a', '');", "x('', '');", "x('a', ' ');"],
  'member-dropped': ['x = [a, b];', 'x = [b];', 'x = [a];'],
  'members-swapped': ['x = { a: b, c: d };', 'x = { a: d, c: b };'],
  variable: [
    'function f(a) { const b = a; return a + b; }',
    'function f(a) { const b = a; return b + b; }',
    'function f(a) { const b = a; return a + a; }',
  ],
  property: ['x.a = y.b.call();', 'x.b = y.b.call();', 'x.a = y.a.call();'],
  function: [
    'function f(a) { return g(a); } function g(a) { return h(a, a); } function h(a, b) { return 1; }',
    'function f(a) { return f(a); } function g(a) { return h(a, a); } function h(a, b) { return 1; }',
  ],
  negation: ['if (a) x(!b);', 'if (!a) x(!b);', 'if (a) x(b);'],
  'side-dropped': ['x(a && b);', 'x(b);', 'x(a);'],
  'condition-true': ['while (a) if (b) x();', 'while (a) if (true) x();'],
  'condition-false': ['x(a ? b : c);', 'x(false ? b : c);'],
  'branches-swapped': ['x(a ? b : c);', 'x(a ? c : b);'],
  'else-dropped': ['if (a) b(); else c();', 'if (a) b();'],
  'call-dropped': ['x = y.trim();', 'x = y;'],
  'arguments-swapped': ['x(a, b);', 'x(b, a);'],
  'argument-dropped': ['x(a, b);', 'x(a);'],
  'statement-deleted': ['const a = b;\ngo();\n', 'const a = b;\n'],
  'statement-repeated': ['go();', 'go();\ngo();'],
  'statement-delayed': ['a(); b();', 'b(); a();'],
  'return-deleted': ['function f() {\n  return a;\n}', 'function f() {\n}'],
  leap: ['for (;;) { break; }', 'for (;;) { continue; }'],
  'leap-deleted': ['for (;;) { break; }', 'for (;;) {  }'],
  transition: [
    "createMachine({ states: { a: { on: { go: 'b' } }, b: {} } });",
    "createMachine({ states: { a: { on: { go: 'a' } }, b: {} } });",
  ],
  state: [
    "createMachine({ initial: 'a', states: { a: {}, b: {} } });",
    "createMachine({ initial: 'b', states: { a: {}, b: {} } });",
  ],
};

describe('a mutation', () => {
  it.each(MUTATION_KINDS.map((kind) => [kind] as const))('of the kind %s changes one thing', (kind) => {
    const [text, ...becomes] = CASES[kind];
    expect(become(kind, text)).toEqual(becomes);
  });

  it('knows its line, and the function of the module that it is in', () => {
    const text = 'const LIMIT = 4;\nexport function f(a: number) {\n  return a < LIMIT;\n}\n';
    const found = mutationsOf(text);
    expect(found.find(({ kind }) => kind === 'boundary')).toMatchObject({
      line: 3,
      within: 'f',
      says: '"<" → "<="',
    });
    expect(found.find(({ kind }) => kind === 'number-up')).toMatchObject({ line: 1, within: '' });
  });

  it('takes no name that is not known where it stands, and touches no type', () => {
    const text = 'function f(a: A): B { for (const b of a) x(b); const c = 1; return c as D; }';
    expect(become('variable', text)).toEqual([
      text.replace('x(b)', 'x(a)'),
      text.replace('return c', 'return a'),
    ]);
  });

  const MODULE = `/** Cuts. */
export function cut(list: readonly number[], size: number): number[][] {
  const pieces: number[][] = [];
  for (let at = 0; at < list.length; at += size) pieces.push(list.slice(at, at + size));
  if (pieces.length > 1 && size !== 2) return pieces;
  return [];
}
`;

  it('is made once each, always in the same order, and leaves a module', () => {
    const found = mutationsOf(MODULE);
    expect(mutationsOf(MODULE)).toEqual(found);
    expect(new Set(found.map(({ start, end, replacement }) => `${start} ${end} ${replacement}`)).size).toBe(
      found.length,
    );
    for (const mutation of found) {
      const text = applyEdit(MODULE, mutation);
      expect(text).not.toBe(MODULE);
      expect(isModuleText(text), mutation.says).toBe(true);
    }
  });

  it.each([
    'boundary',
    'addition',
    'number-up',
    'variable',
    'offset-up',
    'branches-swapped',
    'members-swapped',
  ] as const)('of the kind %s is undone by another mutation', (kind) => {
    const [text] = CASES[kind];
    for (const mutated of become(kind, text)) {
      const undone = mutationsOf(mutated).map((mutation) => applyEdit(mutated, mutation));
      expect(undone).toContain(text);
    }
  });
});
