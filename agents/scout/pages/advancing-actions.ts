/** Which actions would do something that the instruction says and that is not done yet. */
import { isField, type Action } from 'lamarck/agent';
import { saysOption } from './instruction-reading.ts';
import { kindOf, parameterOf, type Memory } from './memory.ts';
import type { PageReading } from './page-reading.ts';

/** What the page offers of what is left to do: an action that sets some of it, none, or nothing is left. */
export type LeftToDo = 'can be set' | 'is out of sight' | 'is nothing';

/** Share of a button's words that the instruction says, from which on it is taken to be meant. */
const NAMED = 0.5;

/**
 * True for what sets or touches something that is said: a span that is nowhere yet, a choice, one more of many. Where
 * there is no such thing, for pressing a button that is said and was not pressed.
 */
export function advancing(reading: PageReading, memory: Memory, actions: readonly Action[]): boolean[] {
  const settings = actions.map((action) => setsWhatIsSaid(reading, action));
  return settings.includes(true)
    ? settings
    : actions.map((action) => pressesWhatIsSaid(reading, memory, action));
}

/** Which of the actions that set something set what the instruction says first. */
export function firstOf(
  reading: PageReading,
  actions: readonly Action[],
  settings: readonly boolean[],
): boolean[] {
  const spans = actions.map((action, at) => (settings[at] === true ? spanOf(reading, action) : Infinity));
  const first = Math.min(...spans);
  return spans.map((span, at) => settings[at] === true && span === first);
}

/** Index of the span that an action is about; infinite for none. */
function spanOf({ instruction, elements }: PageReading, action: Action): number {
  const target = elements.get(parameterOf(action, 'ref'));
  const text = (parameterOf(action, 'text') || parameterOf(action, 'option')).toLowerCase();
  const said = text || (target?.isChoice === true ? target.label : '');
  const index = instruction.spans.findIndex((span) => span.text.toLowerCase() === said);
  return [index, target?.subject ?? -1].find((span) => span >= 0) ?? Infinity;
}

/** What a page with these actions offers of what is left to do. */
export function leftToDo(reading: PageReading, actions: readonly Action[]): LeftToDo {
  if (actions.some((action) => setsWhatIsSaid(reading, action) && isInPlace(reading, action)))
    return 'can be set';
  const { isLeft, instruction } = reading;
  return isLeft.slice(0, instruction.quotes.length).includes(true) ? 'is out of sight' : 'is nothing';
}

/** Whether what is typed has to do with the field: its label introduces the text, or is the span before it. */
function isInPlace({ instruction, elements }: PageReading, action: Action): boolean {
  if (kindOf(action) !== 'fill') return true;
  const field = elements.get(parameterOf(action, 'ref'));
  const span = instruction.spans.findIndex(({ text }) => text === parameterOf(action, 'text'));
  return field !== undefined && (instruction.quotes[span - 1] === field.label || (field.fits[span] ?? 0) > 0);
}

function setsWhatIsSaid(reading: PageReading, action: Action): boolean {
  const { instruction, placed, isLeft, others, elements } = reading;
  const target = elements.get(parameterOf(action, 'ref'));
  if (target === undefined) return false;
  const onto = elements.get(parameterOf(action, 'to'));
  if (onto !== undefined && !onto.isQuoted && !onto.holdsQuote) return false;
  const { element, isOpen, isChoice, isChecked, kin, label, subject } = target;
  const count = isLeft[subject] === true ? String(instruction.counts[subject]) : undefined;
  if (kindOf(action) === 'fill') {
    const text = parameterOf(action, 'text');
    return text === count || instruction.spans.some((span, at) => span.text === text && placed[at] === false);
  }
  if (kindOf(action) === 'select') {
    const option = parameterOf(action, 'option');
    return count !== undefined && element.options?.includes(count) === true
      ? option === count
      : isOpen && saysOption(instruction, option);
  }
  // Where there are several checkboxes, each stands for the item beside it and not for a choice of its own.
  if (isChoice && (element.role !== 'checkbox' || isChecked || kin.length < 2))
    return isOpen && !instruction.quotes.some((quote, at) => quote === label && placed[at] === true);
  return (
    others.has(element.ref) || (count !== undefined && !isField(element) && element.options === undefined)
  );
}

function pressesWhatIsSaid({ elements }: PageReading, memory: Memory, action: Action): boolean {
  const target = elements.get(parameterOf(action, 'ref'));
  if (kindOf(action) !== 'click' || target === undefined || target.element.role !== 'button') return false;
  const { label, overlap, subject, isChoice, kin } = target;
  return overlap >= NAMED && subject < 0 && !isChoice && kin.length < 2 && !memory.clicked.includes(label);
}
