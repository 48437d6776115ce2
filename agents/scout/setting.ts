/** Whether an action would set something that the instruction says and that is not set yet. */
import { isField, type Action } from 'lamarck/agent';
import { isChoice } from './element-reading.ts';
import { saysOption } from './instruction-reading.ts';
import { kindOf, parameterOf } from './memory.ts';
import type { PageReading } from './reading.ts';

/** True for typing or touching a span that is nowhere yet, and for making a choice that is said. */
export function setsWhatIsSaid({ instruction, placed, elements }: PageReading, action: Action): boolean {
  const target = elements.get(parameterOf(action, 'ref'));
  if (target === undefined) return false;
  const { element, isOpen, holds } = target;
  if (kindOf(action) === 'fill') {
    return instruction.spans.some(
      ({ text }, at) => text === parameterOf(action, 'text') && placed[at] === false,
    );
  }
  if (kindOf(action) === 'select') return isOpen && saysOption(instruction, parameterOf(action, 'option'));
  if (isChoice(element)) return isOpen;
  return !isField(element) && holds.some((isHeld, at) => isHeld && placed[at] === false);
}
