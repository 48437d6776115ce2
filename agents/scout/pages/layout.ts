/** How a page is laid out: what is in a dialog, what stands under which heading, what shows another part of the page. */
import { isField, labelOf, type PageElement, type PageView } from 'lamarck/agent';
import { isShown, kinName } from './element-groups.ts';

export interface Layout {
  /** References of what is in the dialog that the page shows; `undefined` where it shows none. */
  readonly dialog: ReadonlySet<string> | undefined;
  /** By reference, in lower case: the last heading before an element. */
  readonly headings: ReadonlyMap<string, string>;
  /** References of the closed ones in a line of tabs, folds or pages of which one is open. */
  readonly closed: ReadonlySet<string>;
  /** Reference of the first of them after the last open one. */
  readonly next: string | undefined;
  /** Reference of the last button of the row after a list. */
  readonly turner: string | undefined;
}

export function layoutOf(page: PageView, kins: ReadonlyMap<string, readonly PageElement[]>): Layout {
  const closed = closedOf(page);
  return {
    dialog: dialogOf(page),
    headings: headingsOf(page),
    closed,
    next: page.elements.slice(page.elements.findLastIndex(isPart) + 1).find(({ ref }) => closed.has(ref))
      ?.ref,
    turner: turnerOf(page, kins, closed)?.ref,
  };
}

/** Whether it can be used: nothing covers it, and it is not switched off. */
export function isReachable({ coveredBy, state }: PageElement): boolean {
  return coveredBy === undefined && state?.includes('disabled') !== true;
}

function dialogOf({ elements }: PageView): Layout['dialog'] {
  const dialog = elements.findLast(({ role }) => role === 'dialog' || role === 'alertdialog');
  if (dialog === undefined) return undefined;
  const after = elements.slice(elements.indexOf(dialog) + 1);
  return new Set(after.filter(({ box }) => isWithin(box, dialog.box)).map(({ ref }) => ref));
}

function isWithin(inner: PageElement['box'], outer: PageElement['box']): boolean {
  return (
    inner[0] >= outer[0] &&
    inner[1] >= outer[1] &&
    inner[0] + inner[2] <= outer[0] + outer[2] &&
    inner[1] + inner[3] <= outer[1] + outer[3]
  );
}

function headingsOf({ elements }: PageView): Layout['headings'] {
  const headings = new Map<string, string>();
  let heading: string | undefined;
  for (const element of elements) {
    if (element.role === 'heading') heading = labelOf(element).toLowerCase();
    else if (heading !== undefined) headings.set(element.ref, heading);
  }
  return headings;
}

function closedOf({ elements }: PageView): Set<string> {
  const open = elements.filter(isPart);
  const isClosed = (element: PageElement) =>
    !isOpened(element) && open.some((other) => other.role === element.role && isInLine(element, other));
  return new Set(elements.filter(isClosed).map(({ ref }) => ref));
}

/** The last button that can be used in the row of buttons after a list, where no field or heading comes before it. */
function turnerOf(
  { elements }: PageView,
  kins: ReadonlyMap<string, readonly PageElement[]>,
  closed: ReadonlySet<string>,
): PageElement | undefined {
  const isOfItem = (element: PageElement) =>
    element.role === 'button' &&
    (kins.get(kinName(element))?.length ?? 0) > 1 &&
    !closed.has(element.ref) &&
    !isOpened(element);
  const last = elements.findLastIndex(isOfItem);
  if (last < 0) return undefined;
  const after = elements.slice(last + 1);
  const next = after.find((element) => !isShown(element) || element.role === 'heading');
  if (next?.role !== 'button') return undefined;
  const row = after.filter(({ role, box }) => role === 'button' && Math.abs(box[1] - next.box[1]) <= 4);
  return row.findLast(isReachable);
}

/** Whether it is open and shows a part of the page: a chosen option does not. */
function isPart(element: PageElement): boolean {
  return isOpened(element) && element.role !== 'option';
}

export function isOpened({ state }: PageElement): boolean {
  return state?.includes('selected') === true || state?.includes('expanded') === true;
}

/** Whether two stand one above the other and are equally wide, or side by side and are equally high; within 4 px. */
function isInLine({ box: [x, y, width, height] }: PageElement, { box }: PageElement): boolean {
  const isEqual = (one: number, other: number) => Math.abs(one - other) <= 4;
  return (isEqual(x, box[0]) && isEqual(width, box[2])) || (isEqual(y, box[1]) && isEqual(height, box[3]));
}

/** Whether what comes right before a button, and is not only shown, is a field that is empty. */
export function followsEmptyField({ elements }: PageView, button: PageElement): boolean {
  const before = elements.slice(0, elements.indexOf(button)).findLast((element) => !isShown(element));
  return before !== undefined && isField(before) && (before.value ?? '') === '';
}
