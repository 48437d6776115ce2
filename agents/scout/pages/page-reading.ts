/** A page in the light of an instruction and of what was done before: read once for each step, for all candidates. */
import { isField, isPage, labelOf, type PageElement, type PageView } from 'lamarck/agent';
import { readElement, type ElementReading } from './element-reading.ts';
import { deniesOption, holdsSpan, type InstructionReading } from './instruction-reading.ts';
import { isShown, kinName, kinsIn } from './element-groups.ts';
import { isOpened, isReachable, layoutOf, type Layout } from './layout.ts';
import { describeAction, type Memory } from './memory.ts';
import { progressOf, type InstructionProgress } from './instruction-progress.ts';

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
  readonly progress: InstructionProgress;
  readonly layout: Layout;
  /** For the indices of quoted spans: the first and the last reference of what can be clicked about them. */
  readonly ends: ReadonlyMap<number, { readonly first: string; readonly last: string }>;
  /** Largest share of a clause's spans that an element of a role holds, by `role clause`. */
  readonly mostHeld: ReadonlyMap<string, number>;
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

/** What is shown, as a page; where it is none, as a page on which nothing can be seen. */
export function pageOf(observation: unknown): PageView {
  return isPage(observation) ? observation : { url: JSON.stringify(observation), elements: [] };
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
    element.state?.includes('expanded') === true ? label : '',
  ]);
  const texts = [...values, ...memory.used, ...memory.set, ...memory.clicked, ...memory.touched.flat()];
  const together = spansTogether(instruction, memory);
  const found = instruction.spans.map(
    (span, at) => together.has(at) || texts.some((text) => holdsSpan(text, span.text)),
  );
  const placed = found.map(
    (isFound, at) => isFound || (instruction.isNameOfNext[at] === true && found[at + 1] === true),
  );
  const left = instruction.spans.filter((_, at) => placed[at] === false);
  const last = memory.lastElement && readings.find(({ element }) => isSame(element, memory.lastElement));
  const isLeft = placed.map(
    (isPlaced, at) => !isPlaced || timesOf(at, instruction, memory) < (instruction.counts[at] as number),
  );
  const layout = layoutOf(page, kins);
  const opened = readings.filter(({ element }) => isOpened(element)).map(({ label }) => label);
  const others = readings.filter(
    (reading) => instruction.clauses[reading.clause]?.isForAll === true && isAnother(page, reading, memory),
  );
  return {
    instruction,
    page,
    isLeft,
    progress: progressOf(
      instruction,
      { ...memory, clicked: [...memory.clicked, ...opened] },
      isLeft,
      others.map(({ clause }) => clause),
    ),
    mostHeld: mostHeld(readings),
    layout,
    ends: endsOf(readings),
    others: new Set(others.map(({ element }) => element.ref)),
    lastSubject: instruction.quotes.findIndex((quote) => memory.touched.at(-1)?.includes(quote)),
    isAfterSetting: memory.lastKind === 'fill' || memory.lastKind === 'select' || last?.isChoice === true,
    follower: last && followerOf(readings, last, layout),
    elements: new Map(readings.map((reading) => [reading.element.ref, reading])),
    fields,
    buttons: readings.filter(({ element }) => element.role === 'button'),
    placed,
    isLeftHidden:
      left.length > 0 &&
      !left.some(({ text }) =>
        readings.some(({ label, element }) => isReachable(element) && holdsSpan(label, text)),
      ),
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

function endsOf(readings: readonly ElementReading[]): PageReading['ends'] {
  const ends = new Map<number, { first: string; last: string }>();
  for (const { element, subject, isChoice } of readings) {
    if (subject < 0 || element.role !== 'button' || isChoice || !isReachable(element)) continue;
    ends.set(subject, { first: ends.get(subject)?.first ?? element.ref, last: element.ref });
  }
  return ends;
}

/** Spans of a clause that met another of its spans in one action: what was chosen or pointed at in a row, with what names the row. */
function spansTogether({ clauses, quotes }: InstructionReading, memory: Memory): ReadonlySet<number> {
  const together = new Set<number>();
  for (const texts of memory.course)
    for (const { spans } of clauses) {
      const held = spans.filter((span) => texts.some((text) => holdsSpan(text, quotes[span] ?? '')));
      if (held.length > 1) for (const span of held) together.add(span);
    }
  return together;
}

function mostHeld(readings: readonly ElementReading[]): ReadonlyMap<string, number> {
  const most = new Map<string, number>();
  for (const { element, clause, share } of readings) {
    const key = `${element.role} ${clause}`;
    most.set(key, Math.max(share, most.get(key) ?? 0));
  }
  return most;
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

/** How often something was clicked beside a span that is asked for more than once; as often as is asked for where that number was set. */
function timesOf(span: number, { spans, counts }: InstructionReading, memory: Memory): number {
  const count = counts[span] as number;
  if (count === 1) return 1;
  if (memory.used.includes(String(count))) return count;
  return memory.touched.filter((beside) => beside.some((one) => holdsSpan(one, spans[span]?.text ?? '')))
    .length;
}

/** Whether it is about a span, was not clicked, and is named like what was, or is all that its item offers. */
function isAnother(
  page: PageView,
  { element, subject, label, beside }: ElementReading,
  memory: Memory,
): boolean {
  // What is only shown may be pointed at.
  const kind = isShown(element) ? 'hover' : 'click';
  return (
    subject >= 0 &&
    !isField(element) &&
    element.role !== 'menuitem' &&
    (memory.clicked.includes(label) || beside.every(isShown)) &&
    !memory.done.includes(describeAction(page, { [kind]: { ref: element.ref } }))
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

/** The first button after an element that opens nothing, unless it is for another item than that. */
function followerOf(
  readings: readonly ElementReading[],
  last: ElementReading,
  { closed }: Layout,
): ElementReading | undefined {
  const others = readings.filter(({ element }) => !isOpened(element) && !closed.has(element.ref));
  const button = buttonAfter(others, last);
  const isForAnother = button !== undefined && button.kin.length > 1 && !button.beside.includes(last.element);
  return isForAnother ? undefined : button;
}

/** The first button after an element that is no choice: the one that its form ends with. */
export function buttonAfter(
  readings: readonly ElementReading[],
  { element }: ElementReading,
): ElementReading | undefined {
  const at = readings.findIndex((reading) => reading.element === element);
  return readings
    .slice(at < 0 ? readings.length : at + 1)
    .find((other) => other.element.role === 'button' && !other.isChoice);
}

/** Whether it is the same, within 16 px: what is chosen may become wider, and push others aside. */
function isSame(one: PageElement, other: PageElement | undefined): boolean {
  if (one.role !== other?.role || one.name !== other.name) return false;
  return Math.abs(one.box[0] - other.box[0]) <= 16 && Math.abs(one.box[1] - other.box[1]) <= 16;
}
