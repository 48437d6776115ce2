/**
 * Mutations as mutation testing knows them: finer kinds of typed single edits than an improver draws from, each one way
 * to err or to mend an error (Jia & Harman 2011 list the classic operators). For programs that are judged by tests:
 * what plants a bug, and what an agent without a language model may try in order to remove one.
 */
import { stateEdits, transitionEdits } from './chart-edits.ts';
import {
  droppedCall,
  swappedArguments,
  swappedMethod,
  swappedOperator,
  textEdits,
  withoutSide,
  type Twins,
} from './expression-edits.ts';
import { splicesOf, type Finders } from './finders.ts';
import {
  delayedStatements,
  deletedLeaps,
  deletedReturns,
  deletedStatements,
  droppedArgument,
  droppedElse,
  fixedCondition,
  otherLeap,
  otherStep,
  repeatedStatements,
  swappedBranches,
  swappedOperands,
} from './flow-mutations.ts';
import { otherFunctions, otherProperties, otherVariables } from './name-mutations.ts';
import type { DescribedSplice, Splice } from './splice.ts';
import { childOf, nameOf, readSource, type Placed, type Source } from './syntax.ts';
import {
  addedMinus,
  droppedMember,
  droppedMinus,
  droppedOffset,
  emptiedText,
  nextNumber,
  offsetDown,
  offsetUp,
  otherTruth,
  previousNumber,
  scaledNumber,
  swappedMembers,
  turnedCondition,
} from './value-mutations.ts';

/** A mutation of one module. */
export interface Mutation extends Splice {
  readonly kind: MutationKind;
  /** From 1. */
  readonly line: number;
  /** Which one of its kind it is among those that begin on its line, from 0: with kind and line, its name. */
  readonly nth: number;
  /** The module's function that it is in; '' where it is in none. */
  readonly within: string;
  /** For people: `"<" → "<="`. */
  readonly says: string;
}

type Finder = (source: Source) => Iterable<DescribedSplice>;

/** What is found at each node in turn. */
function everywhere(find: (source: Source, placed: Placed) => Iterable<DescribedSplice>): Finder {
  return function* (source) {
    for (const placed of source.nodes) yield* find(source, placed);
  };
}

const operators = (twins: Twins): Finder =>
  everywhere((source, { node }) => swappedOperator(source, node, twins));
const methods = (twins: Twins): Finder => everywhere((_, { node }) => swappedMethod(node, twins));

/** Twins where each of a pair stands for the other. */
function pairs(...each: readonly (readonly [string, string])[]): Twins {
  return Object.fromEntries(
    each.flatMap(([one, other]) => [
      [one, [other]],
      [other, [one]],
    ]),
  );
}

