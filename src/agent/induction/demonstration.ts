import type { Action, PageElement } from '../../protocol/index.ts';
import { readArguments, type Instruction } from '../page/instruction-arguments.ts';
import {
  directCourse,
  groupOf,
  isField,
  labelOf,
  pageSignature,
  rowOf,
  type PageView,
} from '../page/page.ts';
import { saidOption } from '../page/page-query.ts';

/** An episode that was verified: what it was told, and what it did on which page. */
export interface Demonstration {
  readonly instruction: string;
  readonly steps: readonly DemonstratedStep[];
}

export interface DemonstratedStep {
  readonly page: PageView;
  readonly action: Action;
}

/** A demonstration brought into a form in which it can be laid beside others. */
export interface TokenCourse {
  readonly instruction: Instruction;
  readonly steps: readonly TokenStep[];
}

/** A step with what kind of step it is: equal for those that may be instances of one statement. */
export interface TokenStep extends DemonstratedStep {
  readonly target: PageElement | undefined;
  /** What is done to what kind of element, in which state. */
  readonly shape: string;
  /** Place of the quoted text that it is about, where it is about one. */
  readonly argument: number | undefined;
}

/** Takes out what is superfluous, and does alike what can be done in several ways or orders. */
export function tokenise(demonstrations: readonly Demonstration[]): TokenCourse[] {
  return withOneWayToSubmit(demonstrations).map((demonstration) => {
    const { steps } = inOneOrder(withoutDetours(demonstration));
    const instruction = readArguments(demonstration.instruction);
    return { instruction, steps: steps.map((step) => tokenOf(step, instruction)) };
  });
}

/**
 * Enter in a field does what the form's first button does (HTML's implicit submission). Where some pressed that button
 * after a field, it is taken that all did.
 */
function withOneWayToSubmit(demonstrations: readonly Demonstration[]): Demonstration[] {
  const isByButton = demonstrations.some(({ steps }) =>
    steps.some((step, at) => {
      const field = steps[at - 1] && targetOf(steps[at - 1] as DemonstratedStep);
      const button = field && buttonAfter(step.page, field);
      return button !== undefined && targetOf(step) === button && kindOf(step.action) === 'click';
    }),
  );
  if (!isByButton) return [...demonstrations];
  return demonstrations.map((one) => ({ ...one, steps: one.steps.map(withButton) }));
}

function withButton(step: DemonstratedStep): DemonstratedStep {
  const field = step.page.elements.find(({ ref }) => ref === step.page.focus);
  const button = field && isField(field) ? buttonAfter(step.page, field) : undefined;
  const isEnter = parameterOf(step.action, 'key') === 'Enter';
  return isEnter && button !== undefined ? { ...step, action: { click: { ref: button.ref } } } : step;
}

function buttonAfter({ elements }: PageView, field: PageElement): PageElement | undefined {
  const at = elements.findIndex((element) => isSameElement(element, field));
  return at < 0 ? undefined : elements.slice(at + 1).find(({ role }) => role === 'button');
}

/** Takes out what led back to a page that looked the same: steps without effect, and detours. The last step stays. */
export function withoutDetours(demonstration: Demonstration): Demonstration {
  const { steps } = demonstration;
  const kept = directCourse(steps.map(({ page }) => pageSignature(page))).map(
    (at) => steps[at] as DemonstratedStep,
  );
  return {
    ...demonstration,
    steps: kept.filter(
      (step, at) => !isOverwritten(step, kept.slice(at + 1)) && !isRefused(step, kept.slice(at + 1)),
    ),
  };
}

/** Whether a click was answered by a message alone, and done again later. */
function isRefused(step: DemonstratedStep, later: readonly DemonstratedStep[]): boolean {
  const [next] = later;
  const element = targetOf(step);
  if (kindOf(step.action) !== 'click' || element === undefined || next === undefined) return false;
  const isAgain = later.some((other) => {
    const target = targetOf(other);
    return kindOf(other.action) === 'click' && target?.role === element.role && target.name === element.name;
  });
  return isAgain && pageSignature(withoutAlerts(step.page)) === pageSignature(withoutAlerts(next.page));
}

function withoutAlerts(page: PageView): PageView {
  return { ...page, elements: page.elements.filter(({ role }) => role !== 'alert') };
}

function isOverwritten(step: DemonstratedStep, later: readonly DemonstratedStep[]): boolean {
  if (!isEntry(step)) return false;
  const element = targetOf(step);
  for (const next of later) {
    if (!isEntry(next)) return false;
    const other = targetOf(next);
    if (element !== undefined && other !== undefined && isSameElement(element, other)) return true;
  }
  return false;
}

/**
 * A form is filled in any order; here, what is typed and chosen from lists comes first, in the order in which the
 * instruction names it, then what is ticked, in the order of the page. Only where all of it was there from the start.
 */
function inOneOrder(demonstration: Demonstration): Demonstration {
  const steps = [...demonstration.steps];
  for (let from = 0; from < steps.length; from++) {
    let to = from;
    while (to < steps.length && isSetting(steps[to] as DemonstratedStep)) to++;
    if (to - from > 1)
      steps.splice(
        from,
        to - from,
        ...sortedSettings(demonstration.instruction, steps.slice(from, to), steps[to]?.page),
      );
    from = Math.max(from, to);
  }
  return { ...demonstration, steps };
}

