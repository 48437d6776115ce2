import { parse, type ParserOptions } from '@babel/parser';

/** The name under which metered code calls its fuel tick. No guest source may mention it. */
export const TICK = '$fuel';

/** Why a text is not accepted as guest code. The message is a phrase with the line: `line 3: …`. */
export class GuestSourceError extends Error {}

export interface ReadSource {
  readonly text: string;
  /** The statements of the text. */
  readonly body: readonly SyntaxNode[];
  /** All nodes, parents before children. */
  readonly nodes: readonly SyntaxNode[];
}

/** The parts of Babel's nodes that are read here: its own union type is too wide to walk. */
export interface SyntaxNode {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly loc: { readonly start: { readonly line: number } };
  readonly [key: string]: unknown;
}

/**
 * Reads a module and refuses what guests may not say: dynamic import, `require()`, `import.meta`, the tick's own name, and
 * `await` outside of a function, which a script reads as a name.
 *
 * @throws GuestSourceError naming the line.
 */
export function readModule(text: string, language: 'js' | 'ts'): ReadSource {
  const program = parseSource(text, {
    sourceType: 'module',
    plugins: language === 'ts' ? ['typescript'] : [],
  });
  const nodes = [...walk(program)];
  for (const node of nodes) {
    refuseForbidden(node);
    refuseRequire(node);
  }
  if ((program['extra'] as { topLevelAwait?: boolean } | undefined)?.topLevelAwait)
    throw new GuestSourceError('await outside of a function is not allowed');
  return { text, body: program['body'] as SyntaxNode[], nodes };
}

/** The same for a strict script without types, as V8 reads it. Its `require` is what it is given. */
export function readScript(text: string): ReadSource {
  const program = parseSource(text, { sourceType: 'script', strictMode: true });
  const nodes = [...walk(program)];
  for (const node of nodes) refuseForbidden(node);
  return { text, body: program['body'] as SyntaxNode[], nodes };
}

/** Every `from '…'` of a module, with its line. */
export function importsOf({ nodes }: ReadSource): { specifier: string; line: number }[] {
  return nodes.flatMap((node) => {
    const source = node['source'] as SyntaxNode | null | undefined;
    return /^(Import|Export\w*)Declaration$/.test(node.type) && source
      ? { specifier: String(source['value']), line: node.loc.start.line }
      : [];
  });
}

function parseSource(text: string, options: ParserOptions): SyntaxNode {
  try {
    return parse(text, { ...options, attachComment: false }).program as unknown as SyntaxNode;
  } catch (error) {
    // A parser that ran out of stack says "Maximum call stack size exceeded": deeper than any honest source.
    const isDeep = error instanceof RangeError;
    const line = (error as { loc?: { line?: number } }).loc?.line;
    const message = isDeep
      ? 'it is nested too deeply'
      : (error as Error).message.replace(/ \(\d+:\d+\)$/, '');
    throw new GuestSourceError(`${line === undefined ? '' : `line ${line}: `}${message}`);
  }
}

/** All nodes below one, parents before children. With a stack of its own, so that depth costs no call stack. */
function* walk(root: SyntaxNode): Generator<SyntaxNode> {
  const pending: unknown[] = [root];
  while (pending.length > 0) {
    const value = pending.pop();
    if (value === null || typeof value !== 'object') continue;
    if (Array.isArray(value)) {
      for (const member of value) pending.push(member);
      continue;
    }
    if (typeof (value as SyntaxNode).type !== 'string') continue;
    yield value as SyntaxNode;
    for (const [key, child] of Object.entries(value)) {
      if (key !== 'loc' && key !== 'extra' && typeof child === 'object') pending.push(child);
    }
  }
}

function refuse(node: SyntaxNode, what: string): never {
  throw new GuestSourceError(`line ${node.loc.start.line}: ${what}`);
}

function refuseForbidden(node: SyntaxNode): void {
  if (node.type === 'ImportExpression' || node.type === 'Import')
    refuse(node, 'a dynamic import() is not allowed');
  if (node.type === 'MetaProperty' && (node['meta'] as SyntaxNode)['name'] === 'import')
    refuse(node, 'import.meta is not allowed');
  if (node.type === 'TSImportEqualsDeclaration') refuse(node, 'import … = is not allowed');
  if (node.type === 'Identifier' && node['name'] === TICK) refuse(node, `the name ${TICK} is reserved`);
}

function refuseRequire(node: SyntaxNode): void {
  if (node.type !== 'CallExpression') return;
  const callee = node['callee'] as SyntaxNode;
  if (callee.type !== 'Identifier' || callee['name'] !== 'require') return;
  const [argument] = node['arguments'] as SyntaxNode[];
  refuse(node, `require(${JSON.stringify(argument?.['value'] ?? '…')}) is not allowed`);
}
