import { TELLING_STATES } from './demonstration.ts';
import type { PageElement } from '../../protocol/index.ts';
import { labelOf, type PageView } from '../page/page.ts';
import { lookAt } from '../page/page-query.ts';
import {
  isSo,
  selectorFor,
  type Condition,
  type Literal,
  type Scope,
  type SelectorExpression,
  type SelectorField,
} from '../skills/skill-program.ts';
import { quote } from '../skills/skill-source.ts';
import { withoutQuotes, wordsOf } from '../page/spans.ts';
import { quotedTexts } from './text-induction.ts';

/** A page at which a condition was so or not. */
export interface Moment {
  readonly page: PageView;
  readonly scope: Scope;
}

const MOST_LITERALS = 3;
/** A fixed name that is merely there at fewer moments is there by accident. */
const LEAST_MOMENTS = 3;

/**
 * A conjunction that holds at all positive moments and at no negative one, found greedily as in FOIL (Quinlan 1990):
 * the literal that excludes the most comes first, the simpler of equals. What is acted on must be there in any case.
 *
 * @param own how the element is found that is acted on where the condition holds.
 * @param next how the element is found that is acted on after it.
 * @param first what is asked first: what the page shows, or what the instruction says.
 * @returns `undefined` where no such conjunction is short enough.
 */
export function induceCondition(
  positives: readonly Moment[],
  negatives: readonly Moment[],
  own: readonly SelectorExpression[],
  next: readonly SelectorExpression[] = [],
  first: 'page' | 'words' = 'page',
): Condition | undefined {
  const isThere: Literal = { has: own, isNegated: false };
  const chosen: Literal[] = [];
  let left = negatives;
  const take = (literal: Literal) => {
    chosen.push(literal);
    left = left.filter((moment) => isTrue(literal, moment));
  };
  if (own.length > 0 && positives.every((moment) => isTrue(isThere, moment))) take(isThere);
  const candidates = literalsFor(positives, negatives, own, next, first).filter((literal) =>
    positives.every((moment) => isTrue(literal, moment)),
  );
  while (left.length > 0 && chosen.length <= MOST_LITERALS) {
    const counts = candidates.map((literal) => left.filter((moment) => !isTrue(literal, moment)).length);
    const most = Math.max(0, ...counts);
    if (most === 0) return undefined;
    take(candidates[counts.indexOf(most)] as Literal);
  }
  return left.length === 0 ? withoutRedundant(chosen) : undefined;
}

/** A sharper selector of the same element says that it is there, too. */
function withoutRedundant(condition: readonly Literal[]): Condition {
  const [first, ...others] = condition;
  if (first === undefined || !('has' in first) || first.isNegated) return condition;
  const isImplied = others.some(
    (other) =>
      'has' in other &&
      !other.isNegated &&
      other.has.length === first.has.length &&
      other.has.every(
        (selector, at) =>
          first.has[at]?.fields.every((field) => selector.fields.includes(field)) === true &&
          selector.role === first.has[at]?.role,
      ),
  );
  return isImplied ? others : condition;
}

function isTrue(literal: Literal, { page, scope }: Moment): boolean {
  return isSo([literal], scope, lookAt(page));
}

/** What may tell positive from negative moments, the simplest first. */
function literalsFor(
  positives: readonly Moment[],
  negatives: readonly Moment[],
  own: readonly SelectorExpression[],
  next: readonly SelectorExpression[],
  first: 'page' | 'words',
): Literal[] {
  const onPage: Literal[] = [
    ...(next.length > 0 ? [{ has: next, isNegated: true }] : []),
    ...presences(positives).map((selector) => ({ has: [selector], isNegated: false })),
    ...presences(negatives).map((selector) => ({ has: [selector], isNegated: true })),
  ];
  const inWords = [
    ...words(positives, false, foundBy(own, positives)),
    ...words(negatives, true, foundBy(own, negatives)),
  ];
  return [
    ...qualified(positives, own),
    ...(first === 'page' ? [...onPage, ...inWords] : [...inWords, ...onPage]),
  ];
}

