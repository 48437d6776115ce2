import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { EDIT_KINDS, editsOf, type EditKind } from './source-edits.ts';
import { applyEdit } from './splice.ts';
import { isModuleText } from './syntax.ts';

/** What a text can become by edits of one kind. */
const become = (kind: EditKind, text: string): string[] =>
  [...editsOf({ 'file.ts': text }, { kinds: [kind] })].map((edit) => applyEdit(text, edit));

describe('an edit', () => {
  it('swaps an operator within its type, and a method for its twin', () => {
    expect(become('operator', 'x(a < b);')).toEqual(['x(a <= b);', 'x(a > b);', 'x(a >= b);']);
    expect(become('operator', 'x((a - 1 /* - */) === b && c);')).toEqual([
      'x((a - 1 /* - */) === b || c);',
      'x((a - 1 /* - */) !== b && c);',
      'x((a + 1 /* - */) === b && c);',
    ]);
    expect(become('operator', 'all.some(isOdd);')).toEqual(['all.every(isOdd);']);
    expect(become('operator', "x('a' + b + `c`, b ?? c);")).toEqual([]);
  });

  it('makes a number larger or smaller', () => {
    expect(become('number', 'x(3);')).toEqual(['x(4);', 'x(2);', 'x(6);']);
    expect(become('number', 'x(0);')).toEqual(['x(1);']);
    expect(become('number', 'x(0.4);')).toEqual(['x(0.5);', 'x(0.32);', 'x(0.8);', 'x(0.2);']);
    expect(become('number', 'x(20_000);')).toEqual(['x(25_000);', 'x(16_000);', 'x(40_000);', 'x(10_000);']);
    expect(become('number', 'x(1.5.toFixed());')[2]).toBe('x((3).toFixed());');
    expect(become('number', 'type T = [1]; let x: 2; const o = { 3: y };')).toEqual([]);
  });

  it('takes a text for another that plays the same role in the file', () => {
    const text = "import 'z'; x(role === 'link' || y.role === 'button'); note('a', n('c')); note('b', 1);";
    expect(become('text', text)).toEqual([
      text.replace("'link'", "'button'"),
      text.replace("'button'", "'link'"),
    ]);
  });

  it('negates a condition, and drops either side of a conjunction', () => {
    expect(become('condition', 'if (!done) go();')).toEqual(['if (done) go();']);
    expect(become('condition', 'if (has(a)) go();')).toEqual(['if (!has(a)) go();']);
    expect(become('condition', 'if (a === b) go();')).toEqual([]);
    expect(become('condition', 'x((a || b) && c);')).toEqual([
      'x(c);',
      'x((a || b));',
      'x((b) && c);',
      'x((a) && c);',
    ]);
  });

  it('drops a call for what it was given, and swaps arguments', () => {
    expect(become('call', 'x = text.trim();')).toEqual(['x = text;']);
    expect(become('call', 'x = Math.max(a, b);')).toEqual(['x = a;', 'x = Math.max(b, a);']);
    expect(become('call', 'export default defineAgent({ a });')).toEqual([]);
  });

  it('deletes, repeats and swaps statements, with the lines they stand on', () => {
    const text = 'function f() {\n  go();\n  if (a) stop();\n  return a;\n}\n';
    expect(become('statement', text)).toEqual([
      text.replace('  go();\n', ''),
      text.replace('  go();\n', '  go();\n  go();\n'),
      'function f() {\n  if (a) stop();\n  go();\n  return a;\n}\n',
      text.replace('  if (a) stop();\n', ''),
    ]);
  });

  it('removes a noted fact, and adds the conjunction of two', () => {
    const text = "function f() {\n  note('a', x);\n  note('b', y > 1);\n}\n";
    expect(become('feature-removed', text)).toEqual([
      text.replace("  note('a', x);\n", ''),
      text.replace("  note('b', y > 1);\n", ''),
    ]);
    expect(become('feature-added', text)).toEqual([
      text.replace('> 1);\n', "> 1);\n  note('a & b', Number(x) * Number(y > 1));\n"),
    ]);
    expect(become('statement', text)).toEqual([]);
  });
});

const CHART = `setup({ guards: { isFar, isNear } }).createMachine({
  initial: 'looks',
  states: {
    looks: { entry: 'look', always: [{ guard: 'isFar', target: 'walks' }, { target: 'rests' }] },
    walks: { entry: 'walk', always: 'looks' },
    rests: { on: { call: 'looks' } },
  },
});
`;