function sortedSettings(
  instruction: string,
  steps: readonly DemonstratedStep[],
  after: PageView | undefined,
): DemonstratedStep[] {
  const first = (steps[0] as DemonstratedStep).page;
  const targets = steps.map((step) => {
    const target = targetOf(step);
    return target && first.elements.find((element) => isSameElement(element, target));
  });
  const order = steps
    .map((step, at) => ({ step, target: targets[at], place: placeOf(instruction, step, targets[at], first) }))
    .sort((left, right) => left.place - right.place);
  if (targets.includes(undefined) || order.every(({ step }, at) => step === steps[at])) return [...steps];
  // The pages as they would have looked in this order.
  let page = first;
  return order.map(({ step, target }) => {
    const [kind = '', parameters = {}] = Object.entries(step.action)[0] ?? [];
    const moved = { page, action: { [kind]: { ...parameters, ref: (target as PageElement).ref } } };
    page = withSetting(page, moved, after);
    return moved;
  });
}

function placeOf(
  instruction: string,
  step: DemonstratedStep,
  target: PageElement | undefined,
  page: PageView,
): number {
  if (!isEntry(step))
    return 2 * instruction.length + (target === undefined ? 0 : page.elements.indexOf(target));
  const text = typedIn(step.action);
  const said = instruction.toLowerCase().indexOf(text.toLowerCase());
  return said < 0 ? instruction.length : said;
}

/** @param after how it looked when all was set: what is typed may show as something else. */
function withSetting(page: PageView, step: DemonstratedStep, after: PageView | undefined): PageView {
  const target = targetOf(step);
  const set = (element: PageElement): PageElement => {
    if (isEntry(step)) {
      const typed = typedIn(step.action);
      const shown = after?.elements.find((other) => isSameElement(element, other))?.value;
      return { ...element, value: shown ?? typed };
    }
    const state = element.state ?? [];
    return {
      ...element,
      state: state.includes('checked') ? state.filter((word) => word !== 'checked') : [...state, 'checked'],
    };
  };
  return { ...page, elements: page.elements.map((element) => (element === target ? set(element) : element)) };
}

function tokenOf(step: DemonstratedStep, instruction: Instruction): TokenStep {
  const target = targetOf(step);
  const kind = kindOf(step.action);
  const state = (target?.state ?? []).filter((word) => TELLING_STATES.has(word));
  return {
    ...step,
    target,
    shape: [kind, target?.role ?? '', parameterOf(step.action, 'key'), ...state].join(' ').trim(),
    argument: argumentOf(step, target, instruction.spans(0)),
  };
}

/** States that say whether something still has to be done. */
export const TELLING_STATES = new Set(['checked', 'selected', 'expanded', 'pressed']);

/** Place of the quoted text that is typed or chosen, or else the longest that stands in or beside what is acted on. */
function argumentOf(
  { page, action }: DemonstratedStep,
  target: PageElement | undefined,
  quotes: readonly string[],
): number | undefined {
  const typed = typedIn(action).toLowerCase();
  if (typed !== '') {
    const at = quotes.findIndex((quote) => quote.toLowerCase() === typed);
    return at < 0 ? undefined : at;
  }
  if (target === undefined || quotes.length === 0) return undefined;
  const texts = [target, ...rowOf(page, target), ...groupOf(page, target)].map((element) =>
    labelOf(element).toLowerCase(),
  );
  const held = quotes.filter(
    (quote) => quote !== '' && texts.some((text) => text.includes(quote.toLowerCase())),
  );
  const longest = held.reduce((best, quote) => (quote.length > best.length ? quote : best), '');
  return longest === '' ? undefined : quotes.indexOf(longest);
}

/** Whether a step chooses the one option that the instruction says. */
export function isSaidChoice({ action, target }: TokenStep, instruction: Instruction): boolean {
  return target !== undefined && saidOption(target, instruction) === parameterOf(action, 'option');
}

export function kindOf(action: Action): string {
  return Object.keys(action)[0] ?? '';
}

export function parameterOf(action: Action, name: string): string {
  return String(action[kindOf(action)]?.[name] ?? '');
}

/** What is typed, chosen or given; '' where nothing is. */
export function typedIn(action: Action): string {
  return parameterOf(action, 'text') || parameterOf(action, 'option') || parameterOf(action, 'file');
}

function targetOf({ page, action }: DemonstratedStep): PageElement | undefined {
  return page.elements.find(({ ref }) => ref === parameterOf(action, 'ref'));
}

/** Whether a text is typed or an option chosen. */
function isEntry({ action }: DemonstratedStep): boolean {
  return kindOf(action) === 'fill' || kindOf(action) === 'select';
}

const TICKED = new Set(['checkbox', 'radio', 'switch']);

/** Whether it only changes what a form holds. */
function isSetting(step: DemonstratedStep): boolean {
  return isEntry(step) || (kindOf(step.action) === 'click' && TICKED.has(targetOf(step)?.role ?? ''));
}

function isSameElement(one: PageElement, other: PageElement): boolean {
  return (
    one.role === other.role &&
    one.name === other.name &&
    one.box.every((value, at) => value === other.box[at])
  );
}
