/** Edits of expressions: operators, numbers, texts, conditions and calls. */
import type { DescribedSplice } from './splice.ts';
import {
  childOf,
  childrenOf,
  nameOf,
  standalone,
  stringValue,
  textOf,
  type Placed,
  type Source,
  type SyntaxNode,
} from './syntax.ts';

/** What may stand in place of an operator or a method, by its name. */
export type Twins = Readonly<Record<string, readonly string[]>>;

const TWIN_OPERATORS: Twins = {
  '<': ['<=', '>', '>='],
  '<=': ['<', '>', '>='],
  '>': ['>=', '<', '<='],
  '>=': ['>', '<', '<='],
  '===': ['!=='],
  '!==': ['==='],
  '+': ['-'],
  '-': ['+'],
  '*': ['/'],
  '/': ['*'],
  '&&': ['||'],
  '||': ['&&'],
  '+=': ['-='],
  '-=': ['+='],
};
const TWIN_METHODS: Twins = {
  some: ['every'],
  every: ['some'],
  find: ['findLast'],
  findLast: ['find'],
  findIndex: ['findLastIndex'],
  findLastIndex: ['findIndex'],
  indexOf: ['lastIndexOf'],
  lastIndexOf: ['indexOf'],
  min: ['max'],
  max: ['min'],
  floor: ['ceil'],
  ceil: ['floor'],
  startsWith: ['endsWith'],
  endsWith: ['startsWith'],
};
const OPERATIONS = new Set(['BinaryExpression', 'LogicalExpression', 'AssignmentExpression']);

export function* operatorEdits(source: Source): Generator<DescribedSplice> {
  for (const { node } of source.nodes) {
    yield* swappedOperator(source, node, TWIN_OPERATORS);
    yield* swappedMethod(node, TWIN_METHODS);
  }
}

/** Another operator between two sides, where the node has two. */
export function* swappedOperator(source: Source, node: SyntaxNode, twins: Twins): Generator<DescribedSplice> {
  if (!OPERATIONS.has(node.type)) return;
  const operator = String(node['operator']);
  const [left, right] = [childOf(node, 'left'), childOf(node, 'right')];
  // Texts are joined with +, and not taken from each other.
  if (left === undefined || right === undefined || (/^\+=?$/.test(operator) && isText(node))) return;
  const between = withoutComments(source.text.slice(left.end, right.start));
  const start = left.end + between.indexOf(operator);
  for (const replacement of twins[operator] ?? []) {
    yield { start, end: start + operator.length, replacement, says: `"${operator}" → "${replacement}"` };
  }
}

function isText(node: SyntaxNode | undefined): boolean {
  if (node === undefined) return false;
  if (node.type === 'StringLiteral' || node.type === 'TemplateLiteral') return true;
  return OPERATIONS.has(node.type) && (isText(childOf(node, 'left')) || isText(childOf(node, 'right')));
}

/** Comments as blanks of the same length. */
function withoutComments(text: string): string {
  return text.replace(/\/\*[^]*?\*\/|\/\/.*/g, (comment) => ' '.repeat(comment.length));
}

/** Another method, where the node calls one. */
export function* swappedMethod(call: SyntaxNode, twins: Twins): Generator<DescribedSplice> {
  if (call.type !== 'CallExpression') return;
  const callee = childOf(call, 'callee');
  const method = callee?.type === 'MemberExpression' ? childOf(callee, 'property') : undefined;
  const name = nameOf(callee);
  if (method === undefined || name === undefined || !Object.hasOwn(twins, name)) return;
  for (const twin of twins[name] ?? [])
    yield { start: method.start, end: method.end, replacement: twin, says: `${name}() → ${twin}()` };
}

export function* numberEdits(source: Source): Generator<DescribedSplice> {
  for (const placed of source.nodes) yield* otherNumber(source, placed, othersNear);
}

/** Other numbers in place of one that is no name of a property. */
export function* otherNumber(
  { text }: Source,
  { node, parent, field }: Placed,
  others: (value: number) => readonly number[],
): Generator<DescribedSplice> {
  if (node.type !== 'NumericLiteral' || (field === 'key' && parent?.['computed'] !== true)) return;
  const isGrouped = text.slice(node.start, node.end).includes('_');
  for (const value of others(Number(node['value']))) {
    const plain = isGrouped ? String(value).replace(/\B(?=(\d{3})+$)/g, '_') : String(value);
    const replacement = field === 'object' ? `(${plain})` : plain;
    yield { start: node.start, end: node.end, replacement, says: `${Number(node['value'])} → ${value}` };
  }
}

/** Below 10 a step counts; above, and between whole numbers, a proportion does. */
function othersNear(value: number): number[] {
  const isWhole = Number.isInteger(value);
  const near = isWhole && value < 10 ? [value + 1, value - 1] : [value * 1.25, value * 0.8];
  const far = [value * 2, value / 2];
  const rounded = [...near, ...far].map((other) =>
    isWhole ? Math.round(other) : Number(other.toPrecision(4)),
  );
  return [...new Set(rounded)].filter((other) => other >= 0 && other !== value);
}

/** Alternatives for one text: those that follow it in the file, so that each is tried somewhere. */
const TEXTS = 3;

export function* textEdits(source: Source): Generator<DescribedSplice> {
  const roles = new Map<string, SyntaxNode[]>();
  for (const { node, parent, field } of source.nodes) {
    const role = stringValue(node) === undefined ? undefined : roleOf(node, parent, field);
    if (role !== undefined) roles.set(role, [...(roles.get(role) ?? []), node]);
  }
  const charts = chartRanges(source);
  for (const literals of roles.values()) {
    const texts = [...new Set(literals.map((literal) => textOf(source, literal)))];
    for (const literal of literals) {
      if (charts.some(({ start, end }) => start <= literal.start && literal.end <= end)) continue;
      const own = textOf(source, literal);
      const at = texts.indexOf(own);
      const others = [...texts.slice(at + 1), ...texts.slice(0, at)].slice(0, TEXTS);
      for (const replacement of others)
        yield { start: literal.start, end: literal.end, replacement, says: `${own} → ${replacement}` };
    }
  }
}

