/** Edits of statements, and of the facts that are noted by statements `note('name', value)`. */
import { short } from './expression-edits.ts';
import type { DescribedSplice } from './splice.ts';
import { childOf, childrenOf, nameOf, stringValue, textOf, type Source, type SyntaxNode } from './syntax.ts';

/** Statements that neither declare what others need nor leave the function. */
const MOVABLE = new Set([
  'ExpressionStatement',
  'ForInStatement',
  'ForOfStatement',
  'ForStatement',
  'IfStatement',
  'WhileStatement',
]);

export function* statementEdits(source: Source): Generator<DescribedSplice> {
  for (const statements of listsOf(source)) {
    for (const [at, statement] of statements.entries()) {
      if (!isMovable(statement)) continue;
      yield deletedStatement(source, statement);
      yield* repeatedStatement(source, statement);
      yield* delayedStatement(source, statement, statements[at + 1]);
    }
  }
}

/** Whether a statement can go or change places: what notes a fact has edits of its own. */
export function isMovable(statement: SyntaxNode): boolean {
  return MOVABLE.has(statement.type) && noteOf(statement) === undefined;
}

export function deletedStatement(source: Source, statement: SyntaxNode): DescribedSplice {
  const says = `without ${short(textOf(source, statement))}`;
  return { ...linesOf(source, statement), replacement: '', says };
}

/** The statement said twice, where that is no declaration and no branch. */
export function* repeatedStatement(source: Source, statement: SyntaxNode): Generator<DescribedSplice> {
  if (statement.type !== 'ExpressionStatement') return;
  const own = textOf(source, statement);
  const replacement = `\n${indentOf(source, statement)}${own}`;
  yield { start: statement.end, end: statement.end, replacement, says: `twice ${short(own)}` };
}

/** The statement after the one that follows it, where that can move too. */
export function* delayedStatement(
  source: Source,
  statement: SyntaxNode,
  next: SyntaxNode | undefined,
): Generator<DescribedSplice> {
  if (next === undefined || !MOVABLE.has(next.type)) return;
  const own = textOf(source, statement);
  const between = source.text.slice(statement.end, next.start);
  const replacement = `${textOf(source, next)}${between}${own}`;
  yield { start: statement.start, end: next.end, replacement, says: `after the next: ${short(own)}` };
}

export function* removedFeatures(source: Source): Generator<DescribedSplice> {
  for (const statement of listsOf(source).flat()) {
    const note = noteOf(statement);
    if (note !== undefined)
      yield { ...linesOf(source, statement), replacement: '', says: `without "${note.name}"` };
  }
}

export function* addedFeatures(source: Source): Generator<DescribedSplice> {
  for (const statements of listsOf(source)) {
    const notes = statements.flatMap((statement) => noteOf(statement) ?? []);
    const known = new Set(notes.map(({ name }) => name));
    // A conjunction of conjunctions would be too rare to learn from.
    const single = notes.filter(({ name }) => !name.includes(' & '));
    for (const [at, first] of single.entries()) {
      for (const second of single.slice(at + 1)) {
        const name = `${first.name} & ${second.name}`;
        if (known.has(name)) continue;
        const value = `Number(${textOf(source, first.value)}) * Number(${textOf(source, second.value)})`;
        const { end } = second.statement;
        const line = `note(${quoted(name)}, ${value});`;
        const replacement = `\n${indentOf(source, second.statement)}${line}`;
        yield { start: end, end, replacement, says: `with "${name}"` };
      }
    }
  }
}

/** Lists of statements that follow each other. */
export function listsOf({ nodes }: Source): SyntaxNode[][] {
  return nodes.flatMap(({ node }) => {
    if (node.type === 'BlockStatement' || node.type === 'Program') return [childrenOf(node, 'body')];
    return node.type === 'SwitchCase' ? [childrenOf(node, 'consequent')] : [];
  });
}

interface Note {
  readonly statement: SyntaxNode;
  readonly name: string;
  readonly value: SyntaxNode;
}

function noteOf(statement: SyntaxNode): Note | undefined {
  const call = childOf(statement, 'expression');
  if (statement.type !== 'ExpressionStatement' || call?.type !== 'CallExpression') return undefined;
  if (nameOf(call) !== 'note') return undefined;
  const [first, value] = childrenOf(call, 'arguments');
  const name = stringValue(first);
  return name === undefined || value === undefined ? undefined : { statement, name, value };
}

/** A statement together with the lines that it alone stands on. */
function linesOf({ text }: Source, { start, end }: SyntaxNode): { start: number; end: number } {
  const before = /(^|\n)[ \t]*$/.exec(text.slice(0, start));
  const after = /^[ \t]*\n/.exec(text.slice(end));
  if (before === null || after === null) return { start, end };
  return { start: before.index + (before[1] ?? '').length, end: end + after[0].length };
}

function indentOf({ text }: Source, { start }: SyntaxNode): string {
  return /[ \t]*$/.exec(text.slice(text.lastIndexOf('\n', start - 1) + 1, start))?.[0] ?? '';
}

function quoted(text: string): string {
  return /['\\]/.test(text) ? JSON.stringify(text) : `'${text}'`;
}
