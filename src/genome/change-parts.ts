import { posix } from 'node:path';
import { parse } from '@babel/parser';
import { applyPatch as applyHunks, type StructuredPatch } from 'diff';
import MagicString from 'magic-string';
import { patchBetween } from '../protocol/index.ts';
import type { GenomeFiles } from '../sandbox/index.ts';

/** One part of what a child changed in its parent: small enough to be tested alone. */
export interface ChangePart {
  /** `policy.json`, `skills/pay.ts`, or `scout.ts:120` for an edit from that line of the child on. */
  readonly name: string;
  readonly path: string;
  /** `data`: a file of data; `module`: a module that was added, with its registration; `edit`: one hunk of a text. */
  readonly kind: 'data' | 'module' | 'edit';
  /** Place of an edit among the hunks of its file. */
  readonly hunk: number;
}

/**
 * The separable parts of a change. A file that imports modules which were added is their registry (an index of skills):
 * it has no part of its own, each entry goes with its module. What a child removed is no part, because a module that
 * nothing imports any more has no effect that could be tested.
 */
export function partsOf(before: GenomeFiles, after: GenomeFiles): ChangePart[] {
  const added = Object.keys(after).filter((path) => before[path] === undefined && path.endsWith('.ts'));
  return Object.keys(after)
    .filter((path) => before[path] !== after[path])
    .flatMap((path): ChangePart[] => {
      if (added.includes(path)) return [{ name: path, path, kind: 'module', hunk: 0 }];
      if (!path.endsWith('.ts')) return [{ name: path, path, kind: 'data', hunk: 0 }];
      if (importsOf(path, after[path] ?? '').some(({ target }) => added.includes(target))) return [];
      return hunksOf(before[path] ?? '', after[path] ?? '').hunks.map(({ newStart }, hunk) => ({
        name: `${path}:${newStart}`,
        path,
        kind: 'edit',
        hunk,
      }));
    });
}

/** The child's files without some parts of its change: those are as the parent had them. */
export function withoutParts(
  before: GenomeFiles,
  after: GenomeFiles,
  dropped: readonly ChangePart[],
): GenomeFiles {
  const files: Record<string, string> = { ...after };
  for (const { path, kind } of dropped) {
    if (kind === 'edit') files[path] = withoutHunks(before[path] ?? '', after[path] ?? '', path, dropped);
    else if (before[path] === undefined) delete files[path];
    else files[path] = before[path];
  }
  const gone = dropped.filter(({ kind }) => kind === 'module').map(({ path }) => path);
  for (const [path, text] of Object.entries(files))
    if (path.endsWith('.ts')) files[path] = unregister(path, text, gone);
  return files;
}

function hunksOf(before: string, after: string): StructuredPatch {
  // Without context lines, neighbouring edits stay apart.
  return patchBetween({ name: 'before', text: before }, { name: 'after', text: after }, { context: 0 });
}

function withoutHunks(before: string, after: string, path: string, dropped: readonly ChangePart[]): string {
  const out = new Set(dropped.flatMap((part) => (part.path === path ? [part.hunk] : [])));
  const patch = hunksOf(before, after);
  const text = applyHunks(before, { ...patch, hunks: patch.hunks.filter((_, hunk) => !out.has(hunk)) });
  if (text === false) throw new Error(`The edits of ${path} cannot be taken apart.`);
  return text;
}

/** Takes the imports of some modules out of a module, and their names out of its arrays. */
function unregister(path: string, text: string, gone: readonly string[]): string {
  const imports =
    gone.length === 0 ? [] : importsOf(path, text).filter(({ target }) => gone.includes(target));
  if (imports.length === 0) return text;
  const source = new MagicString(text);
  const names = new Set(imports.flatMap((each) => each.names));
  for (const { start, end } of imports) source.remove(start, text[end] === '\n' ? end + 1 : end);
  visit(parseModule(text), (node) => {
    if (node.type !== 'ArrayExpression') return;
    const elements = node.elements as (SyntaxNode | null)[];
    elements.forEach((element, at) => {
      if (element === null || !names.has(nameIn(element) ?? '')) return;
      // With the comma after it, or before it where it is the last.
      const next = elements[at + 1];
      const previous = elements[at - 1];
      if (next) source.remove(element.start, next.start);
      else source.remove(previous?.end ?? element.start, element.end);
    });
  });
  return source.toString();
}

/** The name of an element of an array: `name` or `...name`. */
function nameIn(element: SyntaxNode): string | undefined {
  const named = element.type === 'SpreadElement' ? (element.argument as SyntaxNode) : element;
  return named.type === 'Identifier' ? (named.name as string) : undefined;
}

interface ModuleImport {
  readonly target: string;
  readonly names: readonly string[];
  readonly start: number;
  readonly end: number;
}

function importsOf(path: string, text: string): ModuleImport[] {
  return (parseModule(text).body as SyntaxNode[])
    .filter(({ type }) => type === 'ImportDeclaration')
    .map((node) => ({
      target: posix.join(posix.dirname(path), (node.source as { value: string }).value),
      names: (node.specifiers as { local: { name: string } }[]).map(({ local }) => local.name),
      start: node.start,
      end: node.end,
    }));
}

interface SyntaxNode {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [member: string]: unknown;
}

function parseModule(text: string): SyntaxNode {
  return parse(text, { sourceType: 'module', plugins: ['typescript'] }).program as unknown as SyntaxNode;
}

function visit(node: SyntaxNode, see: (node: SyntaxNode) => void): void {
  see(node);
  for (const value of Object.values(node))
    for (const child of Array.isArray(value) ? value : [value]) if (isNode(child)) visit(child, see);
}

function isNode(value: unknown): value is SyntaxNode {
  return typeof value === 'object' && value !== null && 'type' in value && 'start' in value;
}