describe('an edit of a chart', () => {
  const [looks, walks, rests] = ['looks', 'walks', 'rests'].map(
    (name) => new RegExp(`^ {4}${name}: .*$`, 'm'),
  );
  const linesOf = (kind: EditKind, state: RegExp | undefined): (string | undefined)[] =>
    become(kind, CHART).map((text) => (state === undefined ? text : state.exec(text)?.[0].trim()));

  it('leads a transition to another state, guards it otherwise, moves it or removes it', () => {
    expect(new Set(linesOf('transition', looks))).toEqual(
      new Set([
        "looks: { entry: 'look', always: [{ guard: 'isFar', target: 'walks' }, { target: 'rests' }] },",
        "looks: { entry: 'look', always: [{ target: 'rests' }, { guard: 'isFar', target: 'walks' }] },",
        "looks: { entry: 'look', always: [{ target: 'rests' }] },",
        "looks: { entry: 'look', always: [{ guard: 'isFar', target: 'looks' }, { target: 'rests' }] },",
        "looks: { entry: 'look', always: [{ guard: 'isFar', target: 'rests' }, { target: 'rests' }] },",
        "looks: { entry: 'look', always: [{ guard: 'isNear', target: 'walks' }, { target: 'rests' }] },",
        "looks: { entry: 'look', always: [{ guard: 'isFar', target: 'walks' }, { target: 'looks' }] },",
        "looks: { entry: 'look', always: [{ guard: 'isFar', target: 'walks' }, { target: 'walks' }] },",
      ]),
    );
    expect(linesOf('transition', rests)).toContain("rests: { on: { call: 'walks' } },");
  });

  it('begins elsewhere, does something else on entry, leaves a state out, and puts one in between', () => {
    expect(become('state', CHART)[0]).toBe(CHART.replace("initial: 'looks'", "initial: 'walks'"));
    expect(linesOf('state', walks)).toContain("walks: { entry: 'look', always: 'looks' },");
    const withoutWalks = linesOf('state', undefined).find((text) => !/walks:/.test(text ?? ''));
    expect(withoutWalks).toContain("[{ guard: 'isFar', target: 'looks' }, { target: 'rests' }]");
    const byWayOfWalk = linesOf('state', undefined).find((text) => text?.includes('walksBeforeRests'));
    expect(byWayOfWalk).toContain("walksBeforeRests: { entry: 'walk', always: 'rests' },");
    expect(byWayOfWalk).toContain("{ target: 'walksBeforeRests' }]");
  });

  it('is not mistaken for one of its texts', () => {
    expect(become('text', CHART)).toEqual([]);
  });
});

const SCOUT = join(import.meta.dirname, '../../../agents/scout');
const FILES = Object.fromEntries(
  readdirSync(SCOUT, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts'))
    .sort()
    .map((path) => [path, readFileSync(join(SCOUT, path), 'utf8')]),
);

describe('the edits of a whole genome', () => {
  const edits = [...editsOf(FILES)];

  it('are of every kind, and none is said twice', () => {
    expect(new Set(edits.map(({ kind }) => kind))).toEqual(new Set(EDIT_KINDS));
    const outcomes = edits.map((edit) => edit.path + applyEdit(FILES[edit.path] as string, edit));
    expect(new Set(outcomes).size).toBe(edits.length);
  });

  // Every one was seen to parse; each run looks at a part of them, which keeps it within seconds.
  it('give modules that parse and are not the original, and can be undone', () => {
    for (const edit of edits.filter((_, at) => at % 37 === edits.length % 37)) {
      const text = FILES[edit.path] as string;
      const edited = applyEdit(text, edit);
      expect(edited, edit.description).not.toBe(text);
      expect(isModuleText(edited), edit.description).toBe(true);
      const undone = {
        start: edit.start,
        end: edit.start + edit.replacement.length,
        replacement: text.slice(edit.start, edit.end),
      };
      expect(applyEdit(edited, undone)).toBe(text);
    }
  });

  it('are the same each time, and can be asked for by file and by kind', () => {
    expect([...editsOf(FILES)]).toEqual(edits);
    const some = [...editsOf(FILES, { paths: ['scout.ts', 'none.ts'], kinds: ['state', 'number'] })];
    expect(some).toEqual(
      edits
        .filter(({ path, kind }) => path === 'scout.ts' && (kind === 'state' || kind === 'number'))
        .sort((left, right) => right.kind.localeCompare(left.kind)),
    );
  });

  it('refuses an edit of another text', () => {
    expect(() => applyEdit('short', { start: 3, end: 9, replacement: '' })).toThrow('not within a text');
  });
});
