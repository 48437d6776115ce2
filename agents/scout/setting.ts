/** Which actions would do something that the instruction says and that is not done yet. */
import { isField, type Action } from 'lamarck/agent';
import { saysOption } from './instruction-reading.ts';
import { kindOf, parameterOf, type Memory } from './memory.ts';
import type { PageReading } from './reading.ts';

/** Share of a button's words that the instruction says, from which on it is taken to be meant. */
const NAMED = 0.5;

/**
 * True for what sets or touches something that is said: a span that is nowhere yet, a choice, one more of many. Where
 * there is no such thing, for pressing a button that is said and was not pressed.
 */
export function settingsOf(reading: PageReading, memory: Memory, actions: readonly Action[]): boolean[] {
  const settings = actions.map((action) => setsWhatIsSaid(reading, action));
  return settings.includes(true)
    ? settings
    : actions.map((action) => pressesWhatIsSaid(reading, memory, action));
}

function setsWhatIsSaid(reading: PageReading, action: Action): boolean {
  const { instruction, placed, isLeft, others, elements } = reading;
  const target = elements.get(parameterOf(action, 'ref'));
  if (target === undefined) return false;
  const { element, isOpen, isChoice, subject } = target;
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
  if (isChoice) return isOpen;
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
