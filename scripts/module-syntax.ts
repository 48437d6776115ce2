import { parse } from '@babel/parser';

/** One name's way into a file: `import { a } from './b.ts'` has name `a`; what takes everything has name `*`. */
export interface FoundImport {
  readonly specifier: string;
  readonly name: string;
  readonly isType: boolean;
  /** A file that is named to be started, as a process or in a page: used, and not imported. */
  readonly isStart: boolean;
  readonly line: number;
}

interface Export {
  readonly name: string;
  readonly line: number;
  /** A type that its own file mentions again: it names what something else of the file takes or gives. */
  readonly isOfSignature: boolean;
}

export interface ModuleSyntax {
  readonly imports: readonly FoundImport[];
  readonly exports: readonly Export[];
  /** Whether the file holds named re-exports and nothing else. */
  readonly isDoor: boolean;
}

/** A node of Babel's tree, as far as this file looks at it. */
interface SyntaxNode {
  readonly type: string;
  readonly loc: { readonly start: { readonly line: number } };
  readonly [member: string]: unknown;
}

/** Imports and exports of one file's text. */
export function readSyntax(text: string): ModuleSyntax {
  const { program } = parse(text, { sourceType: 'module', plugins: ['typescript'], errorRecovery: true });
  const body = program.body as unknown as readonly SyntaxNode[];
  const nodes = [...walk(program)];
  const mentions = (name: string): number =>
    nodes.filter((node) => node.type === 'Identifier' && nameOf(node) === name).length;
  return {
    imports: nodes.flatMap(importsOf),
    exports: body.flatMap((node) =>
      exportedNames(node).map((name) => ({
        name,
        line: lineOf(node),
        isOfSignature: declaresType(node) && mentions(name) > 1,
      })),
    ),
    isDoor: body.every((node) => node.type === 'ExportNamedDeclaration' && Boolean(node['source'])),
  };
}

function* walk(node: unknown): Generator<SyntaxNode> {
  if (Array.isArray(node)) {
    for (const member of node) yield* walk(member);
  } else if (typeof node === 'object' && node !== null && 'type' in node) {
    yield node as SyntaxNode;
    for (const [key, member] of Object.entries(node)) if (key !== 'loc') yield* walk(member);
  }
}

function importsOf(node: SyntaxNode): FoundImport[] {
  const line = lineOf(node);
  const everything = (source: unknown, isType: boolean): FoundImport[] => {
    const specifier = textOf(source);
    return specifier === null ? [] : [{ specifier, name: '*', isType, isStart: false, line }];
  };
  switch (node.type) {
    case 'ImportDeclaration':
    case 'ExportNamedDeclaration': {
      const specifier = textOf(node.source);
      if (specifier === null) return [];
      const isTypeOnly = node.importKind === 'type' || node.exportKind === 'type';
      const named = (node.specifiers as readonly SyntaxNode[]).map((each) => ({
        specifier,
        name: importedName(each),
        isStart: false,
        isType: isTypeOnly || each.importKind === 'type' || each.exportKind === 'type',
        line: lineOf(each),
      }));
      // `import './effects.ts'` and `import {} from` name nothing and still run the file.
      return named.length > 0 ? named : [{ specifier, name: '', isType: isTypeOnly, isStart: false, line }];
    }
    case 'ExportAllDeclaration':
    case 'ImportExpression':
      return everything(node.source, node.exportKind === 'type');
    case 'TSImportType':
      return everything(node.source, true);
    case 'NewExpression': {
      // `new URL('./worker.ts', import.meta.url)`
      const [path, base] = node['arguments'] as readonly unknown[];
      if (nameOf(node['callee']) !== 'URL' || base === undefined) return [];
      return [...walk(path)]
        .flatMap((each) => everything(each, false))
        .filter(({ specifier }) => specifier.startsWith('.'))
        .map((each) => ({ ...each, isStart: true }));
    }
    default:
      return [];
  }
}

function importedName(specifier: SyntaxNode): string {
  if (specifier.type === 'ImportDefaultSpecifier') return 'default';
  if (specifier.type === 'ImportSpecifier') return nameOf(specifier.imported);
  if (specifier.type === 'ExportSpecifier') return nameOf(specifier.local);
  return '*';
}

function exportedNames(node: SyntaxNode): string[] {
  if (node.type === 'ExportDefaultDeclaration') return ['default'];
  if (node.type !== 'ExportNamedDeclaration') return [];
  const specifiers = (node.specifiers as readonly SyntaxNode[]).map((each) => nameOf(each.exported));
  const declaration = node.declaration as SyntaxNode | null | undefined;
  if (!declaration) return specifiers;
  if (declaration.type !== 'VariableDeclaration') return [nameOf(declaration.id)];
  return (declaration.declarations as readonly SyntaxNode[]).flatMap((each) =>
    boundNames(each.id as SyntaxNode),
  );
}

function declaresType(node: SyntaxNode): boolean {
  const { type } = (node['declaration'] ?? {}) as Partial<SyntaxNode>;
  return type === 'TSInterfaceDeclaration' || type === 'TSTypeAliasDeclaration';
}

/** Names that a pattern binds: `{ a, b: [c] }` binds a and c. */
function boundNames(pattern: SyntaxNode): string[] {
  if (pattern.type === 'Identifier') return [nameOf(pattern)];
  return [...walk(pattern)]
    .filter(
      (each) => each.type === 'ObjectProperty' || each.type === 'ArrayPattern' || each.type === 'RestElement',
    )
    .flatMap((each) => [each.value, each.argument, ...((each.elements as unknown[] | undefined) ?? [])])
    .map(nameOf)
    .filter((name) => name !== '');
}

const lineOf = (node: SyntaxNode): number => node.loc.start.line;

/** Name of an identifier, or text of a string that stands where a name does. */
function nameOf(node: unknown): string {
  const { name, value } = (node ?? {}) as { name?: unknown; value?: unknown };
  return typeof name === 'string' ? name : typeof value === 'string' ? value : '';
}

function textOf(node: unknown): string | null {
  const { type, value } = (node ?? {}) as { type?: unknown; value?: unknown };
  return type === 'StringLiteral' && typeof value === 'string' ? value : null;
}
