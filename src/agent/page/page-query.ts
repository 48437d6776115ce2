import { isSaid, type Instruction } from './instruction-arguments.ts';
import type { PageElement } from '../../protocol/index.ts';
import { groupOf, labelOf, rowOf, type PageView } from './page.ts';

/** What an element is known by. All that is given must hold, texts without regard to case. */
export interface Selector {
  readonly role: string;
  /** The whole label of the element; of several labels, any. `undefined` (an argument that is not there) matches nothing. */
  readonly name?: string | readonly string[] | undefined;
  /** The whole of its visible text, where its label says more; of several, any. */
  readonly shows?: string | readonly string[] | undefined;
  /** A part of its label. */
  readonly nameHolds?: string | undefined;
  /** An instruction that says every word that it shows, outside of quotes. */
  readonly saidIn?: Instruction;
  /** An instruction that says just one of its options, and not the one that is chosen. */
  readonly offers?: Instruction;
  /** What it holds; '' for nothing. */
  readonly value?: string | undefined;
  /** A state that it is in: `checked`, `expanded`. */
  readonly is?: string;
  /** A state that it is not in. */
  readonly isNot?: string;
  /** A text in the same row. */
  readonly inRowWith?: string | undefined;
  /** A text among what comes after the previous element of the same role and name. */
  readonly inGroupWith?: string | undefined;
  /** The text of another element: of those that match, the one nearest to its height is meant. */
  readonly nearest?: string | undefined;
  /** Place among those that match, from 0, or from the end with −1. Without it there must be just one. */
  readonly nth?: number | undefined;
}

/** A page with a way to find elements. */
export interface Page {
  readonly view: PageView;
  /** The element that the first of the selectors names that names just one; `undefined` where none does. */
  find(...selectors: readonly Selector[]): PageElement | undefined;
  has(...selectors: readonly Selector[]): boolean;
}

/**
 * A page, to be asked for elements.
 *
 * @example lookAt({ url: '/', elements: [{ ref: 'e1', role: 'button', name: 'Buy', box: [0, 0, 8, 8] }] }).has({ role: 'button', name: 'Buy' }) // true
 */
export function lookAt(view: PageView): Page {
  const page: Page = {
    view,
    find: (...selectors) => {
      for (const selector of selectors) {
        const element = findElement(view, selector);
        if (element !== undefined) return element;
      }
      return undefined;
    },
    has: (...selectors) => page.find(...selectors) !== undefined,
  };
  return page;
}

/** The one option that the instruction says; `undefined` where it says none, or more than one. */
export function saidOption(element: PageElement, instruction: Instruction): string | undefined {
  const said = (element.options ?? []).filter((option) => option !== '' && isSaid(option, instruction));
  return said.length === 1 ? said[0] : undefined;
}

function findElement(view: PageView, selector: Selector): PageElement | undefined {
  const matches = view.elements.filter((element) => isSuch(view, element, selector));
  if ('nearest' in selector) return nearestOf(view, matches, selector.nearest);
  if ('nth' in selector) return selector.nth === undefined ? undefined : matches.at(selector.nth);
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

/** Whether an element is what a selector says, its place among others (`nth`, `nearest`) aside. */
export function isSuch(view: PageView, element: PageElement, selector: Selector): boolean {
  if (element.role !== selector.role) return false;
  const label = labelOf(element).toLowerCase();
  if ('name' in selector && !isAmong(label, selector.name)) return false;
  if ('shows' in selector && !isAmong((element.text ?? label).toLowerCase(), selector.shows)) return false;
  if ('nameHolds' in selector && !holds([label], selector.nameHolds)) return false;
  if ('value' in selector && (element.value ?? '').toLowerCase() !== selector.value?.toLowerCase())
    return false;
  if (selector.is !== undefined && !isIn(element, selector.is)) return false;
  if (selector.isNot !== undefined && isIn(element, selector.isNot)) return false;
  if (selector.saidIn !== undefined && !isSaid(element.text ?? element.name, selector.saidIn)) return false;
  if (selector.offers !== undefined && !isOpen(element, selector.offers)) return false;
  if ('inRowWith' in selector && !holds(rowOf(view, element).map(labelOf), selector.inRowWith)) return false;
  return !('inGroupWith' in selector) || holds(groupOf(view, element).map(labelOf), selector.inGroupWith);
}

function isAmong(label: string, names: string | readonly string[] | undefined): boolean {
  const all = typeof names === 'string' ? [names] : (names ?? []);
  return all.some((name) => name.toLowerCase() === label);
}

function isIn({ state }: PageElement, word: string): boolean {
  return state?.includes(word) ?? false;
}

function isOpen(element: PageElement, instruction: Instruction): boolean {
  const option = saidOption(element, instruction);
  return option !== undefined && option !== element.value;
}

function holds(texts: readonly string[], part: string | undefined): boolean {
  return (
    part !== undefined && part !== '' && texts.some((text) => text.toLowerCase().includes(part.toLowerCase()))
  );
}
