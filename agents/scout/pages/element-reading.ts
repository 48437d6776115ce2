/** One element in the light of the instruction: what it says itself, and what is said beside it. */
import { labelOf, shareOfWords, wordsOf, type PageElement, type PageView } from 'lamarck/agent';
import { deniesOption, holdsSpan, saysOption, type InstructionReading } from './instruction-reading.ts';
import { isShown, itemOf } from './element-groups.ts';
import { clauseOf, shareHeld } from './instruction-progress.ts';

export interface ElementReading {
  readonly element: PageElement;
  /** In lower case. */
  readonly label: string;
  readonly isQuoted: boolean;
  readonly holdsQuote: boolean;
  /** Share of its visible words that the instruction says outside of quotes. */
  readonly overlap: number;
  /** What stands in its row, or belongs to the item of a list that it is for. */
  readonly beside: readonly PageElement[];
  /** For each span of the instruction, whether the element or what is beside it holds it. */
  readonly holds: readonly boolean[];
  /** Index of the clause of which it and what is beside it hold the largest share of spans; −1 for none. */
  readonly clause: number;
  /** That share, in [0, 1]. */
  readonly share: number;
  /** Whether a quoted span is the whole of a label beside it. */
  readonly isRowNamed: boolean;
  /** Index of the quoted span that it is about: it is shown shortly before or beside it, or is in its name; −1 for none. */
  readonly subject: number;
  /** Lower-case label of the nearest unfolded element that it is in, or ''. */
  readonly fold: string;
  /** Index of the quoted span that this label is; −1 where it is none, −2 where it is in no fold, or may be in none. */
  readonly folder: number;
  /** The elements that do the same for other items, such as all the buttons named "Delete", and the element itself. */
  readonly kin: readonly PageElement[];
  /** Whether a click makes or unmakes a choice. */
  readonly isChoice: boolean;
  readonly isChecked: boolean;
  /** Whether it offers a choice that the instruction says, and that is not made. */
  readonly isOpen: boolean;
  /** How well each span of the instruction is introduced by this element's label. */
  readonly fits: readonly number[];
}

/** States of what is shown, by which something can be done with it. */
const HANDLES = new Set(['hoverable', 'draggable']);
const CHOICES = new Set(['radio', 'checkbox', 'switch', 'tab', 'option']);

export function readElement(
  instruction: InstructionReading,
  page: PageView,
  element: PageElement,
  kin: readonly PageElement[],
): ElementReading {
  const label = labelOf(element).toLowerCase();
  const isActive = !isShown(element) || element.state?.some((state) => HANDLES.has(state)) === true;
  const beside = isActive ? itemOf(page, element, kin) : [];
  const texts = [label, ...beside.map((other) => labelOf(other).toLowerCase())];
  const isChoice = CHOICES.has(element.role) || isOneOfPressed(page, element);
  const isChecked = isMade(element);
  const { quotes, spans } = instruction;
  const rowName = quotes.findIndex((quote) => beside.some((other) => labelOf(other).toLowerCase() === quote));
  const fold = isActive ? foldOf(page, element) : NO_FOLD;
  const folder = quotes.indexOf(fold.label);
  const heading = kin.length < 2 || isShown(element) ? -1 : headingOf(instruction, page, element);
  const own = quotes.findIndex((quote) => quote !== '' && label.includes(quote));
  const holds = spans.map(({ text }) => texts.some((one) => holdsSpan(one, text)));
  const clause = isActive ? clauseOf(instruction.clauses, holds) : -1;
  return {
    element,
    label,
    isQuoted: quotes.includes(label),
    holdsQuote: quotes.some((quote) => quote !== '' && label.includes(quote)),
    overlap: shareOfWords(wordsOf(element.text ?? label), instruction.words),
    beside,
    holds,
    clause,
    share: shareHeld(instruction.clauses[clause], holds),
    isRowNamed: rowName >= 0,
    subject: [heading, rowName, own].find((index) => index >= 0) ?? -1,
    fold: fold.label,
    folder: folder < 0 && !fold.isIndented ? -2 : folder,
    kin: isActive ? kin : [element],
    isChoice,
    isChecked,
    isOpen: isChoice ? isChecked !== wants(instruction, label, isChecked) : isOpenList(instruction, element),
    fits: !isActive ? [] : instruction.contexts.map((context) => fitOf(wordsOf(label), context)),
  };
}

/** Whether a choice is to be made; as it is where the instruction does not speak of it. */
function wants(instruction: InstructionReading, label: string, isChecked: boolean): boolean {
  if (deniesOption(instruction, label)) return false;
  return isChecked || saysOption(instruction, label);
}

/** How many of the shown elements before a control may name what it is about. */
const HEADING_REACH = 3;

/** Index of the quoted span that is shown nearest before an element, and after its twin; −1 for none. */
function headingOf({ quotes }: InstructionReading, { elements }: PageView, element: PageElement): number {
  let left = HEADING_REACH;
  for (let at = elements.indexOf(element) - 1; at >= 0 && left > 0; at--) {
    const other = elements[at] as PageElement;
    if (other.role === element.role && other.name === element.name) break;
    if (!isShown(other)) continue;
    left--;
    const index = quotes.indexOf(labelOf(other).toLowerCase());
    if (index >= 0) return index;
  }
  return -1;
}

function isOpenList(instruction: InstructionReading, { value = '', options = [] }: PageElement): boolean {
  const isSaid = (option: string) => saysOption(instruction, option);
  return !isSaid(value) && options.some(isSaid);
}

function isMade({ state = [] }: PageElement): boolean {
  return state.includes('checked') || state.includes('selected');
}

/** Whether it stands in an unbroken line of buttons, or beneath them, of which one is pressed. */
function isOneOfPressed({ elements }: PageView, element: PageElement): boolean {
  if (element.role !== 'button') return false;
  const isPressed = (other: PageElement) =>
    other.state?.includes('checked') === true && isAligned(element, other);
  const at = elements.indexOf(element);
  for (let from = at; elements[from]?.role === 'button'; from--)
    if (isPressed(elements[from] as PageElement)) return true;
  for (let to = at; elements[to]?.role === 'button'; to++)
    if (isPressed(elements[to] as PageElement)) return true;
  return false;
}

/** Whether two begin at the same height or the same margin, within 4 px. */
function isAligned({ box: [x, y] }: PageElement, { box: [left, top] }: PageElement): boolean {
  return Math.abs(x - left) <= 4 || Math.abs(y - top) <= 4;
}

const NO_FOLD: Fold = { label: '', isIndented: false };

interface Fold {
  /** In lower case; '' where it is in none. */
  readonly label: string;
  /** Whether the page shows by how far things are indented what is in it. */
  readonly isIndented: boolean;
}

/** The nearest unfolded element before one, unless that stands as far left and is followed by what is indented. */
function foldOf({ elements }: PageView, element: PageElement): Fold {
  const [x] = element.box;
  for (let at = elements.indexOf(element) - 1; at >= 0; at--) {
    const other = elements[at] as PageElement;
    const [left] = other.box;
    if (left > x || other.state?.includes('expanded') !== true) continue;
    const isIndented = (elements[at + 1]?.box[0] ?? left) > left;
    if (left < x || !isIndented) return { label: labelOf(other).toLowerCase(), isIndented };
  }
  return NO_FOLD;
}

/** How well the words around a span name a label: nearer words count more. */
function fitOf(label: readonly string[], context: readonly string[]): number {
  let best = 0;
  context.forEach((word, distance) => {
    if (shareOfWords([word], label) > 0) best = Math.max(best, 1 / (1 + 0.5 * distance));
  });
  return best;
}
