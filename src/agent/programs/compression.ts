import type { Term } from './expression.ts';

/**
 * A piece of a program that may come back in others. Where it is open there is a hole: a term whose operator is
 * {@link HOLE}, with the type of what fills it; holes are filled from the left, each by a term of its own.
 */
export interface Abstraction {
  readonly body: Term;
  /** Terms of the corpus that it stands for, before any rewriting. */
  readonly uses: number;
  /** Nodes that the corpus is shorter by, with the abstraction's own counted: uses × (size − 1) − size. */
  readonly utility: number;
}

export const HOLE = '?';

/** Larger pieces hardly ever come back. */
const MOST_NODES = 6;
const MOST_HOLES = 3;

/** Types of an abstraction's holes, from the left. */
export function holesOf(body: Term): string[] {
  return body.operator === HOLE ? [body.type] : body.arguments.flatMap(holesOf);
}

/**
 * Looks for the piece whose abstraction shortens a corpus of programs most (as DreamCoder, Ellis et al. 2021, and Stitch,
 * Bowers et al. 2023, do; here by counting every piece of at most six nodes, which suffices for small programs).
 *
 * @param corpus verified programs.
 * @param isClosed whether a leaf means the same in every program, as a constant does and an argument does not.
 * @returns the best; of equally good ones the first; `undefined` where none makes the corpus shorter.
 */
export function findAbstraction(
  corpus: readonly Term[],
  isClosed: (leaf: Term) => boolean,
): Abstraction | undefined {
  const pieces = new Map<string, { body: Term; uses: number }>();
  for (const term of corpus.flatMap(subterms)) {
    for (const body of piecesAt(term, MOST_NODES, isClosed)) {
      const key = writeTyped(body);
      const known = pieces.get(key);
      if (known === undefined) pieces.set(key, { body, uses: 1 });
      else known.uses++;
    }
  }
  let best: Abstraction | undefined;
  for (const { body, uses } of pieces.values()) {
    const size = sizeOf(body);
    const utility = uses * (size - 1) - size;
    if (size > 1 && utility > (best?.utility ?? 0)) best = { body, uses, utility };
  }
  return best;
}

/** The program with the piece, wherever it occurs from the outside in, replaced by one operator of that name. */
export function abstracted(program: Term, body: Term, name: string): Term {
  const fillings = matchOf(program, body);
  const args = (fillings ?? program.arguments).map((argument) => abstracted(argument, body, name));
  return { operator: fillings ? name : program.operator, type: program.type, arguments: args };
}

/** What fills the holes of a piece where a term begins with it; `undefined` where it does not. */
function matchOf(term: Term, body: Term): Term[] | undefined {
  if (term.type !== body.type) return undefined;
  if (body.operator === HOLE) return [term];
  if (term.operator !== body.operator || term.arguments.length !== body.arguments.length) return undefined;
  const fillings: Term[] = [];
  for (const [index, argument] of term.arguments.entries()) {
    const found = matchOf(argument, body.arguments[index] as Term);
    if (found === undefined) return undefined;
    fillings.push(...found);
  }
  return fillings;
}

function subterms(term: Term): Term[] {
  return [term, ...term.arguments.flatMap(subterms)];
}

/** Nodes that are not holes. */
function sizeOf({ operator, arguments: args }: Term): number {
  return args.reduce((sum, argument) => sum + sizeOf(argument), operator === HOLE ? 0 : 1);
}

function writeTyped({ operator, type, arguments: args }: Term): string {
  return `${operator}:${type}(${args.map(writeTyped).join()})`;
}

/** Every piece of at most so many nodes that a term begins with. A leaf that is not closed can only be a hole. */
function piecesAt(term: Term, nodes: number, isClosed: (leaf: Term) => boolean): Term[] {
  if (nodes < 1 || (term.arguments.length === 0 && !isClosed(term))) return [];
  let choices: { args: Term[]; left: number }[] = [{ args: [], left: nodes - 1 }];
  for (const argument of term.arguments) {
    const hole: Term = { operator: HOLE, type: argument.type, arguments: [] };
    choices = choices.flatMap(({ args, left }) =>
      [hole, ...piecesAt(argument, left, isClosed)].map((choice) => ({
        args: [...args, choice],
        left: left - sizeOf(choice),
      })),
    );
  }
  return choices
    .map(({ args }) => ({ ...term, arguments: args }))
    .filter((piece) => holesOf(piece).length <= MOST_HOLES);
}
