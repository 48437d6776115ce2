import { parse } from '@babel/parser';
import { posix } from 'node:path';
import type { Diagnostic } from 'lamarck';

/** Looked for in the whole text: which comments the compiler heeds is its own affair, and no honest text has one. */
const SILENCER = /@ts-(?:nocheck|ignore|expect-error)\b/gi;
/** All files are compiled anyway: what is referred to like this is a library, or lies elsewhere. */
const REFERENCE = /\/\/\/\s*<(?:reference|amd)[^\n]*/gi;

/** What would lead the compiler out of these files, and quote from what is there. */
export function findEscapes(files: Readonly<Record<string, string>>): Diagnostic[] {
  return Object.entries(files).flatMap(([path, text]) => {
    const found = (index: number, what: string): Diagnostic => ({
      path,
      line: lineAt(text, index),
      code: 'LAMARCK',
      message: `There is no ${what} here: only these files.`,
    });
    if (!isWithin(path)) return [found(0, `place for "${path}"`)];
    if (!isTypeScript(path)) return [];
    return [
      ...[...text.matchAll(REFERENCE)].map(({ index, 0: reference }) => found(index, reference)),
      ...specifiersIn(path, text)
        .filter(({ specifier }) => !leadsToOneOf(files, path, specifier))
        .map(({ specifier, index }) => found(index, `"${specifier}"`)),
    ];
  });
}

/** Comments that tell the compiler to leave out what it finds. */
export function findSilencers(files: Readonly<Record<string, string>>): Diagnostic[] {
  return Object.entries(files).flatMap(([path, text]) =>
    [...(isTypeScript(path) ? text.matchAll(SILENCER) : [])].map(({ index, 0: silencer }) => ({
      path,
      line: lineAt(text, index),
      code: 'LAMARCK1',
      message: `"${silencer}" silences the compiler.`,
    })),
  );
}

export function isTypeScript(path: string): boolean {
  return path.endsWith('.ts');
}

function isWithin(path: string): boolean {
  return !/^$|[\\\0]|^\/|^\.\.(?:\/|$)|\/$/.test(path) && posix.normalize(path) === path;
}

/** A path as it stands, or with the extension that it has once it is compiled. */
function leadsToOneOf(files: Readonly<Record<string, string>>, from: string, specifier: string): boolean {
  if (!/^\.\.?\//.test(specifier)) return false;
  const path = posix.join(posix.dirname(from), specifier);
  return [path, path.replace(/\.js$/, '.ts')].some((each) => Object.hasOwn(files, each));
}

interface Specifier {
  readonly specifier: string;
  readonly index: number;
}

/**
 * What a text names as modules, as the language reads it: escapes are resolved, and comments may stand anywhere. Of a text that does
 * not parse, nothing: the compiler has its own words for that, and does not follow names either.
 */
function specifiersIn(path: string, text: string): Specifier[] {
  const found: Specifier[] = [];
  // Read on while it grows: depth costs no call stack.
  const pending: object[] = [parsed(path, text)];
  for (const node of pending) {
    const named = nameOfModule(node as Node);
    if (named) found.push(named);
    for (const child of Object.values(node) as unknown[])
      if (typeof child === 'object' && child !== null) pending.push(child);
  }
  return found;
}

function parsed(path: string, text: string): object {
  try {
    return parse(text, {
      sourceType: 'module',
      plugins: [['typescript', { dts: path.endsWith('.d.ts') }], 'decorators', 'decoratorAutoAccessors'],
      errorRecovery: true,
      attachComment: false,
    }).program;
  } catch {
    return {};
  }
}

/** The parts of Babel's nodes that name modules. */
interface Node {
  readonly type?: string;
  readonly start?: number;
  readonly source?: Node | null;
  readonly expression?: Node;
  readonly id?: Node;
  readonly value?: unknown;
  readonly expressions?: readonly unknown[];
  readonly quasis?: readonly { readonly value: { readonly cooked: string } }[];
}

function nameOfModule(node: Node): Specifier | undefined {
  const named =
    node.type === 'TSExternalModuleReference'
      ? node.expression
      : node.type === 'TSModuleDeclaration'
        ? node.id
        : node.source;
  const index = named?.start ?? 0;
  if (named?.type === 'StringLiteral') return { specifier: String(named.value), index };
  if (named?.type === 'TemplateLiteral' && named.expressions?.length === 0)
    return { specifier: named.quasis?.[0]?.value.cooked ?? '', index };
  return undefined;
}

function lineAt(text: string, index: number): number {
  return text.slice(0, index).split('\n').length;
}
