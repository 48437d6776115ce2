/** Mutations of names: a variable for another in scope, a property for another, a function for another of the module. */
import type { DescribedSplice } from './splice.ts';
import { childOf, childrenOf, nameOf, type Placed, type Source, type SyntaxNode } from './syntax.ts';

interface Declared {
  readonly name: string;
  /** Where its declaration ends: it is known after that. */
  readonly from: number;
  /** Where the name is known. */
  readonly scope: SyntaxNode;
}

const SCOPES =
  /^(Program|BlockStatement|For(In|Of)?Statement|SwitchStatement|CatchClause|FunctionDeclaration|FunctionExpression|ArrowFunctionExpression|ObjectMethod|ClassMethod)$/;
const FUNCTIONS = /^(FunctionDeclaration|FunctionExpression|ArrowFunctionExpression)$/;

/** Every variable that is read, as each other one that is known there. */
export function* otherVariables(source: Source): Generator<DescribedSplice> {
  const declared = declarationsIn(source);
  for (const placed of source.nodes) {
    if (!isRead(placed)) continue;
    const { node } = placed;
    const own = String(node['name']);
    if (!declared.some(({ name }) => name === own)) continue;
    const others = declared.filter((other) => isKnownAt(other, node) && other.name !== own);
    for (const name of new Set(others.map((other) => other.name)))
      yield { start: node.start, end: node.end, replacement: name, says: `${own} → ${name}` };
  }
}

/** Every property that is read or set, as each other one of the module. */
export function* otherProperties({ nodes }: Source): Generator<DescribedSplice> {
  const read = nodes.flatMap(({ node, parent, field }) => {
    const property = node.type === 'MemberExpression' ? childOf(node, 'property') : undefined;
    const isMethod = parent?.type === 'CallExpression' && field === 'callee';
    return property === undefined || node['computed'] === true || isMethod ? [] : [property];
  });
  const names = [...new Set(read.flatMap((property) => nameOf(property) ?? []))];
  for (const property of read) {
    const own = nameOf(property);
    for (const name of names)
      yield { start: property.start, end: property.end, replacement: name, says: `.${own} → .${name}` };
  }
}

/** Every call of one of the module's functions, as a call of another that takes as many arguments. */
export function* otherFunctions({ nodes }: Source): Generator<DescribedSplice> {
  const functions = nodes.flatMap(({ node }) => {
    const name = node.type === 'FunctionDeclaration' ? nameOf(childOf(node, 'id')) : undefined;
    return name === undefined ? [] : [{ name, takes: childrenOf(node, 'params').length }];
  });
  for (const { node } of nodes) {
    const callee = node.type === 'CallExpression' ? childOf(node, 'callee') : undefined;
    const own = functions.find(({ name }) => callee?.type === 'Identifier' && callee['name'] === name);
    if (callee === undefined || own === undefined) continue;
    for (const { name, takes } of functions) {
      if (takes !== own.takes) continue;
      yield { start: callee.start, end: callee.end, replacement: name, says: `${own.name}() → ${name}()` };
    }
  }
}

/** Parameters, and constants and variables that hold no function. */
function declarationsIn(source: Source): Declared[] {
  const scopes = source.nodes.flatMap(({ node }) => (SCOPES.test(node.type) ? [node] : []));
  return source.nodes.flatMap(({ node }) => {
    if (FUNCTIONS.test(node.type))
      return childrenOf(node, 'params')
        .flatMap(bound)
        .map((name) => ({ name: String(name['name']), from: name.end, scope: node }));
    const id = node.type === 'VariableDeclarator' ? childOf(node, 'id') : undefined;
    if (id === undefined || FUNCTIONS.test(childOf(node, 'init')?.type ?? '')) return [];
    const scope = scopes.findLast((each) => contains(each, node));
    if (scope === undefined) return [];
    // What a loop goes over does not know what it calls each.
    const { end } = (/^For(In|Of)/.test(scope.type) ? childOf(scope, 'right') : undefined) ?? node;
    return bound(id).map((name) => ({ name: String(name['name']), from: end, scope }));
  });
}

/** The names that a pattern binds. */
function bound(pattern: SyntaxNode): SyntaxNode[] {
  switch (pattern.type) {
    case 'Identifier':
      return [pattern];
    case 'ArrayPattern':
      return childrenOf(pattern, 'elements').flatMap(bound);
    case 'ObjectPattern':
      return childrenOf(pattern, 'properties').flatMap(bound);
    default:
      return ['value', 'left', 'argument'].flatMap((field) => {
        const inner = childOf(pattern, field);
        return inner === undefined ? [] : bound(inner);
      });
  }
}

function isKnownAt({ from, scope }: Declared, place: SyntaxNode): boolean {
  return contains(scope, place) && from <= place.start;
}

function contains(outer: SyntaxNode, inner: SyntaxNode): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

/** Fields in which a name is declared, assigned, called or a label. */
const NOT_READ = new Set(['id', 'params', 'param', 'key', 'callee', 'label', 'local', 'exported']);
const PATTERNS = new Set(['ArrayPattern', 'ObjectPattern', 'RestElement', 'UpdateExpression']);

function isRead({ node, parent, field }: Placed): boolean {
  if (node.type !== 'Identifier' || parent === undefined || NOT_READ.has(field)) return false;
  if (PATTERNS.has(parent.type) || parent['shorthand'] === true) return false;
  if (field === 'property') return parent['computed'] === true;
  return !(field === 'left' && /^(Assignment|For)/.test(parent.type));
}
