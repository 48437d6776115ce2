import { TELLING_STATES, type TokenStep } from './demonstration.ts';
import type { PageElement } from '../../protocol/index.ts';
import { labelOf } from '../page/page.ts';
import { isSuch, lookAt } from '../page/page-query.ts';
import {
  selectorFor,
  type Scope,
  type SelectorExpression,
  type SelectorField,
  type TextExpression,
} from '../skills/skill-program.ts';
import { quote } from '../skills/skill-source.ts';
import { constantOf, expressionsFor, numbers, quotedTexts } from './text-induction.ts';

/** A step that was taken, and what could be read then. */
export interface Occurrence {
  readonly step: TokenStep;
  readonly scope: Scope;
}

/** Names that a selector may list, and ways of finding that it may try one after the other. */
const MOST_NAMES = 12;
const MOST_ALTERNATIVES = 3;
/** Occurrences that an alternative must be right about, so that it is no mere memory. */
const LEAST_COVERED = 2;

/** What a selector goes by: texts of the instruction, fixed names, or only a place. */
type Basis = 'said' | 'named' | 'placed';

interface Candidate {
  readonly selector: SelectorExpression;
  readonly basis: Basis;
}

/** What each basis costs beside a further field: what the instruction says carries over to tasks not met yet. */
const COST: Readonly<Record<Basis, number>> = { said: 0, placed: 0.5, named: 0.7 };

/** What each name of a list costs. */
const COST_OF_NAME = 0.05;

function costOf(candidate: Candidate): number {
  const { selector, basis } = candidate;
  return COST[basis] + selector.fields.length + namesIn(candidate) * COST_OF_NAME;
}

/**
 * Ways to find the elements acted on: the simplest selector that names each of them; behind fixed names, as a fallback
 * for names not met yet, the simplest that goes by place. Where none is right everywhere, several that are never wrong
 * before the next is asked.
 */
export function selectorsFor(occurrences: readonly Occurrence[]): SelectorExpression[] {
  const targets = occurrences.map(({ step }) => step.target as PageElement);
  const pages = occurrences.map(({ step }) => lookAt(step.page));
  const judge = ({ selector }: Candidate, open: readonly number[]) => {
    const right: number[] = [];
    for (const at of open) {
      const found = pages[at]?.find(selectorFor(selector, (occurrences[at] as Occurrence).scope));
      if (found === targets[at]) right.push(at);
      else if (found !== undefined) return [];
    }
    return right;
  };
  let open = occurrences.map((_, at) => at);
  const candidates = candidatesFor(occurrences, targets);
  const judged = candidates.map((candidate) => ({ candidate, right: judge(candidate, open) }));
  const agreeing = judged
    .filter(({ right }) => right.length === open.length)
    .map(({ candidate }) => candidate);
  if (agreeing.length > 0) return withFallback(agreeing);
  const chosen: SelectorExpression[] = [];
  while (open.length > 0 && chosen.length < MOST_ALTERNATIVES) {
    // A list of names must earn each of them.
    const best = candidates
      .map((candidate) => ({ candidate, right: judge(candidate, open) }))
      .map((one) => ({ ...one, gain: one.right.length - namesIn(one.candidate) }))
      .reduce((left, right) => (right.gain > left.gain ? right : left));
    if (best.right.length < LEAST_COVERED) return [];
    chosen.push(best.candidate.selector);
    open = open.filter((at) => !best.right.includes(at));
  }
  return open.length === 0 ? chosen : [];
}

function namesIn({ selector }: Candidate): number {
  const lists = selector.fields.map(({ value }) => value.source.split("', '").length - 1);
  return lists.reduce((sum, names) => sum + names, 0);
}

function withFallback(agreeing: readonly Candidate[]): SelectorExpression[] {
  const [first] = agreeing as [Candidate];
  if (first.basis === 'said') return [first.selector];
  const named = agreeing.find(({ basis }) => basis === 'named');
  if (first.selector.fields.length === 0) return [first.selector, ...(named ? [named.selector] : [])];
  const placed = agreeing.find(({ basis }) => basis === 'placed');
  return [named, placed].flatMap((candidate) => candidate?.selector ?? []);
}

