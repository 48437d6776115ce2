import type { PageElement } from 'lamarck';
import type { InPage, Rectangle } from './in-page.ts';

/** Collects what a person would see, in the order of the document, and finds the points at which it can be clicked. */
export function installObserving(page: InPage): void {
  const { getComputedStyle } = window;
  interface Entry {
    element: Element;
    role: string;
    style: CSSStyleDeclaration;
    rectangle: DOMRect;
    /** Pieces of a block's own text; absent for what is acted on, whose name is computed. */
    pieces?: string[];
    /** Drags, drops or files, which make it count without any text. */
    takes: readonly string[];
  }
  interface Place {
    /** The block that takes text, none inside of what is acted on. */
    block: Entry | undefined;
    /** What overflow leaves of children in flow, and of absolutely positioned ones. */
    clip: Rectangle | undefined;
    positionedClip: Rectangle | undefined;
    cursor: string;
  }

  const skipped =
    /^(?:script|style|template|noscript|head|meta|link|title|option|optgroup|canvas|object|embed|datalist)$/;
  const textRoles = new Map([
    ['td', 'cell'],
    ['th', 'columnheader'],
    ['li', 'listitem'],
    ['label', 'label'],
  ]);
  const textRole = (element: Element): string =>
    /^h[1-6]$/.test(element.localName) || element.getAttribute('role') === 'heading'
      ? 'heading'
      : (textRoles.get(element.localName) ?? 'text');

  /** A label whose control is seen is that control's name and needs no entry of its own. */
  const namesSeenControl = (element: Element): boolean => {
    const control = element.localName === 'label' ? (element as HTMLLabelElement).control : null;
    return (
      control !== null &&
      control.checkVisibility({ opacityProperty: true, visibilityProperty: true }) &&
      control.getBoundingClientRect().width > 1
    );
  };

  page.referred = new Map();

  const collect = (): Entry[] => {
    const seen: Entry[] = [];
    const none: readonly string[] = [];
    const takers = page.takers(document);
    const visit = (element: Element, place: Place): void => {
      if (skipped.test(element.localName)) return;
      const style = getComputedStyle(element);
      if (style.display === 'none' || style.opacity === '0') return;
      const isSlot = style.display === 'contents';
      const rectangle = element.getBoundingClientRect();
      const outer =
        style.position === 'fixed'
          ? undefined
          : style.position === 'absolute'
            ? place.positionedClip
            : place.clip;
      const visible =
        style.visibility === 'visible' &&
        !page.isEmpty(outer ? page.intersect(outer, rectangle) : rectangle) &&
        rectangle.right + scrollX > 0 &&
        rectangle.bottom + scrollY > 0;
      const clips = /hidden|clip/.test(style.overflowX + style.overflowY) && element !== document.body;
      const clip = clips ? page.intersect(outer, rectangle) : outer;
      const inner: Place = {
        block: place.block,
        clip,
        positionedClip: style.position === 'static' ? place.positionedClip : clip,
        cursor: style.cursor,
      };

      let role = page.roleOf(element);
      if (role === undefined && visible && page.isClickable(element, style, place.cursor)) role = 'generic';
      const isContainer =
        role === 'dialog' ||
        role === 'alertdialog' ||
        role === 'status' ||
        role === 'alert' ||
        role === 'gridcell';
      const takes = takers.get(element) ?? none;
      const entry = { element, style, rectangle, takes };
      if (element.localName === 'iframe') {
        if (visible && page.pageWithin(element)) seen.push({ ...entry, role: 'iframe' });
        return;
      }
      if (role !== undefined && !isContainer) {
        if (visible) seen.push({ ...entry, role });
        inner.block = undefined;
      } else if (namesSeenControl(element)) {
        inner.block = undefined;
      } else if (
        isContainer ||
        takes.length > 0 ||
        (!isSlot &&
          !/^inline(?!-)/.test(style.display) &&
          !(style.display.startsWith('inline-') && place.block))
      ) {
        inner.block = visible ? { ...entry, role: role ?? textRole(element), pieces: [] } : undefined;
        if (inner.block) seen.push(inner.block);
      }
      if (element.shadowRoot) for (const one of page.takers(element.shadowRoot)) takers.set(...one);
      for (const child of element instanceof HTMLSlotElement && element.assignedNodes().length > 0
        ? element.assignedNodes()
        : (element.shadowRoot ?? element).childNodes) {
        if (child.nodeType === Node.TEXT_NODE) {
          if (style.visibility === 'visible' && (isSlot || rectangle.width > 1))
            inner.block?.pieces?.push((child as Text).data);
        } else if (child instanceof Element) {
          if (child.localName === 'br') inner.block?.pieces?.push(' ');
          visit(child, inner);
        }
      }
    };
    const root = document.body ?? document.documentElement;
    if (root) visit(root, { block: undefined, clip: undefined, positionedClip: undefined, cursor: 'auto' });
    return seen.filter(
      ({ role, pieces, takes }) =>
        pieces === undefined ||
        takes.length > 0 ||
        role === 'dialog' ||
        role === 'alertdialog' ||
        pieces.join('').trim() !== '',
    );
  };

  page.observe = () => {
    const known = new Map<Element, Rectangle>();
    const points: Record<string, readonly [number, number]> = {};
    const fields: string[] = [];
    const seen = collect();
    page.referred = new Map(seen.map(({ element }, index) => [`e${index + 1}`, element]));
    const references = new Map(seen.map(({ element }, index) => [element, `e${index + 1}`]));
    // What reacts may be no entry of its own, as a list item around a link: its first entry stands for it.
    const standIn = (trigger: Element): Element | undefined =>
      references.has(trigger) ? trigger : seen.find(({ element }) => trigger.contains(element))?.element;
    const hoverable = new Set(page.hoverable().map(standIn));
    const nameCover = (cover: Element): string => {
      for (let at: Element | null = cover; at && at !== document.body; at = at.parentElement) {
        const reference = references.get(at);
        if (reference) return reference;
      }
      const role = page.roleOf(cover) ?? textRole(cover);
      return `${role} ${page.textOf(cover).slice(0, 40)}`.trim();
    };
    const round = (pixels: number): number => Math.round(pixels / 4) * 4 || 0;
    const elements = seen.map(({ element, role, style, rectangle, pieces, takes }): PageElement => {
      const own = pieces?.join('').replace(/\s+/g, ' ').trim().slice(0, 500);
      const isDialog = role === 'dialog' || role === 'alertdialog';
      const inside =
        own === undefined && role !== 'textbox' && element.firstChild ? page.textOf(element) : undefined;
      const labelled = own === '' && takes.length > 0 ? page.nameOf(element, 'dialog') : own;
      const name = labelled === undefined || isDialog ? page.nameOf(element, role, inside) : labelled;
      const text = own ?? inside ?? '';
      const value = pieces === undefined ? page.valueOf(element) : undefined;
      const special = hoverable.has(element) ? ['hoverable', ...takes] : takes;
      const state = [...page.stateOf(element), ...special].sort();
      const color = page.colorOf(style);
      const { x, y, width, height } = rectangle;
      const point = page.pointOf(element, known);
      const ref = references.get(element) as string;
      if (point && 'x' in point) points[ref] = [point.x, point.y];
      if (page.takesAnyText(element)) fields.push(ref);
      return {
        ref,
        role,
        name,
        ...(text !== '' && text !== name && { text }),
        ...(value !== undefined && { value }),
        ...(state.length > 0 && { state }),
        ...(element instanceof HTMLSelectElement && {
          options: [...element.options]
            .filter((option) => !option.disabled && !page.isForbidden(option))
            .map(({ label }) => label.replace(/\s+/g, ' ').trim()),
        }),
        box: [round(x + scrollX), round(y + scrollY), round(width), round(height)],
        ...(point && 'cover' in point && { coveredBy: nameCover(point.cover) }),
        ...(color !== undefined && { color }),
      };
    });
    let active = document.activeElement;
    while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
    const focus = active ? references.get(active) : undefined;
    const observation = {
      url: location.pathname + location.search,
      ...(focus !== undefined && { focus }),
      elements,
    };
    return page.mergeFrames({ observation, points, fields }, nameCover);
  };
}
