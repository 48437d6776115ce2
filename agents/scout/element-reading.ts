/** One element in the light of the instruction: what it says itself, and what is said beside it. */
import {
  groupOf,
  labelOf,
  rowOf,
  shareOfWords,
  wordsOf,
  type PageElement,
  type PageView,
} from 'lamarck/agent';
import { holdsSpan, saysOption, type InstructionReading } from './instruction-reading.ts';

export interface ElementReading {
  readonly element: PageElement;
  /** In lower case. */
  readonly label: string;
  readonly isQuoted: boolean;
  readonly holdsQuote: boolean;
  /** Share of its visible words that the instruction says outside of quotes. */
  readonly overlap: number;
  /** What stands in its row, or in the group that it closes. */
  readonly beside: readonly PageElement[];
  /** For each span of the instruction, whether the element or what is beside it holds it. */
  readonly holds: readonly boolean[];
  /** Whether a quoted span is the whole of a label in its row. */
  readonly isRowNamed: boolean;
  /** How many have its role and name. */
  readonly twins: number;
  readonly isChecked: boolean;
  /** Whether it offers a choice that the instruction says, and that is not made. */
  readonly isOpen: boolean;
  /** How well each span of the instruction is introduced by this element's label. */
  readonly fits: readonly number[];
}

/** Roles that only show something. */
const SHOWN = new Set(['text', 'cell', 'heading', 'columnheader', 'listitem', 'status', 'alert']);

export function readElement(
  instruction: InstructionReading,
  page: PageView,
  element: PageElement,
): ElementReading {
  const label = labelOf(element).toLowerCase();
  const isShown = SHOWN.has(element.role);
  const row = isShown ? [] : rowOf(page, element);
  const beside = isShown ? [] : [...row, ...groupOf(page, element)];
  const texts = [label, ...beside.map((other) => labelOf(other).toLowerCase())];
  const isChecked = (element.state ?? []).some((state) => state === 'checked' || state === 'selected');
  const { quotes, spans } = instruction;
  return {
    element,
    label,
    isQuoted: quotes.includes(label),
    holdsQuote: quotes.some((quote) => quote !== '' && label.includes(quote)),
    overlap: shareOfWords(wordsOf(element.text ?? label), instruction.words),
    beside,
    holds: spans.map(({ text }) => texts.some((one) => holdsSpan(one, text))),
    isRowNamed: row.some((other) => quotes.includes(labelOf(other).toLowerCase())),
    twins: isShown
      ? 1
      : page.elements.filter((other) => other.role === element.role && other.name === element.name).length,
    isChecked,
    isOpen: isOpenChoice(instruction, element, isChecked),
    fits: isShown ? [] : instruction.contexts.map((context) => fitOf(wordsOf(label), context)),
  };
}

function isOpenChoice(instruction: InstructionReading, element: PageElement, isChecked: boolean): boolean {
  if (isChoice(element)) return !isChecked && saysOption(instruction, labelOf(element));
  const isSaid = (option: string) => saysOption(instruction, option);
  return !isSaid(element.value ?? '') && (element.options ?? []).some(isSaid);
}

/** Whether a click makes or unmakes a choice. */
export function isChoice({ role }: PageElement): boolean {
  return role === 'radio' || role === 'checkbox' || role === 'switch' || role === 'tab' || role === 'option';
}

/** How well the words around a span name a label: nearer words count more. */
function fitOf(label: readonly string[], context: readonly string[]): number {
  let best = 0;
  context.forEach((word, distance) => {
    if (shareOfWords([word], label) > 0) best = Math.max(best, 1 / (1 + 0.5 * distance));
  });
  return best;
}
