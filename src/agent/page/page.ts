import { FIELD_ROLES, type Json, type PageElement, type PageObservation } from '../../protocol/index.ts';

/** A page, as an agent sees it. */
export type PageView = PageObservation;

/**
 * Whether an observation has the shape of a page, whatever its environment is called.
 *
 * @example isPage({ url: '/', elements: [] }) // true
 */
export function isPage(observation: unknown): observation is PageView {
  return (
    typeof observation === 'object' &&
    observation !== null &&
    'elements' in observation &&
    Array.isArray(observation.elements) &&
    'url' in observation
  );
}

/**
 * What a person would call the element.
 *
 * @example labelOf({ ref: 'e1', role: 'button', name: 'Buy', box: [0, 0, 8, 8] }) // 'Buy'
 */
export function labelOf(element: PageElement): string {
  return element.name || element.text || '';
}

/**
 * Whether a text can be typed into it.
 *
 * @example isField({ ref: 'e2', role: 'textbox', name: 'City', box: [0, 0, 8, 8] }) // true
 */
export function isField(element: PageElement): boolean {
  return FIELD_ROLES.has(element.role);
}

/** What stands beside an element: those whose middle is at its height, containers of several rows left out. */
export function rowOf(page: PageView, element: PageElement): PageElement[] {
  const middle = element.box[1] + element.box[3] / 2;
  const height = Math.max(element.box[3], 24);
  return page.elements.filter(
    (other) =>
      other !== element &&
      other.box[3] <= 3 * height &&
      Math.abs(other.box[1] + other.box[3] / 2 - middle) <= height / 2,
  );
}

/**
 * What belongs to one of several elements of the same role and name: all that comes after the previous twin and up to
 * this one, in the order of the document. Nothing where there is no twin.
 */
export function groupOf(page: PageView, element: PageElement): PageElement[] {
  const isTwin = (other: PageElement) => other.role === element.role && other.name === element.name;
  const twins = page.elements.filter(isTwin);
  if (twins.length < 2) return [];
  const previous = twins[twins.indexOf(element) - 1];
  const from = previous === undefined ? 0 : page.elements.indexOf(previous) + 1;
  return page.elements.slice(from, page.elements.indexOf(element));
}

/** A page without what changes from one observation to the next by itself: equal texts mean that nothing happened. */
export function pageSignature(page: PageView): string {
  const elements = page.elements.map(({ role, name, text, value, state, options }) => [
    role,
    name,
    text ?? '',
    value ?? '',
    (state ?? []).filter((word) => word !== 'focused'),
    options?.length ?? 0,
  ]);
  return JSON.stringify([page.url, page.dialog?.message ?? '', elements] satisfies Json);
}

/**
 * Places of the steps that led on, given the signatures of the pages they were taken on: where a page came back later,
 * everything in between was a detour. The last step always counts.
 *
 * @example directCourse(['a', 'b', 'a', 'c']) // [2, 3]
 */
export function directCourse(signatures: readonly string[]): number[] {
  const course: number[] = [];
  for (let at = 0; at < signatures.length; at++) {
    at = signatures.lastIndexOf(signatures[at] as string);
    course.push(at);
  }
  return course;
}
