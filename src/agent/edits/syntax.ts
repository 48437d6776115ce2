import { parse } from '@babel/parser';

/** The parts of Babel's nodes that are read here: its own union type is too wide to walk. */
export interface SyntaxNode {
  readonly type: string;
  /** Offsets into the text; `end` is behind the last character. Parentheses around an expression are outside. */
  readonly start: number;
  readonly end: number;
  readonly [key: string]: unknown;
}

/** A node and where it stands. */
export interface Placed {
  readonly node: SyntaxNode;
  readonly parent: SyntaxNode | undefined;
  /** Name of the parent's field that holds it. */
  readonly field: string;
}

/** A module's text, parsed. */
export interface Source {
  readonly text: string;
  /** Every node that is there when the module runs (no types, no imports), parents before children. */
  readonly nodes: readonly Placed[];
}

/**
 * A module's text, parsed: all of its nodes that are there when it runs.
 *
 * @throws SyntaxError where the text is no TypeScript module.
 * @example readSource('export {};').text // 'export {};'
 */
export function readSource(text: string): Source {
  const { program } = parse(text, { sourceType: 'module', plugins: ['typescript'], attachComment: false });
  return { text, nodes: collectNodes([], program as unknown as SyntaxNode) };
}

/**
 * Whether a text is a TypeScript module.
 *
 * @example isModuleText('export const one: number = 1;') // true
 */
export function isModuleText(text: string): boolean {
  try {
    readSource(text);
    return true;
  } catch {
    return false;
  }
}

/** Fields that hold types, or what a node was made of rather than what it does. */
const SILENT_FIELDS = new Set([
  'attributes',
  'extra',
  'implements',
  'loc',
  'returnType',
  'source',
  'superTypeParameters',
  'typeAnnotation',
  'typeArguments',
  'typeParameters',
]);
/** TypeScript's nodes that hold an expression; the others vanish with the types. */
const TYPED_EXPRESSIONS = new Set(['TSAsExpression', 'TSSatisfiesExpression', 'TSNonNullExpression']);

function collectNodes(into: Placed[], node: SyntaxNode, parent?: SyntaxNode, field = ''): Placed[] {
  if (node.type === 'ImportDeclaration') return into;
  if (node.type.startsWith('TS') && !TYPED_EXPRESSIONS.has(node.type)) return into;
  into.push({ node, parent, field });
  for (const [name, value] of Object.entries(node)) {
    if (SILENT_FIELDS.has(name)) continue;
    for (const child of Array.isArray(value) ? (value as unknown[]) : [value]) {
      if (isNode(child)) collectNodes(into, child, node, name);
    }
  }
  return into;
}

function isNode(value: unknown): value is SyntaxNode {
  return typeof value === 'object' && value !== null && typeof (value as SyntaxNode).type === 'string';
}

/** A field that holds a node. */
export function childOf(node: SyntaxNode, field: string): SyntaxNode | undefined {
  const child = node[field];
  return isNode(child) ? child : undefined;
}

/** A field that holds a list of nodes; empty places of a list are left out. */
export function childrenOf(node: SyntaxNode, field: string): SyntaxNode[] {
  const children = node[field];
  return Array.isArray(children) ? children.filter(isNode) : [];
}

export function textOf({ text }: Source, node: SyntaxNode): string {
  return text.slice(node.start, node.end);
}

/**
 * The names that a module mentions in its code, whatever they stand for; none where the text is no module.
 *
 * @example namesIn('export const area = width * height;') // new Set(['area', 'width', 'height'])
 */
export function namesIn(text: string): ReadonlySet<string> {
  if (!isModuleText(text)) return new Set();
  return new Set(
    readSource(text).nodes.flatMap(({ node }) => (node.type === 'Identifier' ? String(node['name']) : [])),
  );
}

/** The value of a string literal. */
export function stringValue(node: SyntaxNode | undefined): string | undefined {
  return node?.type === 'StringLiteral' ? String(node['value']) : undefined;
}

/** The name by which something is known: of `a.b.role` it is `role`, of `labelOf(x)` it is `labelOf`. */
export function nameOf(node: SyntaxNode | undefined): string | undefined {
  if (node?.type === 'Identifier') return String(node['name']);
  if (node?.type === 'MemberExpression' || node?.type === 'OptionalMemberExpression') {
    return node['computed'] === true ? undefined : nameOf(childOf(node, 'property'));
  }
  return node?.type === 'CallExpression' ? nameOf(childOf(node, 'callee')) : undefined;
}

/** Named properties of an object literal. */
export function propertiesOf(
  object: SyntaxNode,
): { name: string; property: SyntaxNode; value: SyntaxNode }[] {
  return childrenOf(object, 'properties').flatMap((property) => {
    const [key, value] = [childOf(property, 'key'), childOf(property, 'value')];
    if (property['computed'] === true || key === undefined || value === undefined) return [];
    const name = stringValue(key) ?? nameOf(key);
    return name === undefined ? [] : [{ name, property, value }];
  });
}

/** The value of one property of an object literal. */
export function valueOf(object: SyntaxNode, name: string): SyntaxNode | undefined {
  return propertiesOf(object).find((property) => property.name === name)?.value;
}

const WHOLE = new Set([
  'ArrayExpression',
  'BooleanLiteral',
  'CallExpression',
  'Identifier',
  'MemberExpression',
  'NullLiteral',
  'NumericLiteral',
  'StringLiteral',
  'TemplateLiteral',
  'ThisExpression',
]);

/** An expression's text as it can stand in place of any other expression. */
export function standalone(source: Source, node: SyntaxNode): string {
  return WHOLE.has(node.type) ? textOf(source, node) : `(${textOf(source, node)})`;
}
