/** A page in the light of an instruction and of what was done before: read once for each step, for all candidates. */
import { isField, labelOf, type PageElement, type PageView } from 'lamarck/agent';
import { readElement, type ElementReading } from './element-reading.ts';
import { deniesOption, holdsSpan, type InstructionReading } from './instruction-reading.ts';
import { isShown, kinName, kinsIn } from './item.ts';
import { describeAction, type Memory } from './memory.ts';

export interface PageReading {
  readonly instruction: InstructionReading;
  readonly page: PageView;
  readonly elements: ReadonlyMap<string, ElementReading>;
  readonly fields: readonly ElementReading[];
  readonly buttons: readonly ElementReading[];
  /** For each span of the instruction: whether it is a value or a choice of the page, or was typed, clicked or clicked beside. */
  readonly placed: readonly boolean[];
  /** For each span, whether something is still to be done with it: it is not placed, or asked for more often than it was clicked. */
  readonly isLeft: readonly boolean[];
  /** References of what can be done once more, where all of a kind are asked for. */
  readonly others: ReadonlySet<string>;
  /** Index of the quoted span that the last click was about, or −1. */
  readonly lastSubject: number;
  /** Whether the last step set something. */
  readonly isAfterSetting: boolean;
  /** The first button after what the last step was about. */
  readonly follower: ElementReading | undefined;
  /** Whether spans are left, and none of them is shown anywhere. */
  readonly isLeftHidden: boolean;
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
  const kins = kinsIn(page);
  const readings = page.elements.map((element) =>
    readElement(instruction, page, element, kins.get(kinName(element)) ?? []),
  );
  const fields = readings.filter(({ element }) => isField(element));
  // A choice that is to be off is settled while it is off.
  const values = readings.flatMap(({ element, isChecked, isChoice, label }) => [
    element.value?.toLowerCase() ?? '',
    isChoice && isChecked !== deniesOption(instruction, label) ? label : '',
  ]);
  const texts = [...values, ...memory.used, ...memory.set, ...memory.clicked, ...memory.touched.flat()];
  const placed = instruction.spans.map((span) => texts.some((text) => holdsSpan(text, span.text)));
  const left = instruction.spans.filter((_, at) => placed[at] === false);
  const last = memory.lastElement && readings.find(({ element }) => isSame(element, memory.lastElement));
  return {
    instruction,
    page,
    isLeft: placed.map(
      (isPlaced, at) => !isPlaced || timesOf(at, instruction, memory) < (instruction.counts[at] as number),
    ),
    others: new Set(
      instruction.isForAll
        ? readings.filter((reading) => isAnother(page, reading, memory)).map(({ element }) => element.ref)
        : [],
    ),
    lastSubject: instruction.quotes.findIndex((quote) => memory.touched.at(-1)?.includes(quote)),
    isAfterSetting: memory.lastKind === 'fill' || memory.lastKind === 'select' || last?.isChoice === true,
    follower: last && buttonAfter(page, readings, last),
    elements: new Map(readings.map((reading) => [reading.element.ref, reading])),
    fields,
    buttons: readings.filter(({ element }) => element.role === 'button'),
    placed,
    isLeftHidden:
      left.length > 0 && !left.some(({ text }) => readings.some(({ label }) => holdsSpan(label, text))),
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

/** How often something was clicked beside a span; as often as is asked for where that number was set. */
function timesOf(span: number, { spans, counts }: InstructionReading, memory: Memory): number {
  const count = counts[span] as number;
  if (count > 1 && memory.used.includes(String(count))) return count;
  return memory.touched.filter((beside) => beside.some((one) => holdsSpan(one, spans[span]?.text ?? '')))
    .length;
}

/** Whether it is about a span, was not clicked, and is named like what was, or is all that its item offers. */
function isAnother(
  page: PageView,
  { element, subject, label, beside }: ElementReading,
  memory: Memory,
): boolean {
  return (
    subject >= 0 &&
    !isField(element) &&
    (memory.clicked.includes(label) || beside.every(isShown)) &&
    !memory.done.includes(describeAction(page, { click: { ref: element.ref } }))
  );
}

/** The field's place among those since the last button before it: its place in its form. */
export function placeInForm({ page, fields }: PageReading, field: ElementReading): number {
  const at = page.elements.indexOf(field.element);
  const start = page.elements.slice(0, at).findLastIndex(({ role }) => role === 'button');
  return fields.filter(
    ({ element }) => page.elements.indexOf(element) > start && page.elements.indexOf(element) < at,
  ).length;
}

/** The first button after an element that is no choice: the one that its form ends with. */
export function buttonAfter(
  page: PageView,
  readings: readonly ElementReading[],
  { element }: ElementReading,
): ElementReading | undefined {
  const at = page.elements.indexOf(element);
  return readings.slice(at + 1).find((other) => other.element.role === 'button' && !other.isChoice);
}

function isSame(one: PageElement, other: PageElement | undefined): boolean {
  return one.role === other?.role && one.name === other.name && one.box.join() === other.box.join();
}
