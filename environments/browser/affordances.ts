import { FIELD_ROLES } from 'lamarck';
import type { BrowserObservation } from './observation.ts';

type Element = BrowserObservation['elements'][number];

/** An action that is possible right now. */
export type BrowserAffordance =
  | { click: { ref: string } }
  | { fill: { ref: string; text: string } }
  | { select: { ref: string; option: string } }
  | { hover: { ref: string } }
  | { drag: { ref: string; to: string } }
  | { upload: { ref: string; file: string } }
  | { accept: { text?: string } }
  | { dismiss: Record<string, never> }
  | { press: { key: string } }
  | { back: Record<string, never> }
  | { tab: { tab: string } }
  | { close: Record<string, never> }
  | { done: { answer?: string } };

const mostAffordances = 80;
const mostTexts = 8;
/** Characters of an instruction that are searched for texts: a page may state one of any length, and the search is quadratic. */
const longestRead = 5000;
export const mostHovers = 8;
export const mostDrags = 24;
export const clickable: ReadonlySet<string> = new Set([
  ...[
    'button',
    'link',
    'checkbox',
    'radio',
    'switch',
    'tab',
    'menuitem',
    'menuitemcheckbox',
    'menuitemradio',
  ],
  ...['option', 'treeitem', 'generic', 'gridcell', 'label'],
]);
const answering = new Set([
  'text',
  'heading',
  'cell',
  'listitem',
  'columnheader',
  'status',
  'alert',
  'gridcell',
]);

/**
 * The actions that a page offers to an agent with this instruction: a pure function, in the order of the page, at most 80.
 * Where there are more, fields get fewer texts first; then answers go, then what stands last on the page.
 */
export function affordancesOf(observation: BrowserObservation): BrowserAffordance[] {
  if (observation.dialog) return answersTo(observation.dialog.kind, candidateTexts(observation.instruction));
  const reachable = observation.elements.filter(
    ({ state = [], coveredBy }) =>
      coveredBy === undefined && !state.includes('disabled') && !state.includes('forbidden'),
  );
  const texts = candidateTexts(observation.instruction);
  const focused = observation.elements.find(({ ref }) => ref === observation.focus);
  const general: BrowserAffordance[] = [
    ...(focused && FIELD_ROLES.has(focused.role) ? [{ press: { key: 'Enter' } }] : []),
    ...(observation.url === '/' ? [] : [{ back: {} }]),
    ...tabActs(observation),
    { done: {} },
  ];
  const room = mostAffordances - general.length;
  let acts: BrowserAffordance[];
  let kept = texts.length;
  const special = specialActs(reachable, observation.files ?? []);
  do
    acts = reachable.flatMap((element) => [
      ...actsOn(element, texts.slice(0, kept)),
      ...(special.get(element) ?? []),
    ]);
  while (acts.length > room && --kept > 0);
  const answers = observation.instruction.includes('?') ? answersFrom(observation.elements) : [];
  return [...acts.slice(0, room), ...general, ...answers].slice(0, mostAffordances);
}

function answersTo(kind: string, texts: readonly string[]): BrowserAffordance[] {
  const told = kind === 'prompt' ? texts.map((text) => ({ accept: { text } })) : [];
  return [...told, { accept: {} }, { dismiss: {} }];
}

/** Every tab but the one that is shown can be; every one but the first can be closed. */
function tabActs({ tabs = [], tab }: BrowserObservation): BrowserAffordance[] {
  const others = tabs.filter((one) => one.tab !== tab).map((one) => ({ tab: { tab: one.tab } }));
  return [...others, ...(tab === tabs[0]?.tab ? [] : [{ close: {} }])];
}

/** Hovers, drags and uploads, by the element that they are done to. */
function specialActs(
  elements: readonly Element[],
  files: readonly string[],
): ReadonlyMap<Element, readonly BrowserAffordance[]> {
  const having = (token: string) => elements.filter(({ state }) => state?.includes(token));
  const targets = having('droppable');
  const acts: (readonly [Element, BrowserAffordance])[] = [
    ...having('hoverable')
      .slice(0, mostHovers)
      .map((element) => [element, { hover: { ref: element.ref } }] as const),
    ...having('draggable')
      .flatMap((element) =>
        targets
          .filter((target) => target !== element)
          .map((target) => [element, { drag: { ref: element.ref, to: target.ref } }] as const),
      )
      .slice(0, mostDrags),
    ...having('uploadable').flatMap((element) =>
      files
        .filter((file) => file !== element.value)
        .map((file) => [element, { upload: { ref: element.ref, file } }] as const),
    ),
  ];
  const byElement = Map.groupBy(acts, ([element]) => element);
  return new Map([...byElement].map(([element, pairs]) => [element, pairs.map(([, act]) => act)]));
}

function actsOn(
  { ref, role, state, value, options }: Element,
  texts: readonly string[],
): BrowserAffordance[] {
  if (options)
    return options.filter((option) => option !== value).map((option) => ({ select: { ref, option } }));
  if (FIELD_ROLES.has(role)) {
    if (state?.includes('readonly')) return [];
    const takesNumbers = role === 'spinbutton' || role === 'slider';
    const fitting = takesNumbers ? texts.filter((text) => Number.isFinite(Number(text))) : texts;
    return fitting.filter((text) => text !== value).map((text) => ({ fill: { ref, text } }));
  }
  return clickable.has(role) ? [{ click: { ref } }] : [];
}

function answersFrom(elements: readonly Element[]): BrowserAffordance[] {
  const answers = elements
    .filter(({ role, name }) => answering.has(role) && name !== '')
    .map(({ name }) => name);
  return [...new Set(answers)].map((answer) => ({ done: { answer } }));
}

/**
 * Pieces of an instruction that may be meant to be typed, likeliest first: what is quoted, what looks like an e-mail
 * address, dates and numbers, capitalised words after the first. At most 8, none twice.
 */
export function candidateTexts(whole: string): string[] {
  const instruction = whole.slice(0, longestRead);
  const quoted = [...instruction.matchAll(/"([^"]+)"|“([^”]+)”|(?<!\w)'([^']+)'(?!\w)/g)].map(
    ([, ...spans]) => spans.find((span) => span !== undefined) ?? '',
  );
  const rest = instruction.replaceAll(/"[^"]*"|“[^”]*”/g, ' " ');
  const found = [
    ...quoted,
    ...(rest.match(/[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g) ?? []),
    ...(rest.match(
      /(?<![\p{L}\p{N}@.])\d[\d.,:/-]*\d(?![\p{L}\p{N}@])|(?<![\p{L}\p{N}@.])\d(?![\p{L}\p{N}@])/gu,
    ) ?? []),
    ...(rest.match(/(?<=[\p{L}\p{N},;:] )\p{Lu}[\p{L}\p{N}'-]*(?: \p{Lu}[\p{L}\p{N}'-]*)*/gu) ?? []),
  ];
  return [...new Set(found.map((text) => text.trim()).filter((text) => text !== ''))].slice(0, mostTexts);
}