/** What a text is used for: what it is compared with, which argument or property it is. */
function roleOf(node: SyntaxNode, parent: SyntaxNode | undefined, field: string): string | undefined {
  if (parent?.type === 'BinaryExpression') {
    const other = nameOf(childOf(parent, field === 'left' ? 'right' : 'left'));
    return other === undefined ? undefined : `compared with ${other}`;
  }
  if (parent?.type === 'CallExpression' && field === 'arguments') {
    const callee = nameOf(childOf(parent, 'callee'));
    // The name of a noted fact is what its weight is known by.
    if (callee === undefined || callee === 'note') return undefined;
    return `argument ${childrenOf(parent, 'arguments').indexOf(node)} of ${callee}`;
  }
  if (parent?.type === 'ObjectProperty' && field === 'value')
    return `property ${nameOf(childOf(parent, 'key'))}`;
  return parent?.type === 'SwitchCase' ? 'case' : undefined;
}

/** Where statecharts are written: their texts name states, guards and actions, and have edits of their own. */
function chartRanges({ nodes }: Source): SyntaxNode[] {
  return nodes.flatMap(({ node }) =>
    node.type === 'CallExpression' && nameOf(childOf(node, 'callee')) === 'createMachine'
      ? childrenOf(node, 'arguments')
      : [],
  );
}

export function* conditionEdits(source: Source): Generator<DescribedSplice> {
  for (const { node, field } of source.nodes) {
    if (field === 'test' && !/^(While|DoWhile|For)Statement$/.test(node.type)) yield* negated(source, node);
    yield* withoutSide(source, node);
  }
}

/** One side of a conjunction or disjunction alone. */
export function* withoutSide(source: Source, node: SyntaxNode): Generator<DescribedSplice> {
  if (node.type !== 'LogicalExpression' || node['operator'] === '??') return;
  for (const [dropped, kept] of [
    ['left', 'right'],
    ['right', 'left'],
  ] as const) {
    const [gone, rest] = [childOf(node, dropped), childOf(node, kept)];
    if (gone === undefined || rest === undefined) continue;
    const says = `without ${short(textOf(source, gone))}`;
    yield { start: node.start, end: node.end, replacement: standalone(source, rest), says };
  }
}

/** A condition turned round, unless another operator says the same. */
export function* negated(source: Source, test: SyntaxNode): Generator<DescribedSplice> {
  const operator = String(test['operator']);
  // Its operator has a twin that says the same.
  if (test.type === 'BinaryExpression' && Object.hasOwn(TWIN_OPERATORS, operator)) return;
  const argument =
    test.type === 'UnaryExpression' && operator === '!' ? childOf(test, 'argument') : undefined;
  const replacement = argument ? standalone(source, argument) : `!${standalone(source, test)}`;
  yield { start: test.start, end: test.end, replacement, says: `not ${short(textOf(source, test))}` };
}

/** Calls that are a module's frame: without them there is nothing. */
const FRAMES = /^(define[A-Z]\w*|setup|createMachine|assign|emit|note)$/;

export function* callEdits(source: Source): Generator<DescribedSplice> {
  for (const { node, parent } of source.nodes) {
    if (node.type !== 'CallExpression' || FRAMES.test(nameOf(node) ?? '')) continue;
    if (parent?.type !== 'ExpressionStatement') yield* droppedCall(source, node);
    yield* swappedArguments(source, node);
  }
}

/** What a call was given, or what it was called on, in its place. */
export function* droppedCall(source: Source, call: SyntaxNode): Generator<DescribedSplice> {
  const callee = childOf(call, 'callee');
  const object = callee?.type === 'MemberExpression' ? childOf(callee, 'object') : undefined;
  // `Math`, `Object` and other names in capitals are no values to go on with.
  const isNamespace =
    object === undefined || object.type === 'Super' || /^[A-Z]/.test(textOf(source, object));
  const kept = isNamespace ? childrenOf(call, 'arguments')[0] : object;
  if (callee === undefined || callee.type === 'Super' || kept === undefined) return;
  if (kept.type === 'SpreadElement' || isFunction(kept)) return;
  const replacement = standalone(source, kept);
  yield { start: call.start, end: call.end, replacement, says: `without ${nameOf(call) ?? 'a call'}()` };
}

/** Each two neighbouring arguments of a call the other way round. */
export function* swappedArguments(source: Source, call: SyntaxNode): Generator<DescribedSplice> {
  const given = childrenOf(call, 'arguments');
  for (const [at, first] of given.slice(0, -1).entries()) {
    const second = given[at + 1] as SyntaxNode;
    if ([first, second].some((one) => one.type === 'SpreadElement' || isFunction(one))) continue;
    const between = source.text.slice(first.end, second.start);
    const replacement = `${textOf(source, second)}${between}${textOf(source, first)}`;
    const says = `arguments ${at + 1} and ${at + 2} of ${nameOf(call) ?? 'a call'}() swapped`;
    yield { start: first.start, end: second.end, replacement, says };
  }
}

function isFunction({ type }: SyntaxNode): boolean {
  return type === 'ArrowFunctionExpression' || type === 'FunctionExpression';
}

/** A piece of source for a description: on one line, at most 60 characters. */
export function short(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length > 60 ? `${line.slice(0, 59)}…` : line;
}
