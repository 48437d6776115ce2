/** A page in the light of an instruction and of what was done before: read once for each step, for all candidates. */
import { isField, labelOf, type PageView } from 'lamarck/agent';
import { readElement, type ElementReading } from './element-reading.ts';
import { holdsSpan, type InstructionReading } from './instruction-reading.ts';
import type { Memory } from './memory.ts';

export interface PageReading {
  readonly instruction: InstructionReading;
  readonly page: PageView;
  readonly elements: ReadonlyMap<string, ElementReading>;
  readonly fields: readonly ElementReading[];
  readonly buttons: readonly ElementReading[];
  /** For each span of the instruction: whether it is a value or a choice of the page, or was typed, clicked or clicked beside. */
  readonly placed: readonly boolean[];
  readonly emptyFields: number;
  /** Whether a choice is said and not made. */
  readonly isChoiceOpen: boolean;
  /** The only choice of the page, where it is a yes or no that was not touched and whose state the end of the instruction speaks against. */
  readonly isLoneChoiceUnsettled: boolean;
  /** Elements with labels that the last page had not. */
  readonly news: readonly ElementReading[];
  readonly hasChanged: boolean;
}

/** @param signature the page's own. */
export function readPage(
  instruction: InstructionReading,
  page: PageView,
  memory: Memory,
  signature: string,
): PageReading {
  const readings = page.elements.map((element) => readElement(instruction, page, element));
  const fields = readings.filter(({ element }) => isField(element));
  const values = readings.flatMap(({ element, isChecked, label }) => [
    element.value?.toLowerCase() ?? '',
    isChecked ? label : '',
  ]);
  const texts = [...values, ...memory.used, ...memory.clicked, ...memory.touched];
  return {
    instruction,
    page,
    elements: new Map(readings.map((reading) => [reading.element.ref, reading])),
    fields,
    buttons: readings.filter(({ element }) => element.role === 'button'),
    placed: instruction.spans.map((span) => texts.some((text) => holdsSpan(text, span.text))),
    emptyFields: fields.filter(({ element }) => (element.value ?? '') === '').length,
    isChoiceOpen: readings.some(({ isOpen }) => isOpen),
    isLoneChoiceUnsettled: isUnsettled(
      instruction,
      readings.filter(({ element }) => element.role === 'checkbox' || element.role === 'switch'),
      memory,
    ),
    news: readings.filter(
      ({ element }) => memory.done.length > 0 && !memory.previousLabels.includes(labelOf(element)),
    ),
    hasChanged: memory.previousSignature !== signature,
  };
}

function isUnsettled(
  instruction: InstructionReading,
  choices: readonly ElementReading[],
  memory: Memory,
): boolean {
  const [choice] = choices;
  if (choice === undefined || choices.length > 1 || memory.clicked.includes(choice.label)) return false;
  return instruction.tail.length > 0 && choice.isChecked === instruction.negates;
}

/** The field's place among those since the last button before it: its place in its form. */
export function placeInForm({ page, fields }: PageReading, field: ElementReading): number {
  const at = page.elements.indexOf(field.element);
  const start = page.elements.slice(0, at).findLastIndex(({ role }) => role === 'button');
  return fields.filter(
    ({ element }) => page.elements.indexOf(element) > start && page.elements.indexOf(element) < at,
  ).length;
}

/** The first button after the field: the one that its form ends with. */
export function buttonOfForm(
  { page, buttons }: PageReading,
  field: ElementReading,
): ElementReading | undefined {
  const at = page.elements.indexOf(field.element);
  return buttons.find(({ element }) => page.elements.indexOf(element) > at);
}
