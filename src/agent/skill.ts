import type { Action } from './contract.ts';
import { groupOf, labelOf, rowOf, type PageElement, type PageView } from './page.ts';
import {
  isSameWord,
  numberSpans,
  quotedSpans,
  shareOfWords,
  withoutQuotes,
  wordsAround,
  wordsOf,
  type Span,
} from './spans.ts';

/** What an element is known by. All that is given must hold, texts without regard to case. */
export interface Selector {
  readonly role: string;
  /** Its whole label; of several, any. `undefined` (an argument that is not there) matches nothing. */
  readonly name?: string | readonly string[] | undefined;
  /** A part of its label. */
  readonly nameHolds?: string | undefined;
  /** An instruction that says every word that it shows, outside of quotes. */
  readonly saidIn?: Instruction;
  /** A text in the same row. */
  readonly inRowWith?: string | undefined;
  /** A text among what comes after the previous element of the same role and name. */
  readonly inGroupWith?: string | undefined;
  /** The text of another element: of those that match, the one nearest to its height is meant. */
  readonly nearest?: string | undefined;
  /** Place among those that match, from 0, or from the end with −1. Without it there must be just one. */
  readonly nth?: number;
}

/** A page with a way to find elements. */
export interface Page {
  readonly view: PageView;
  /** The one element that a selector names; `undefined` where there is none, or more than one. */
  find(selector: Selector): PageElement | undefined;
  has(selector: Selector): boolean;
}

/** An instruction with a way to read its arguments. Places count from 0, or from the end with −1. */
export interface Instruction {
  readonly text: string;
  /** A quoted text. */
  quoted(place: number): string | undefined;
  /** A numeral outside of quotes. */
  number(place: number): string | undefined;
  /** The quoted text that a word introduces: `password "x"`. */
  after(word: string): string | undefined;
  /** A word outside of quotes, in lower case. */
  word(place: number): string | undefined;
  /** Whether its words outside of quotes hold these in this order, and it quotes as many texts. */
  says(words: string, quotes: number): boolean;
}

/** A way of doing that was learned: readable code with the condition under which it applies. */
export interface Skill {
  readonly name: string;
  when(context: { readonly instruction: Instruction; readonly page: Page }): boolean;
  /** Yields actions and gets the page after each; yields `undefined` where it has lost its way. */
  steps(context: {
    readonly instruction: Instruction;
    readonly page: Page;
  }): Generator<Action | undefined, void, Page>;
}

/**
 * Defines a skill.
 *
 * @example
 * export default defineSkill({
 *   name: 'sign in as …',
 *   when: ({ instruction, page }) => instruction.says('sign in as', 2) && page.has({ role: 'button', name: 'Sign in' }),
 *   *steps({ instruction, page }) {
 *     page = yield fill(page.find({ role: 'textbox', name: 'User' }), instruction.quoted(0));
 *     page = yield click(page.find({ role: 'button', name: 'Sign in' }));
 *     yield done();
 *   },
 * });
 */
export function defineSkill(skill: Skill): Skill {
  return skill;
}

/**
 * What a skill does next, given all pages since it began (the first one first). It is played again from its start each
 * time, so nothing of it lives between steps. `undefined` where it is over or lost.
 */
export function followSkill(
  skill: Skill,
  instruction: string,
  views: readonly PageView[],
): Action | undefined {
  const first = views[0];
  if (first === undefined) return undefined;
  const run = skill.steps({ instruction: readArguments(instruction), page: lookAt(first) });
  let step = run.next(lookAt(first));
  for (const view of views.slice(1)) {
    if (step.done === true || step.value === undefined) return undefined;
    step = run.next(lookAt(view));
  }
  return step.done === true ? undefined : step.value;
}

/** The first of the skills that applies here. */
export function recallSkill(
  skills: readonly Skill[],
  instruction: string,
  view: PageView,
): Skill | undefined {
  const context = { instruction: readArguments(instruction), page: lookAt(view) };
  return skills.find((skill) => skill.when(context));
}

export function lookAt(view: PageView): Page {
  const page: Page = {
    view,
    find: (selector) => findElement(view, selector),
    has: (selector) => page.find(selector) !== undefined,
  };
  return page;
}

