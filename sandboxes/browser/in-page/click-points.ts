import type { InPage, Rectangle } from './in-page.ts';

/** Finds the points at which elements can be clicked, and what is in the way. */
export function installClickPoints(page: InPage): void {
  const { getComputedStyle } = window;
  page.intersect = (one, other) =>
    one === undefined
      ? other
      : {
          left: Math.max(one.left, other.left),
          top: Math.max(one.top, other.top),
          right: Math.min(one.right, other.right),
          bottom: Math.min(one.bottom, other.bottom),
        };
  page.isEmpty = ({ left, top, right, bottom }) => right - left < 2 || bottom - top < 2;

  const hit = (x: number, y: number): Element | null => {
    let found = document.elementFromPoint(x, y);
    while (found?.shadowRoot) {
      const deeper = found.shadowRoot.elementFromPoint(x, y);
      if (!deeper || deeper === found) break;
      found = deeper;
    }
    return found;
  };
  const contains = (element: Element, other: Element): boolean => {
    for (let at: Node | null = other; at; at = at.parentNode ?? (at as ShadowRoot).host ?? null)
      if (at === element) return true;
    // A click on a label around a control is a click on the control.
    return (other.closest('label')?.control ?? null) === element;
  };
  /** What the window and scrolling containers leave of an element; `known` spares looking at the same ancestors again. */
  const viewOf = (element: Element, known: Map<Element, Rectangle>): Rectangle => {
    const root = element.parentNode;
    const parent = root instanceof ShadowRoot ? root.host : element.parentElement;
    if (!parent || parent === document.body)
      return { left: 0, top: 0, right: innerWidth, bottom: innerHeight };
    let view = known.get(parent);
    if (!view) {
      view = viewOf(parent, known);
      if (/auto|scroll/.test(getComputedStyle(parent).overflow))
        view = page.intersect(view, parent.getBoundingClientRect());
      known.set(parent, view);
    }
    return view;
  };
  page.pointOf = (element, known = new Map<Element, Rectangle>()) => {
    const view = viewOf(element, known);
    let cover: Element | undefined;
    for (const rectangle of [...element.getClientRects()].slice(0, 3)) {
      const part = page.intersect(view, rectangle);
      if (page.isEmpty(part)) continue;
      for (const [across, down] of [
        [0.5, 0.5],
        [0.2, 0.5],
        [0.8, 0.5],
        [0.5, 0.2],
        [0.5, 0.8],
      ] as const) {
        const x = part.left + (part.right - part.left) * across;
        const y = part.top + (part.bottom - part.top) * down;
        const found = hit(x, y);
        if (found && contains(element, found)) return { x, y };
        if (found) cover ??= found;
      }
    }
    return cover && { cover };
  };
}
