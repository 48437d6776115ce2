import MagicString from 'magic-string';
import { TICK, type ReadSource, type SyntaxNode } from './read-source.ts';

/**
 * Puts a call of the tick at the head of each loop body, each function and each static block of a text without types: every
 * way in which code can go on for ever passes one. What is metered has to be the text that runs, or to be read as it is.
 */
export function meterSource({ text, nodes }: ReadSource, edit?: (edits: MagicString) => void): string {
  const edits = new MagicString(text);
  // Inner nodes first: where two insertions meet, the inner one must stand inside.
  for (let index = nodes.length - 1; index >= 0; index--) {
    const node = nodes[index] as SyntaxNode;
    insertTick(edits, node);
    splitComment(edits, text, node);
  }
  edit?.(edits);
  return edits.toString();
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

function insertTick(edits: MagicString, node: SyntaxNode): void {
  if (node.type === 'StaticBlock') {
    const [first] = node['body'] as SyntaxNode[];
    if (first) edits.prependRight(first.start, `${TICK}();`);
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

/** `a <!--b` is a comparison in a module; where modules run as scripts, all from its `<` on would be a comment. */
function splitComment(edits: MagicString, text: string, node: SyntaxNode): void {
  if (node.type === 'UnaryExpression' && text.startsWith('<!--', node.start - 1))
    edits.appendLeft(node.start, ' ');
}