export function readArguments(text: string): Instruction {
  const quoted = quotedSpans(text);
  const numbers = numberSpans(text);
  const words = wordsOf(withoutQuotes(text));
  return {
    text,
    quoted: (place) => quoted.at(place)?.text,
    number: (place) => numbers.at(place)?.text,
    after: (word) => quoted.find((span) => introduces(text, span, word))?.text,
    word: (place) => words.at(place),
    says: (said, quotes) => quoted.length === quotes && isSubsequence(wordsOf(said), words),
  };
}

export function click(element: PageElement | undefined): Action | undefined {
  return element && { click: { ref: element.ref } };
}

export function fill(element: PageElement | undefined, text: string | undefined): Action | undefined {
  return element && text !== undefined ? { fill: { ref: element.ref, text } } : undefined;
}

/** Chooses the option of a list that reads like `text`, without regard to case. */
export function select(element: PageElement | undefined, text: string | undefined): Action | undefined {
  const option = element?.options?.find((one) => one.toLowerCase() === text?.toLowerCase());
  return element && option !== undefined ? { select: { ref: element.ref, option } } : undefined;
}

/** Chooses the one option of a list that the instruction says. */
export function choose(element: PageElement | undefined, instruction: Instruction): Action | undefined {
  const said = element?.options?.filter((option) => option !== '' && isSaid(option, instruction)) ?? [];
  return element && said.length === 1
    ? { select: { ref: element.ref, option: said[0] as string } }
    : undefined;
}

export function press(key: string): Action {
  return { press: { key } };
}

export function back(): Action {
  return { back: {} };
}

export function done(): Action {
  return { done: {} };
}

function findElement(view: PageView, selector: Selector): PageElement | undefined {
  const matches = view.elements.filter((element) => isMatch(view, element, selector));
  if ('nearest' in selector) return nearestOf(view, matches, selector.nearest);
  if (selector.nth !== undefined) return matches.at(selector.nth);
  return matches.length === 1 ? matches[0] : undefined;
}

function nearestOf(
  view: PageView,
  matches: readonly PageElement[],
  text: string | undefined,
): PageElement | undefined {
  const anchor = view.elements.find(
    (element) => !matches.includes(element) && labelOf(element).toLowerCase() === text?.toLowerCase(),
  );
  if (anchor === undefined) return undefined;
  const distances = matches.map(({ box }) =>
    Math.abs(box[1] + box[3] / 2 - anchor.box[1] - anchor.box[3] / 2),
  );
  const least = Math.min(...distances);
  return distances.filter((distance) => distance === least).length === 1
    ? matches[distances.indexOf(least)]
    : undefined;
}

function isMatch(view: PageView, element: PageElement, selector: Selector): boolean {
  if (element.role !== selector.role) return false;
  const label = labelOf(element).toLowerCase();
  if ('name' in selector) {
    const names = typeof selector.name === 'string' ? [selector.name] : (selector.name ?? []);
    if (!names.some((name) => name.toLowerCase() === label)) return false;
  }
  if ('nameHolds' in selector && !holds([label], selector.nameHolds)) return false;
  if (selector.saidIn !== undefined && !isSaid(element.text ?? element.name, selector.saidIn)) return false;
  if ('inRowWith' in selector && !holds(rowOf(view, element).map(labelOf), selector.inRowWith)) return false;
  return !('inGroupWith' in selector) || holds(groupOf(view, element).map(labelOf), selector.inGroupWith);
}

function holds(texts: readonly string[], part: string | undefined): boolean {
  return (
    part !== undefined && part !== '' && texts.some((text) => text.toLowerCase().includes(part.toLowerCase()))
  );
}

function isSaid(label: string, instruction: Instruction): boolean {
  return shareOfWords(wordsOf(label), wordsOf(withoutQuotes(instruction.text))) === 1;
}

function introduces(text: string, span: Span, word: string): boolean {
  const nearest = wordsAround(text, span).before[0];
  return nearest !== undefined && isSameWord(nearest, word.toLowerCase());
}

function isSubsequence(part: readonly string[], whole: readonly string[]): boolean {
  let at = 0;
  for (const word of whole) if (word === part[at]) at++;
  return at === part.length;
}
