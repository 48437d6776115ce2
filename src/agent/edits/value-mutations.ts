/** Mutations of single values: signs, offsets, truths, negations, empty texts, members of lists. */
import { negated, otherNumber, short } from './expression-edits.ts';
import type { DescribedSplice } from './splice.ts';
import {
  childOf,
  childrenOf,
  standalone,
  textOf,
  type Placed,
  type Source,
  type SyntaxNode,
} from './syntax.ts';

export function nextNumber(source: Source, placed: Placed): Iterable<DescribedSplice> {
  return otherNumber(source, placed, (value) => [value + 1]);
}

export function previousNumber(source: Source, placed: Placed): Iterable<DescribedSplice> {
  return otherNumber(source, placed, (value) => (value >= 1 ? [value - 1] : []));
}

/** Twice and half of a number, where that is another whole one: what off-by-one does not say already. */
export function scaledNumber(source: Source, placed: Placed): Iterable<DescribedSplice> {
  return otherNumber(source, placed, (value) =>
    [value * 2, value / 2].filter((other) => Number.isInteger(other) && Math.abs(other - value) > 1),
  );
}

export function* droppedMinus(source: Source, { node }: Placed): Generator<DescribedSplice> {
  const argument = childOf(node, 'argument');
  if (node.type !== 'UnaryExpression' || node['operator'] !== '-' || argument === undefined) return;
  const kept = standalone(source, argument);
  yield { start: node.start, end: node.end, replacement: kept, says: `-${kept} → ${kept}` };
}

/** A minus before a number or a name that is handed on: returned, chosen, or given to a call. */
export function* addedMinus(source: Source, { node, parent, field }: Placed): Generator<DescribedSplice> {
  const isNumber = node.type === 'NumericLiteral' && node['value'] !== 0;
  if (!(isNumber || node.type === 'Identifier') || parent === undefined) return;
  const isHandedOn =
    parent.type === 'ReturnStatement' ||
    (parent.type === 'ConditionalExpression' && field !== 'test') ||
    (parent.type === 'CallExpression' && field === 'arguments') ||
    (parent.type === 'ArrowFunctionExpression' && field === 'body');
  const own = textOf(source, node);
  if (isHandedOn)
    yield { start: node.start, end: node.end, replacement: `-${own}`, says: `${own} → -${own}` };
}

/** Where one more or one less is a bound or a place: in brackets, beside a comparison, given or returned. */
function isCounted({ node, parent, field }: Placed): boolean {
  const isNumeric =
    node.type === 'Identifier' ||
    node.type === 'MemberExpression' ||
    (node.type === 'BinaryExpression' && /^[-+*/%]$/.test(String(node['operator'])));
  if (!isNumeric || parent === undefined) return false;
  if (parent.type === 'MemberExpression') return field === 'property' && parent['computed'] === true;
  if (parent.type === 'BinaryExpression') return /^[<>]=?$/.test(String(parent['operator']));
  return parent.type === 'ReturnStatement' || (parent.type === 'CallExpression' && field === 'arguments');
}

export function* offsetUp(source: Source, placed: Placed): Generator<DescribedSplice> {
  if (isCounted(placed)) yield withOffset(source, placed.node, '+ 1');
}

export function* offsetDown(source: Source, placed: Placed): Generator<DescribedSplice> {
  if (isCounted(placed)) yield withOffset(source, placed.node, '- 1');
}

function withOffset(source: Source, node: SyntaxNode, offset: string): DescribedSplice {
  const own = textOf(source, node);
  return { start: node.end, end: node.end, replacement: ` ${offset}`, says: `${short(own)} ${offset}` };
}

/** What a 1 is added to or taken from, alone. */
export function* droppedOffset(source: Source, { node }: Placed): Generator<DescribedSplice> {
  const [left, right] = [childOf(node, 'left'), childOf(node, 'right')];
  if (node.type !== 'BinaryExpression' || !/^[-+]$/.test(String(node['operator']))) return;
  if (left === undefined || right?.type !== 'NumericLiteral' || right['value'] !== 1) return;
  const replacement = textOf(source, left);
  yield {
    start: node.start,
    end: node.end,
    replacement,
    says: `${short(textOf(source, node))} → ${replacement}`,
  };
}

export function* otherTruth(_: Source, { node }: Placed): Generator<DescribedSplice> {
  if (node.type !== 'BooleanLiteral') return;
  const replacement = String(node['value'] !== true);
  yield { start: node.start, end: node.end, replacement, says: `${String(node['value'])} → ${replacement}` };
}

export function* emptiedText(source: Source, { node, field }: Placed): Generator<DescribedSplice> {
  if (node.type !== 'StringLiteral' || field === 'key') return;
  const replacement = node['value'] === '' ? `' '` : `''`;
  yield { start: node.start, end: node.end, replacement, says: `${textOf(source, node)} → ${replacement}` };
}

/** A condition, a side of one, or what has a negation already, turned round. */
export function* turnedCondition(
  source: Source,
  { node, parent, field }: Placed,
): Generator<DescribedSplice> {
  const isSide = parent?.type === 'LogicalExpression' && parent['operator'] !== '??';
  const isNegated = node.type === 'UnaryExpression' && node['operator'] === '!';
  if (field === 'test' || isSide || isNegated) yield* negated(source, node);
}

/** Members of a list or an object of their own, one left out. */
export function* droppedMember(source: Source, { node }: Placed): Generator<DescribedSplice> {
  const members = membersOf(node);
  for (const [at, member] of members.entries()) {
    const [before, after] = [members[at - 1], members[at + 1]];
    const start = after === undefined && before !== undefined ? before.end : member.start;
    const end = after === undefined ? member.end : after.start;
    yield { start, end, replacement: '', says: `without ${short(textOf(source, member))}` };
  }
}

/** Neighbours in a list the other way round; in an object, what two neighbouring names stand for. */
export function* swappedMembers(source: Source, { node }: Placed): Generator<DescribedSplice> {
  const members = membersOf(node);
  const values = node.type === 'ArrayExpression' ? members : members.map((one) => childOf(one, 'value'));
  for (const [at, first] of values.entries()) {
    const second = values[at + 1];
    if (first === undefined || second === undefined) continue;
    if ([members[at], members[at + 1]].some((one) => one?.['shorthand'] === true)) continue;
    const between = source.text.slice(first.end, second.start);
    const replacement = `${textOf(source, second)}${between}${textOf(source, first)}`;
    const says = `${short(textOf(source, first))} and ${short(textOf(source, second))} swapped`;
    yield { start: first.start, end: second.end, replacement, says };
  }
}

function membersOf(node: SyntaxNode): SyntaxNode[] {
  if (node.type === 'ArrayExpression') return childrenOf(node, 'elements');
  return node.type === 'ObjectExpression' ? childrenOf(node, 'properties') : [];
}
