/** Mutations of what is done when: statements, branches, leaps, returns, and the two sides of an operation. */
import { short } from './expression-edits.ts';
import type { DescribedSplice } from './splice.ts';
import {
  delayedStatement,
  deletedStatement,
  isMovable,
  listsOf,
  repeatedStatement,
} from './statement-edits.ts';
import { childOf, childrenOf, nameOf, standalone, textOf, type Placed, type Source } from './syntax.ts';

export function* deletedStatements(source: Source): Generator<DescribedSplice> {
  for (const statement of listsOf(source).flat())
    if (isMovable(statement)) yield deletedStatement(source, statement);
}

export function* repeatedStatements(source: Source): Generator<DescribedSplice> {
  for (const statement of listsOf(source).flat())
    if (isMovable(statement)) yield* repeatedStatement(source, statement);
}

export function* delayedStatements(source: Source): Generator<DescribedSplice> {
  for (const statements of listsOf(source)) {
    for (const [at, statement] of statements.entries())
      if (isMovable(statement)) yield* delayedStatement(source, statement, statements[at + 1]);
  }
}

/** A function that goes on, or ends with nothing, where it gave something back. */
export function* deletedReturns(source: Source): Generator<DescribedSplice> {
  for (const statement of listsOf(source).flat())
    if (statement.type === 'ReturnStatement') yield deletedStatement(source, statement);
}

export function* deletedLeaps(source: Source): Generator<DescribedSplice> {
  for (const statement of listsOf(source).flat())
    if (isLeap(statement.type)) yield deletedStatement(source, statement);
}

/** `break` for `continue`, and the other way round; none that leaves a `switch`. */
export function* otherLeap(_: Source, { node, parent }: Placed): Generator<DescribedSplice> {
  if (!isLeap(node.type) || childOf(node, 'label') !== undefined || parent?.type === 'SwitchCase') return;
  const [own, other] =
    node.type === 'BreakStatement' ? (['break', 'continue'] as const) : (['continue', 'break'] as const);
  yield { start: node.start, end: node.start + own.length, replacement: other, says: `${own} → ${other}` };
}

function isLeap(type: string): boolean {
  return type === 'BreakStatement' || type === 'ContinueStatement';
}

/** What is done where a condition holds, and where it does not, the other way round. */
export function* swappedBranches(source: Source, { node }: Placed): Generator<DescribedSplice> {
  const [first, second] = [childOf(node, 'consequent'), childOf(node, 'alternate')];
  // An `else if` has an `if` on one side only.
  if (first === undefined || second === undefined || second.type === 'IfStatement') return;
  const between = source.text.slice(first.end, second.start);
  const replacement = `${textOf(source, second)}${between}${textOf(source, first)}`;
  const says = `${short(textOf(source, first))} and ${short(textOf(source, second))} swapped`;
  yield { start: first.start, end: second.end, replacement, says };
}

export function* droppedElse(source: Source, { node }: Placed): Generator<DescribedSplice> {
  const [first, second] = [childOf(node, 'consequent'), childOf(node, 'alternate')];
  if (node.type !== 'IfStatement' || first === undefined || second === undefined) return;
  yield {
    start: first.end,
    end: second.end,
    replacement: '',
    says: `without else ${short(textOf(source, second))}`,
  };
}

/** A condition that always holds, or never does. */
export function* fixedCondition(
  source: Source,
  { node, parent, field }: Placed,
  value: boolean,
): Generator<DescribedSplice> {
  if (field !== 'test' || !/^(If|Conditional)/.test(parent?.type ?? '')) return;
  const replacement = String(value);
  yield {
    start: node.start,
    end: node.end,
    replacement,
    says: `${short(textOf(source, node))} → ${replacement}`,
  };
}

const ORDERED = new Set(['-', '/', '%', '**']);

/** The two sides of an operation whose order matters, swapped. */
export function* swappedOperands(source: Source, { node }: Placed): Generator<DescribedSplice> {
  const [left, right] = [childOf(node, 'left'), childOf(node, 'right')];
  if (node.type !== 'BinaryExpression' || !ORDERED.has(String(node['operator']))) return;
  if (left === undefined || right === undefined) return;
  const between = ` ${String(node['operator'])} `;
  const replacement = `${standalone(source, right)}${between}${standalone(source, left)}`;
  yield {
    start: node.start,
    end: node.end,
    replacement,
    says: `${short(textOf(source, node))} → ${short(replacement)}`,
  };
}

/** `++` for `--`, and the other way round. */
export function* otherStep(_: Source, { node }: Placed): Generator<DescribedSplice> {
  const argument = childOf(node, 'argument');
  if (node.type !== 'UpdateExpression' || argument === undefined) return;
  const own = String(node['operator']);
  const start = node['prefix'] === true ? node.start : node.end - own.length;
  const replacement = own === '++' ? '--' : '++';
  yield { start, end: start + own.length, replacement, says: `${own} → ${replacement}` };
}

/** The last of several arguments left out. */
export function* droppedArgument(source: Source, { node }: Placed): Generator<DescribedSplice> {
  const given = childrenOf(node, 'arguments');
  const [before, last] = given.slice(-2);
  if (node.type !== 'CallExpression' || before === undefined || last === undefined) return;
  const says = `${nameOf(node) ?? 'a call'}() without ${short(textOf(source, last))}`;
  yield { start: before.end, end: last.end, replacement: '', says };
}
