import { parse } from '@babel/parser';

/** What a module's text names outside of itself. */
export interface ModuleReferences {
  /** Specifiers of its imports, dynamic ones with a literal among them. */
  readonly imports: readonly string[];
  /** Texts that may be paths of files, or of folders where they have a slash: whether they are is for whoever knows the disk. */
  readonly paths: readonly string[];
}

/** Functions whose literal arguments are segments of one path. */
const PATH_BUILDERS = new Set(['join', 'resolve']);
const LONGEST_PATH = 400;

interface SyntaxNode {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [member: string]: unknown;
}

/** Reads the imports of a module and its literals that look like paths. A text that is not JavaScript or TypeScript has none. */
export function moduleReferences(text: string): ModuleReferences {
  const imports: string[] = [];
  const paths: string[] = [];
  for (const node of nodesOf(text)) {
    const source = literalOf(node['source']);
    if (source !== undefined && !isTypeOnly(node)) imports.push(source);
    else if (node.type === 'CallExpression') {
      const called = nameOf(node['callee']);
      const given = node['arguments'] as readonly unknown[];
      const literals = given.flatMap((argument) => literalOf(argument) ?? []);
      if ((called === 'require' || called === 'import') && literals[0] !== undefined)
        imports.push(literals[0]);
      if (PATH_BUILDERS.has(called) && literals.length > 0) paths.push(`${literals.join('/')}/`);
    } else if (node.type === 'StringLiteral') paths.push(String(node['value']));
    else if (node.type === 'TemplateLiteral') {
      // Of a template the folder that it begins with.
      const [head] = node['quasis'] as readonly { value: { cooked?: string | null } }[];
      const beginning = head?.value.cooked ?? '';
      const isWhole = (node['expressions'] as readonly unknown[]).length === 0;
      paths.push(isWhole ? beginning : beginning.slice(0, beginning.lastIndexOf('/') + 1));
    }
  }
  return { imports, paths: paths.filter(mayBePath) };
}

/**
 * The text of a configuration without the values of some members of what it exports, so that these may change.
 *
 * @example textWithout("export default defineConfig({ suites, workers: 2 })", ['workers'])
 */
export function textWithout(text: string, members: readonly string[]): string {
  const nodes = [...nodesOf(text)];
  const exported = nodes.find(({ type }) => type === 'ExportDefaultDeclaration')?.['declaration'];
  const object = objectIn(exported, nodes);
  const ranges = ((object?.['properties'] ?? []) as readonly SyntaxNode[])
    .filter((property) => members.includes(nameOf(property['key'])))
    .map(({ start, end }) => ({ start, end: text[end] === ',' ? end + 1 : end }));
  const rest = ranges
    .toReversed()
    .reduce((left, { start, end }) => left.slice(0, start).trimEnd() + left.slice(end), text);
  // A member that came to stand last, or no longer does, leaves or takes a comma.
  return rest.replaceAll(/,(?=\s*[}\])])/g, '').replaceAll(/\s+/g, ' ');
}

/** The object that an expression is, or that a function is called with, or that a name stands for. */
function objectIn(node: unknown, nodes: readonly SyntaxNode[]): SyntaxNode | undefined {
  const found = (node ?? {}) as SyntaxNode;
  if (found.type === 'ObjectExpression') return found;
  if (found.type === 'CallExpression') return objectIn((found['arguments'] as unknown[])[0], nodes);
  if (found.type === 'TSAsExpression' || found.type === 'TSSatisfiesExpression')
    return objectIn(found['expression'], nodes);
  if (found.type !== 'Identifier') return undefined;
  const declared = nodes.find(
    ({ type, id }) => type === 'VariableDeclarator' && nameOf(id) === nameOf(found),
  )?.['init'];
  return (declared as SyntaxNode | undefined)?.type === 'Identifier' ? undefined : objectIn(declared, nodes);
}

function* nodesOf(text: string): Generator<SyntaxNode> {
  let program: unknown;
  try {
    ({ program } = parse(text, { sourceType: 'unambiguous', plugins: ['typescript'], errorRecovery: true }));
  } catch {
    return;
  }
  const waiting: unknown[] = [program];
  while (waiting.length > 0) {
    const node = waiting.pop();
    if (Array.isArray(node)) for (const member of node as unknown[]) waiting.push(member);
    else if (typeof node === 'object' && node !== null && 'type' in node) {
      yield node as SyntaxNode;
      for (const [name, member] of Object.entries(node)) if (name !== 'loc') waiting.push(member);
    }
  }
}

function isTypeOnly(node: SyntaxNode): boolean {
  return node['importKind'] === 'type' || node['exportKind'] === 'type';
}

function literalOf(node: unknown): string | undefined {
  const { type, value } = (node ?? {}) as { type?: string; value?: unknown };
  return type === 'StringLiteral' && typeof value === 'string' ? value : undefined;
}

/** Name of an identifier, of the last member of a chain, or of `import`. */
function nameOf(node: unknown): string {
  const { type, name, property, value } = (node ?? {}) as Record<string, unknown>;
  if (type === 'Import') return 'import';
  if (type === 'MemberExpression') return nameOf(property);
  return typeof name === 'string' ? name : typeof value === 'string' ? value : '';
}

function mayBePath(text: string): boolean {
  return (
    text !== '' &&
    text.length <= LONGEST_PATH &&
    !/[\n\0]/.test(text) &&
    (!/^[a-z][a-z0-9+.-]+:/i.test(text) || text.startsWith('file:'))
  );
}
