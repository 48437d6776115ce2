/**
 * Typed single edits of a program's source: each changes one thing of one kind, as a splice of the text, so that
 * formatting and comments stay. What an agent's improver tries on its own code is drawn from these (mutation operators,
 * as mutation testing and genetic improvement know them).
 */
import { stateEdits, transitionEdits } from './chart-edits.ts';
import { callEdits, conditionEdits, numberEdits, operatorEdits, textEdits } from './expression-edits.ts';
import { splicesOf, type Finders } from './finders.ts';
import type { Splice } from './splice.ts';
import { addedFeatures, removedFeatures, statementEdits } from './statement-edits.ts';
import { readSource } from './syntax.ts';

/** An edit of one file of a program. */
export interface SourceEdit extends Splice {
  readonly path: string;
  readonly kind: EditKind;
  /** For people: `features/clicking.ts:31 operator "<" → "<="`. */
  readonly description: string;
}

const FINDERS = {
  /** An operator for another of its type (`<` and `<=`, `&&` and `||`), or a method for its twin (`some` and `every`). */
  operator: operatorEdits,
  /** A number made larger or smaller. */
  number: numberEdits,
  /** A text for another that is used in the same role in the file. */
  text: textEdits,
  /** A condition negated, or one side of a conjunction or disjunction dropped. */
  condition: conditionEdits,
  /** A call dropped (what it was given stands in its place), or two of its arguments swapped. */
  call: callEdits,
  /** A statement deleted, said twice, or swapped with the next. */
  statement: statementEdits,
  /** A fact that is no longer noted: a statement `note('name', value)` deleted. */
  'feature-removed': removedFeatures,
  /** A conjunction of two noted facts, noted as a third. */
  'feature-added': addedFeatures,
  /** A transition of a statechart led elsewhere, removed, moved up, or guarded otherwise. */
  transition: transitionEdits,
  /** A state of a statechart bypassed, put in between, or doing something else on entry. */
  state: stateEdits,
} satisfies Finders<string>;

export type EditKind = keyof typeof FINDERS;

export const EDIT_KINDS = Object.keys(FINDERS) as readonly EditKind[];

/**
 * All single edits of the TypeScript modules among `files`, found file by file as they are asked for. Equal files give
 * equal edits in the same order; no edit leaves the text as it is.
 *
 * @param only.paths those files; default every `.ts`.
 * @param only.kinds those kinds; default all.
 * @throws SyntaxError where a file is no TypeScript module.
 * @example [...editsOf({ 'a.ts': 'export const older = (a: number, b: number) => a < b;' })].some(({ replacement }) => replacement === '<=') // true
 */
export function* editsOf(
  files: Readonly<Record<string, string>>,
  only: { readonly paths?: readonly string[]; readonly kinds?: readonly EditKind[] } = {},
): Generator<SourceEdit, void, undefined> {
  const paths = only.paths ?? Object.keys(files).filter((path) => path.endsWith('.ts'));
  for (const path of paths) {
    const text = Object.hasOwn(files, path) ? files[path] : undefined;
    if (text === undefined) continue;
    const kinds = only.kinds ?? EDIT_KINDS;
    for (const { kind, line, says, start, end, replacement } of splicesOf(readSource(text), FINDERS, kinds))
      yield { path, kind, start, end, replacement, description: `${path}:${line} ${kind} ${says}` };
  }
}