function foundBy(
  own: readonly SelectorExpression[],
  moments: readonly Moment[],
): (PageElement | undefined)[] {
  return moments.map(({ page, scope }) =>
    lookAt(page).find(...own.map((selector) => selectorFor(selector, scope))),
  );
}

/** The element acted on, together with a state that it has at all positive moments. */
function qualified(positives: readonly Moment[], own: readonly SelectorExpression[]): Literal[] {
  const found = foundBy(own, positives);
  if (own.length === 0 || found.includes(undefined)) return [];
  return qualifiers(found as PageElement[], positives).map((field) => ({
    has: own.map(({ role, fields }) => ({ role, fields: [...fields, field] })),
    isNegated: false,
  }));
}

function qualifiers(elements: readonly PageElement[], moments: readonly Moment[]): SelectorField[] {
  const fixed = (text: string) => ({ source: quote(text), valueFor: () => text });
  const states = [...TELLING_STATES, 'disabled'];
  return [
    ...states
      .filter((word) => elements.every(({ state }) => state?.includes(word)))
      .map((word): SelectorField => ({ key: 'is', value: fixed(word) })),
    ...states
      .filter((word) => !elements.some(({ state }) => state?.includes(word)))
      .map((word): SelectorField => ({ key: 'isNot', value: fixed(word) })),
    ...(elements.every(({ value }) => value === '') ? [{ key: 'value', value: fixed('') } as const] : []),
    ...(elements.every(({ options }) => options !== undefined)
      ? [
          {
            key: 'offers',
            value: { source: 'instruction', valueFor: ({ instruction }: Scope) => instruction },
          } as const,
        ]
      : []),
    ...quotedTexts(moments.map(({ scope }) => scope)).map((value): SelectorField => ({
      key: 'value',
      value,
    })),
  ];
}

/** Elements that are there at every one of the moments, by name and by what they hold of the instruction. */
function presences(moments: readonly Moment[]): SelectorExpression[] {
  const [first, ...others] = moments;
  if (first === undefined) return [];
  const texts = quotedTexts(moments.map(({ scope }) => scope));
  const byRole = [...new Set(first.page.elements.map(({ role }) => role))];
  const named = first.page.elements.filter(
    ({ role, name }) =>
      name !== '' &&
      moments.length >= LEAST_MOMENTS &&
      others.every(({ page }) => page.elements.some((one) => one.role === role && one.name === name)),
  );
  const nth: SelectorField = { key: 'nth', value: { source: '0', valueFor: () => 0 } };
  const candidates: SelectorExpression[] = [
    ...byRole.map((role) => ({ role, fields: [nth] })),
    ...named.map((element) => ({
      role: element.role,
      fields: [
        {
          key: 'name',
          value: { source: quote(labelOf(element)), valueFor: () => labelOf(element) },
        } as const,
        nth,
      ],
    })),
    ...byRole.flatMap((role) =>
      texts.flatMap((value) =>
        (['name', 'nameHolds', 'value'] as const).map((key) => ({ role, fields: [{ key, value }, nth] })),
      ),
    ),
  ];
  return candidates.filter((selector) =>
    moments.every(({ page, scope }) => lookAt(page).has(selectorFor(selector, scope))),
  );
}

/**
 * Words that the instruction wants, or refuses, at every one of the moments: first those that the elements are labelled
 * with, the longer of equals.
 */
function words(
  moments: readonly Moment[],
  isNegated: boolean,
  elements: readonly (PageElement | undefined)[],
): Literal[] {
  const [first] = moments;
  if (first === undefined) return [];
  const labels = new Set(elements.flatMap((element) => (element ? wordsOf(labelOf(element)) : [])));
  const said = [...new Set(wordsOf(withoutQuotes(first.scope.instruction.text)))];
  const rankOf = (word: string) => (labels.has(word) ? 100 : 0) + word.length;
  return said
    .sort((left, right) => rankOf(right) - rankOf(left))
    .flatMap((word): Literal[] => [
      ...(moments.every(({ scope }) => scope.instruction.wants(word))
        ? [{ word, isRefused: false, isNegated }]
        : []),
      ...(moments.every(({ scope }) => scope.instruction.refuses(word))
        ? [{ word, isRefused: true, isNegated }]
        : []),
    ]);
}