const FINDERS = {
  // Operators
  boundary: operators(pairs(['<', '<='], ['>', '>='])),
  direction: operators(pairs(['<', '>'], ['<=', '>='])),
  equality: operators(pairs(['===', '!=='], ['==', '!='])),
  addition: operators(pairs(['+', '-'])),
  multiplication: operators(pairs(['*', '/'])),
  remainder: operators(pairs(['/', '%'])),
  logic: operators(pairs(['&&', '||'])),
  fallback: operators({ '??': ['||'], '||': ['??'] }),
  assignment: operators({ '+=': ['-=', '='], '-=': ['+=', '='], '=': ['+=', '-='] }),
  step: everywhere(otherStep),
  operands: everywhere(swappedOperands),
  // Methods
  quantifier: methods(pairs(['some', 'every'])),
  search: methods(
    pairs(
      ['find', 'findLast'],
      ['findIndex', 'findLastIndex'],
      ['indexOf', 'lastIndexOf'],
      ['startsWith', 'endsWith'],
    ),
  ),
  extremum: methods(pairs(['min', 'max'])),
  rounding: methods({
    floor: ['ceil', 'round', 'trunc'],
    ceil: ['floor', 'round'],
    round: ['floor', 'ceil'],
    trunc: ['floor'],
  }),
  end: methods(
    pairs(['push', 'unshift'], ['pop', 'shift'], ['padStart', 'padEnd'], ['trimStart', 'trimEnd']),
  ),
  case: methods(pairs(['toUpperCase', 'toLowerCase'])),
  view: methods(pairs(['keys', 'values'], ['map', 'flatMap'])),
  // Values
  'number-up': everywhere(nextNumber),
  'number-down': everywhere(previousNumber),
  'number-scaled': everywhere(scaledNumber),
  'minus-dropped': everywhere(droppedMinus),
  'minus-added': everywhere(addedMinus),
  'offset-up': everywhere(offsetUp),
  'offset-down': everywhere(offsetDown),
  'offset-dropped': everywhere(droppedOffset),
  truth: everywhere(otherTruth),
  text: textEdits,
  'text-emptied': everywhere(emptiedText),
  'member-dropped': everywhere(droppedMember),
  'members-swapped': everywhere(swappedMembers),
  // Names
  variable: otherVariables,
  property: otherProperties,
  function: otherFunctions,
  // Conditions
  negation: everywhere(turnedCondition),
  'side-dropped': everywhere((source, { node }) => withoutSide(source, node)),
  'condition-true': everywhere((source, placed) => fixedCondition(source, placed, true)),
  'condition-false': everywhere((source, placed) => fixedCondition(source, placed, false)),
  'branches-swapped': everywhere(swappedBranches),
  'else-dropped': everywhere(droppedElse),
  // Calls
  'call-dropped': everywhere(droppedCallsAt),
  'arguments-swapped': everywhere((source, { node }) => swappedArguments(source, node)),
  'argument-dropped': everywhere(droppedArgument),
  // Statements
  'statement-deleted': deletedStatements,
  'statement-repeated': repeatedStatements,
  'statement-delayed': delayedStatements,
  'return-deleted': deletedReturns,
  leap: everywhere(otherLeap),
  'leap-deleted': deletedLeaps,
  // Statecharts
  transition: transitionEdits,
  state: stateEdits,
} satisfies Finders<string>;

function* droppedCallsAt(source: Source, { node, parent }: Placed): Generator<DescribedSplice> {
  if (node.type === 'CallExpression' && parent?.type !== 'ExpressionStatement')
    yield* droppedCall(source, node);
}

export type MutationKind = keyof typeof FINDERS;

export const MUTATION_KINDS = Object.keys(FINDERS) as readonly MutationKind[];

/**
 * All mutations of a module, kind by kind, or the first so many. Equal texts give equal mutations in the same order; each is a different
 * change, and none leaves the text as it is. What they make of it may be nonsense: it need not even have types that fit.
 *
 * @throws SyntaxError where the text is no TypeScript module.
 * @example mutationsOf('export const one = 1;').every(({ start, end }) => start < end) // true
 */
export function mutationsOf(text: string, most = Infinity): Mutation[] {
  const source = readSource(text);
  const functions = source.nodes.flatMap(({ node, parent }) =>
    node.type === 'FunctionDeclaration' && /^(Program|Export)/.test(parent?.type ?? '') ? [node] : [],
  );
  const seen = new Set<string>();
  const counts = new Map<string, number>();
  const mutations: Mutation[] = [];
  for (const { kind, line, says, start, end, replacement } of splicesOf(source, FINDERS, MUTATION_KINDS)) {
    const change = `${start} ${end} ${replacement}`;
    if (seen.has(change)) continue;
    seen.add(change);
    const around = functions.find((one) => one.start <= start && end <= one.end);
    const within = nameOf(around && childOf(around, 'id')) ?? '';
    const place = `${kind} ${line}`;
    const nth = counts.get(place) ?? 0;
    counts.set(place, nth + 1);
    mutations.push({ kind, line, nth, within, says, start, end, replacement });
    if (mutations.length >= most) break;
  }
  return mutations;
}
