/** Which lines of a module run: counters are put before statements and into branches (statement coverage). */
import { applyEdit, type Splice } from './splice.ts';
import { readSource, type Placed, type SyntaxNode } from './syntax.ts';

export interface Traced {
  /** The module with its counters: it calls the function of that name with the number of each place that it comes to. */
  readonly text: string;
  /** The lines of the module, from 1, that run where these places were come to. */
  linesOf(places: Iterable<number>): number[];
}

const STATEMENT = /(Statement|VariableDeclaration)$/;
const BODIES = /^(If|For|ForIn|ForOf|While|DoWhile)Statement$/;

/**
 * A module with counters in it, by which its lines are known that run.
 *
 * @param counter name of a function that the module finds in scope, and does not use itself
 * @throws SyntaxError where the text is no TypeScript module
 *
 * @example
 * const { text, linesOf } = traced('export const half = (n) =>\n  n / 2;\n', 'count');
 * // text: export const half = (n) =>\n  (count(0), (n / 2));\n
 * linesOf([0]); // [2]
 */
export function traced(text: string, counter: string): Traced {
  const places: SyntaxNode[] = [];
  const splices: Splice[] = [];
  // Parents come before children: what is inside is put in place before what is around it.
  for (const placed of readSource(text).nodes.toReversed()) {
    const around = surroundingOf(placed);
    if (around === undefined) continue;
    const { start, end } = placed.node;
    const [before, after] = around(`${counter}(${places.length})`);
    places.push(placed.node);
    splices.push({ start, end: start, replacement: before }, { start: end, end, replacement: after });
  }
  return {
    text: inserted(text, splices),
    linesOf: (reached) => linesRun(text, places, new Set(reached)),
  };
}

/** What stands before a node and behind it, where it is counted; undefined where it is not. */
function surroundingOf({ node, parent, field }: Placed): ((count: string) => [string, string]) | undefined {
  if (parent === undefined) return undefined;
  if (STATEMENT.test(node.type) && node.type !== 'BlockStatement') {
    if (/^(BlockStatement|SwitchCase)$/.test(parent.type)) return (count) => [`${count};`, ''];
    if (BODIES.test(parent.type) && /^(body|consequent|alternate)$/.test(field))
      return (count) => [`{${count};`, '}'];
    return undefined;
  }
  const isBranch =
    (parent.type === 'ArrowFunctionExpression' && field === 'body' && node.type !== 'BlockStatement') ||
    (parent.type === 'ConditionalExpression' && field !== 'test') ||
    (parent.type === 'LogicalExpression' && field === 'right');
  return isBranch ? (count) => [`(${count}, (`, '))'] : undefined;
}

/** Texts put into a text; of those for one place, the first ends up innermost. */
function inserted(text: string, splices: readonly Splice[]): string {
  const before = new Map<number, string>();
  for (const { start, replacement } of splices) {
    const there = before.get(start) ?? '';
    before.set(start, /^[})]/.test(replacement) ? there + replacement : replacement + there);
  }
  return [...before]
    .sort(([one], [other]) => other - one)
    .reduce((changed, [start, replacement]) => applyEdit(changed, { start, end: start, replacement }), text);
}

/** A line runs where a place that begins on it is reached; one on which none begins belongs to the smallest place around it. */
function linesRun(text: string, places: readonly SyntaxNode[], reached: ReadonlySet<number>): number[] {
  let offset = 0;
  return text.split('\n').flatMap((line, index) => {
    const [from, until] = [offset, offset + line.length];
    offset = until + 1;
    const beginning = places.flatMap(({ start }, place) => (start >= from && start <= until ? [place] : []));
    const around = places.flatMap(({ start, end }, place) => (start < from && end > from ? [place] : []));
    const [smallest] = around.sort((one, other) => sizeOf(places[one]) - sizeOf(places[other]));
    const deciding = beginning.length > 0 ? beginning : smallest === undefined ? [] : [smallest];
    return deciding.some((place) => reached.has(place)) ? [index + 1] : [];
  });
}

function sizeOf(node: SyntaxNode | undefined): number {
  return node === undefined ? 0 : node.end - node.start;
}
