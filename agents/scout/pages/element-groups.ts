/** Which elements of a page belong together: a control and what it stands for. */
import { rowOf, type PageElement, type PageView } from 'lamarck/agent';

/** Roles that only show something. */
const SHOWN = new Set(['text', 'cell', 'heading', 'columnheader', 'listitem', 'status', 'alert']);

export function isShown({ role }: PageElement): boolean {
  return SHOWN.has(role);
}

/** Elements by what they do: those of a role whose names begin with the same word, such as "Open" and "Open mail". */
export function kinsIn(page: PageView): ReadonlyMap<string, readonly PageElement[]> {
  const kins = new Map<string, PageElement[]>();
  for (const element of page.elements) {
    const kin = kins.get(kinName(element));
    if (kin === undefined) kins.set(kinName(element), [element]);
    else kin.push(element);
  }
  return kins;
}

export function kinName({ role, name }: PageElement): string {
  return `${role} ${name.split(' ', 1)[0]}`;
}

/**
 * What a control stands for: in a list of items that each end with their controls what comes after the last of its kin,
 * elsewhere what is in its row.
 */
export function itemOf(page: PageView, element: PageElement, kin: readonly PageElement[]): PageElement[] {
  const row = lineOf(page, element);
  if (kin.length < 2) return row;
  const stretch = stretchTo(page, element, kin);
  const shown = stretch.filter(isShown);
  const isList = shown.length > 0 && (!row.some(isShown) || shown.some((other) => row.includes(other)));
  return isList ? stretch : row;
}

/** What is in its row and stands together with it in the order of the page, as another column does not; and cells that reach over its middle. */
function lineOf({ elements, ...page }: PageView, element: PageElement): PageElement[] {
  const row = new Set(rowOf({ elements, ...page }, element));
  const at = elements.indexOf(element);
  let [from, to] = [at, at + 1];
  while (from > 0 && row.has(elements[from - 1] as PageElement)) from--;
  while (to < elements.length && row.has(elements[to] as PageElement)) to++;
  const middle = element.box[1] + element.box[3] / 2;
  return elements.filter(
    (other, index) =>
      other !== element &&
      ((index >= from && index < to) ||
        (other.role === 'cell' && other.box[1] <= middle && middle <= other.box[1] + other.box[3])),
  );
}

/** From what is shown after the last of its kin to the element; the first has no more than the second. */
function stretchTo(page: PageView, element: PageElement, kin: readonly PageElement[]): PageElement[] {
  const at = page.elements.indexOf(element);
  const place = kin.indexOf(element);
  const start =
    place > 0
      ? page.elements.indexOf(kin[place - 1] as PageElement) + 1
      : at + 1 - (page.elements.indexOf(kin[1] as PageElement) - at);
  const stretch = page.elements.slice(Math.max(0, start), at);
  return stretch.slice(Math.max(0, stretch.findIndex(isShown)));
}
