import { isSaidChoice, kindOf, parameterOf } from './demonstration.ts';
import { selectorsFor, type Occurrence } from './selector-induction.ts';
import type { InducedStep, SelectorExpression, TextExpression } from '../skills/skill-program.ts';
import { expressionsFor } from './text-induction.ts';

/**
 * The simplest statement that does what was done in every occurrence: version-space intersection (Mitchell 1982; for
 * programs by example, Lau et al. 2003) over selectors and text expressions.
 *
 * @returns `undefined` where there is none.
 */
export function induceStep(occurrences: readonly Occurrence[]): InducedStep | undefined {
  const first = (occurrences[0] as Occurrence).step;
  const kind = kindOf(first.action);
  if (!KINDS.has(kind)) return undefined;
  if (kind === 'press') {
    const key = parameterOf(first.action, 'key');
    return occurrences.every(({ step }) => parameterOf(step.action, 'key') === key)
      ? { kind, key, elements: [] }
      : undefined;
  }
  const text = textOf(occurrences, kind);
  if (text === null) return undefined;
  const given = typeof text === 'object' ? { text } : {};
  if (WITHOUT_ELEMENT.has(kind)) return { kind, elements: [], ...given };
  const elements = elementsOf(occurrences);
  const to = kind === 'drag' ? elementsOf(occurrences.map(ofWhatItIsDroppedOn)) : undefined;
  if (elements.length === 0 || to?.length === 0) return undefined;
  return { kind: text === 'said' ? 'choose' : kind, elements, ...given, ...(to && { to }) };
}

const WITHOUT_ELEMENT = new Set(['back', 'done', 'accept', 'dismiss']);
const KINDS = new Set([...WITHOUT_ELEMENT, 'click', 'fill', 'select', 'press', 'hover', 'drag', 'upload']);
/** The parameter that holds what is typed, chosen or given. */
const TEXT_OF: Readonly<Record<string, string>> = {
  fill: 'text',
  select: 'option',
  upload: 'file',
  accept: 'text',
};

function elementsOf(occurrences: readonly Occurrence[]): readonly SelectorExpression[] {
  return occurrences.some(({ step }) => step.target === undefined) ? [] : selectorsFor(occurrences);
}

function ofWhatItIsDroppedOn({ step, scope }: Occurrence): Occurrence {
  const to = parameterOf(step.action, 'to');
  return { step: { ...step, target: step.page.elements.find(({ ref }) => ref === to) }, scope };
}

/** What is typed or chosen; `said` for the option that the instruction says, `null` where nothing agrees with all. */
function textOf(
  occurrences: readonly Occurrence[],
  kind: string,
): TextExpression | 'said' | null | undefined {
  const parameter = TEXT_OF[kind];
  const texts = occurrences.map(({ step }) => parameterOf(step.action, parameter ?? ''));
  // A dialog may be accepted without a text.
  if (parameter === undefined || (kind === 'accept' && texts.every((text) => text === ''))) return undefined;
  const isSaid =
    kind === 'select' && occurrences.every(({ step, scope }) => isSaidChoice(step, scope.instruction));
  const expressions = expressionsFor(
    occurrences.map(({ scope }) => scope),
    texts,
  );
  const [simplest] = isSaid ? expressions.filter(({ source }) => !source.startsWith("'")) : expressions;
  return simplest ?? (isSaid ? 'said' : null);
}
