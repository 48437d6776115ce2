import { parse } from '@babel/parser';
import MagicString from 'magic-string';

/** The name under which metered code calls its fuel tick. No guest source may mention it. */
export const TICK = '$fuel';

/** Why a text is not accepted as guest code. The message is a phrase with the line: `line 3: …`. */
export class GuestSourceError extends Error {}

export interface MeteredSource {
  readonly code: string;
  /** Every `from '…'` of the text, with its line. */
  readonly imports: readonly { readonly specifier: string; readonly line: number }[];
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
 * Parses a module (TypeScript or JavaScript), refuses what guests may not say (dynamic import, `require()`,
 * `import.meta`, the tick's own name), and puts a call of the tick at the head of each loop body, each function and
 * each static block: every way in which code can go on for ever passes one.
 *
 * @throws GuestSourceError naming the line.
 */
export function meterSource(
  text: string,
  edit?: (edits: MagicString, program: SyntaxNode) => void,
): MeteredSource {
  const program = parseModule(text);
  const edits = new MagicString(text);
  const imports: { specifier: string; line: number }[] = [];
  const metered: SyntaxNode[] = [];
  for (const node of walk(program)) {
    refuseForbidden(node);
    const source = node['source'] as SyntaxNode | null | undefined;
    if (/^(Import|Export\w*)Declaration$/.test(node.type) && source) {
      imports.push({ specifier: String(source['value']), line: node.loc.start.line });
    }
    metered.push(node);
  }
  // Inner nodes first: where two insertions meet, the inner one must stand inside.
  for (const node of metered.reverse()) insertTick(edits, text, node);
  edit?.(edits, program);
  return { code: edits.toString(), imports };
}

function parseModule(text: string): SyntaxNode {
  try {
    return parse(text, { sourceType: 'module', plugins: ['typescript'], attachComment: false })
      .program as unknown as SyntaxNode;
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
export function* walk(root: SyntaxNode): Generator<SyntaxNode> {
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

function refuseForbidden(node: SyntaxNode): void {
  const refuse = (what: string): never => {
    throw new GuestSourceError(`line ${node.loc.start.line}: ${what}`);
  };
  if (node.type === 'ImportExpression' || node.type === 'Import') refuse('a dynamic import() is not allowed');
  if (node.type === 'MetaProperty' && (node['meta'] as SyntaxNode)['name'] === 'import')
    refuse('import.meta is not allowed');
  if (node.type === 'TSImportEqualsDeclaration') refuse('import … = is not allowed');
  if (node.type === 'CallExpression') {
    const callee = node['callee'] as SyntaxNode;
    if (callee.type === 'Identifier' && callee['name'] === 'require') {
      const [argument] = node['arguments'] as SyntaxNode[];
      refuse(`require(${JSON.stringify(argument?.['value'] ?? '…')}) is not allowed`);
    }
  }
  if (node.type === 'Identifier' && node['name'] === TICK) refuse(`the name ${TICK} is reserved`);
}

const FUNCTIONS = new Set([
  'FunctionDeclaration',
  'FunctionExpression',
  'ArrowFunctionExpression',
  'ObjectMethod',
  'ClassMethod',
  'ClassPrivateMethod',
]);
const LOOPS = new Set([
  'ForStatement',
  'ForInStatement',
  'ForOfStatement',
  'WhileStatement',
  'DoWhileStatement',
]);

function insertTick(edits: MagicString, text: string, node: SyntaxNode): void {
  if (node.type === 'StaticBlock') {
    edits.appendLeft(text.indexOf('{', node.start) + 1, `${TICK}();`);
    return;
  }
  const isLoop = LOOPS.has(node.type);
  if (!isLoop && !FUNCTIONS.has(node.type)) return;
  const body = node['body'] as SyntaxNode;
  if (body.type === 'BlockStatement') {
    edits.appendLeft(body.start + 1, `${TICK}();`);
  } else {
    edits.prependRight(body.start, isLoop ? `{${TICK}();` : `(${TICK}(),`);
    edits.appendLeft(body.end, isLoop ? '}' : ')');
  }
}
