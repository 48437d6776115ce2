/**
 * What the agent keeps in mind during an episode on pages, and nothing from before it. The improver builds the same
 * memory from a recorded episode, so that it sees each decision with the eyes of the one who made it.
 */
import { labelOf, pageSignature, type Action, type PageElement, type PageView } from 'lamarck/agent';
import { isShown, itemOf, kinName, kinsIn } from './element-groups.ts';

export interface Memory {
  /** Everything done so far, described so that it can be recognised on a later page. */
  readonly done: readonly string[];
  /** The same, together with the page it was done on. */
  readonly doneHere: readonly string[];
  /** Texts filled in and options chosen, in lower case. */
  readonly used: readonly string[];
  /** Lower-case labels of what was clicked, newest last. */
  readonly clicked: readonly string[];
  /** Lower-case labels of what was filled in or chosen from. */
  readonly set: readonly string[];
  /** For each click and drag, what it was done to, where it was dropped, and what stood beside, in lower case. */
  readonly touched: readonly (readonly string[])[];
  /** For each action, in lower case: the label of what it was done to, what was typed or chosen, and what stands beside. */
  readonly course: readonly (readonly string[])[];
  /** Where a click on a label led: to a page not seen before, back to one that was, or nowhere. The newest counts. */
  readonly ledTo: Readonly<Record<string, 'on' | 'back' | 'nowhere'>>;
  /** Where what was clicked stood: its left and top edge. */
  readonly spots: readonly string[];
  /** Every page seen, without its values. */
  readonly pages: readonly string[];
  readonly lastKind: string;
  readonly lastElement: PageElement | undefined;
  readonly previousSignature: string;
  readonly previousOutline: string;
  readonly previousLabels: readonly string[];
}

export const emptyMemory: Memory = {
  done: [],
  doneHere: [],
  used: [],
  clicked: [],
  set: [],
  touched: [],
  course: [],
  spots: [],
  ledTo: {},
  pages: [],
  lastKind: '',
  lastElement: undefined,
  previousSignature: '',
  previousOutline: '',
  previousLabels: [],
};

/** Where a click on what has this label led before; pages choose labels, `constructor` among them. */
export function ledTo(memory: Memory, label: string): Memory['ledTo'][string] | undefined {
  return Object.hasOwn(memory.ledTo, label) ? memory.ledTo[label] : undefined;
}

/** An action's name and parameters. */
export function kindOf(action: Action): string {
  return Object.keys(action)[0] ?? '';
}

/** The text of a parameter, or '' where there is none. */
export function parameterOf(action: Action, name: string): string {
  const value = action[kindOf(action)]?.[name];
  return value === undefined || value === null ? '' : String(value);
}

/** The element that an action is about. */
export function targetOf(page: PageView, action: Action): PageElement | undefined {
  const ref = parameterOf(action, 'ref');
  return ref === '' ? undefined : page.elements.find((element) => element.ref === ref);
}

/** A name for an action that does not depend on references, which change from page to page. */
export function describeAction(page: PageView, action: Action): string {
  const kind = kindOf(action);
  const element = targetOf(page, action);
  const detail = ['text', 'option', 'key', 'answer', 'tab', 'file']
    .map((name) => parameterOf(action, name))
    .join('');
  const onto = page.elements.find(({ ref }) => ref === parameterOf(action, 'to'))?.name ?? '';
  // A key goes to what has the focus.
  const focus = kind === 'press' ? page.elements.find(({ ref }) => ref === page.focus)?.name : '';
  if (element === undefined) return `${kind} ${detail} ${focus ?? ''}`;
  return `${kind} ${element.role} ${element.name} ${isAlone(page, element) ? '' : nameOfItem(page, element)} ${detail}${onto}`;
}

function isAlone(page: PageView, element: PageElement): boolean {
  return !page.elements.some(
    (other) => other !== element && other.role === element.role && other.name === element.name,
  );
}

/** The first two things that are shown of what the element is for, without remarks in brackets: they stay when rows come and go. */
function nameOfItem(page: PageView, element: PageElement): string {
  const kin = kinsIn(page).get(kinName(element)) ?? [];
  const shown = itemOf(page, element, kin).filter(isShown).slice(0, 2);
  return shown.map((other) => labelOf(other).replace(/ \(.*\)$/, '')).join(', ');
}

/** The memory after an action was taken on a page. */
export function remember(memory: Memory, page: PageView, action: Action): Memory {
  const signature = pageSignature(page);
  const description = describeAction(page, action);
  const element = targetOf(page, action);
  const kind = kindOf(action);
  const text = parameterOf(action, 'text') || parameterOf(action, 'option');
  const clicked = kind === 'click' ? element : undefined;
  const outline = outlineOf(page);
  const texts = textsOf(page, action, element);
  return {
    done: [...memory.done, description],
    doneHere: [...memory.doneHere, `${description} @ ${signature}`],
    used: text === '' ? memory.used : [...memory.used, text.toLowerCase()],
    clicked: clicked ? [...memory.clicked, labelOf(clicked).toLowerCase()] : memory.clicked,
    set: text === '' || element === undefined ? memory.set : [...memory.set, labelOf(element).toLowerCase()],
    touched: kind === 'click' || kind === 'drag' ? [...memory.touched, texts] : memory.touched,
    course: [...memory.course, texts],
    spots: clicked ? [...memory.spots, spotOf(clicked)] : memory.spots,
    ledTo: whereItLed(memory, outline),
    pages: memory.pages.includes(outline) ? memory.pages : [...memory.pages, outline],
    lastKind: kind,
    lastElement: element,
    previousSignature: signature,
    previousOutline: outline,
    previousLabels: page.elements.map(labelOf),
  };
}

/** The left and top edge of an element. */
export function spotOf({ box: [x, y] }: PageElement): string {
  return `${x} ${y}`;
}

/** Where the last click led, now that the page after it is known. */
function whereItLed(memory: Memory, outline: string): Memory['ledTo'] {
  if (memory.lastKind !== 'click' || memory.lastElement === undefined) return memory.ledTo;
  const where =
    outline === memory.previousOutline ? 'nowhere' : memory.pages.includes(outline) ? 'back' : 'on';
  return { ...memory.ledTo, [labelOf(memory.lastElement).toLowerCase()]: where };
}

function outlineOf(page: PageView): string {
  return [
    page.url,
    page.dialog?.message ?? '',
    ...page.elements.map(({ role, name }) => `${role} ${name}`),
  ].join('\n');
}

/** Its label first, or '' where there is none. */
function textsOf(page: PageView, action: Action, element: PageElement | undefined): string[] {
  const [label = '', ...beside] = element === undefined ? [] : textsBeside(page, element);
  const text = parameterOf(action, 'text') || parameterOf(action, 'option');
  const onto = page.elements.find(({ ref }) => ref === parameterOf(action, 'to'));
  const set = [text, onto === undefined ? '' : labelOf(onto)].filter((one) => one !== '');
  return [label, ...set.map((one) => one.toLowerCase()), ...beside];
}

function textsBeside(page: PageView, element: PageElement): string[] {
  const kin = kinsIn(page).get(kinName(element)) ?? [];
  return [element, ...itemOf(page, element, kin)].map((other) => labelOf(other).toLowerCase());
}