/** Selectors that may name the targets, the simplest first. */
function candidatesFor(occurrences: readonly Occurrence[], targets: readonly PageElement[]): Candidate[] {
  const scopes = occurrences.map(({ scope }) => scope);
  const role = targets[0]?.role ?? '';
  const isOftenSo = (field: SelectorField) => {
    const isSo = ({ step, scope }: Occurrence, at: number) =>
      isSuch(step.page, targets[at] as PageElement, selectorFor({ role, fields: [field] }, scope));
    return occurrences.filter(isSo).length >= Math.min(LEAST_COVERED, occurrences.length);
  };
  const names = namesOf(scopes, targets);
  const [said, named] = [names.said.filter(isOftenSo), names.named.filter(isOftenSo)];
  const texts = [...quotedTexts(scopes), ...numbers()];
  const beside = [...texts.map(fieldOf('inRowWith')), ...texts.map(fieldOf('inGroupWith'))].filter(isOftenSo);
  const nearest = texts.map(fieldOf('nearest'));
  const states = statesOf(targets);
  const places = [0, -1, 1, -2, 2].map((nth) => fieldOf('nth')({ source: String(nth), valueFor: () => nth }));
  const first = places.slice(0, 1);
  const ordinal = fieldOf('nth')({
    source: 'instruction.ordinal(0)',
    valueFor: ({ instruction }) => instruction.ordinal(0),
  });
  const all: readonly (readonly [Basis, readonly (readonly SelectorField[])[]])[] = [
    ['said', product(said)],
    ['said', product(beside)],
    ['said', product(nearest)],
    ['said', product(said, beside)],
    ['named', product(named, beside)],
    ['said', product(said, states)],
    ['said', product(beside, states)],
    ['said', product(said, nearest)],
    ['said', [[ordinal], ...product(named, [ordinal])]],
    ['said', product(said, states, first)],
    ['said', product(said, beside, first)],
    ['said', product(beside, states, first)],
    ['placed', [[]]],
    ['placed', product(states)],
    ['placed', product(places)],
    ['placed', product(states, first)],
    ['named', product(named)],
    ['named', product(named, states)],
    ['named', product(named, places)],
    ['said', product(said, places)],
  ];
  return all
    .flatMap(([basis, lists]) => lists.map((fields) => ({ basis, selector: { role, fields } })))
    .sort((left, right) => costOf(left) - costOf(right));
}

const fieldOf =
  (key: SelectorField['key']) =>
  (value: SelectorField['value']): SelectorField => ({ key, value });

/** All ways to take one of each. */
function product(...choices: readonly (readonly SelectorField[])[]): SelectorField[][] {
  return choices.reduce<SelectorField[][]>(
    (lists, fields) => lists.flatMap((list) => fields.map((field) => [...list, field])),
    [[]],
  );
}

/** Ways to speak of the labels of elements: by what the instruction says, and by fixed names. */
function namesOf(scopes: readonly Scope[], targets: readonly PageElement[]) {
  const labels = targets.map(labelOf);
  const agreeing = expressionsFor(scopes, labels);
  const isFixed = ({ source }: TextExpression) => source.startsWith("'");
  const instruction = { source: 'instruction', valueFor: (scope: Scope) => scope.instruction };
  const said: SelectorField[] = [
    ...agreeing.filter((one) => !isFixed(one)).map(fieldOf('name')),
    fieldOf('saidIn')(instruction),
    ...(targets.every(({ options }) => options) ? [fieldOf('offers')(instruction)] : []),
    ...[...quotedTexts(scopes), ...numbers()].map(fieldOf('nameHolds')),
  ];
  const shown = targets.map((target) => target.text ?? labelOf(target));
  const prefix = commonPrefix(labels);
  const named: SelectorField[] = [
    ...agreeing.filter(isFixed).map(fieldOf('name')),
    ...listOf('name', labels),
    ...(shown.some((text, at) => text !== labels[at]) ? listOf('shows', shown) : []),
    ...(prefix === '' ? [] : [fieldOf('nameHolds')(constantOf(prefix))]),
  ];
  return { said, named };
}

function listOf(key: SelectorField['key'], texts: readonly string[]): SelectorField[] {
  const names = [...new Set(texts)].sort();
  if (names.length > MOST_NAMES || (names.length < 2 && key === 'name')) return [];
  return [fieldOf(key)({ source: `[${names.map(quote).join(', ')}]`, valueFor: () => names })];
}

/** The words that all labels begin with, where they differ. */
function commonPrefix(labels: readonly string[]): string {
  const lists = labels.map((label) => label.split(' '));
  const [first = []] = lists;
  if (new Set(labels).size < 2) return '';
  let length = 0;
  while (lists.every((words) => words[length] !== undefined && words[length] === first[length])) length++;
  return first.slice(0, length).join(' ');
}

/** What the elements have in common that acting on them may change: a state that they are not in, or nothing in them. */
function statesOf(targets: readonly PageElement[]): SelectorField[] {
  const inAll = (word: string) => targets.every(({ state }) => state?.includes(word));
  const inNone = (word: string) => !targets.some(({ state }) => state?.includes(word));
  const role = targets[0]?.role ?? '';
  const words = [...TELLING_STATES];
  return [
    ...words.filter(inAll).map((word): SelectorField => ({ key: 'is', value: constantOf(word) })),
    ...(STATED.get(role) ?? [])
      .filter(inNone)
      .map((word): SelectorField => ({ key: 'isNot', value: constantOf(word) })),
    ...(targets.every(({ value }) => value === '') ? [{ key: 'value', value: constantOf('') } as const] : []),
  ];
}

/** States that elements of a role can be in. */
const STATED = new Map([
  ['checkbox', ['checked']],
  ['switch', ['checked']],
  ['radio', ['checked']],
  ['menuitemcheckbox', ['checked']],
  ['tab', ['selected']],
  ['option', ['selected']],
  ['treeitem', ['expanded', 'selected']],
  ['button', ['expanded', 'pressed']],
]);
