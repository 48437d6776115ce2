import type { InPage, Point } from './in-page.ts';

/**
 * Moves, presses and drags a pointer by events that script dispatches, in the order in which a real one gives them (UI
 * Events, Pointer Events, HTML's drag and drop). Rules for `:hover` that reveal something hold for an attribute instead.
 */
export function installSyntheticPointer(page: InPage): void {
  const hovered = 'data-lamarck-hovered';

  const fire = (target: Element, type: string, { x, y }: Point, pressed: boolean): boolean => {
    const crosses = /(?:enter|leave)$/.test(type);
    const Kind = /^(?:pointer|click)/.test(type) ? PointerEvent : MouseEvent;
    return target.dispatchEvent(
      new Kind(type, {
        bubbles: !crosses,
        cancelable: !crosses,
        composed: true,
        view: window,
        clientX: x,
        clientY: y,
        buttons: pressed ? 1 : 0,
        detail: /^(?:mouse|click)/.test(type) ? 1 : 0,
        // A mouse event takes no notice of these.
        pointerId: 1,
        pointerType: 'mouse',
        isPrimary: true,
      }),
    );
  };
  /** Coming and going is told to each element of a line: far too often, where nobody listens. */
  const tell = (target: Element, type: string, at: Point, pressed: boolean): void => {
    if (page.hoverMatters || (target as unknown as Record<string, unknown>)[`on${type}`])
      fire(target, type, at, pressed);
  };

  let sheet: CSSStyleSheet | undefined;
  let sheetText = '';
  const showHover = (left: readonly Element[], entered: readonly Element[]): void => {
    for (const one of left) if (!entered.includes(one)) one.removeAttribute(hovered);
    const text = page.revealingRules().replaceAll(':hover', `[${hovered}]`);
    if (text === '') return;
    sheet ??= new CSSStyleSheet();
    if (text !== sheetText) sheet.replaceSync((sheetText = text));
    if (!document.adoptedStyleSheets.includes(sheet))
      document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
    for (const one of entered) one.setAttribute(hovered, '');
  };

  let under: Element | undefined;
  const lineOf = (element: Element | undefined): Element[] => {
    const line: Element[] = [];
    for (let at: Element | null | undefined = element; at; at = at.parentElement) line.push(at);
    return line;
  };
  const moveTo = (target: Element, at: Point, pressed = false): void => {
    const before = under?.isConnected ? under : undefined;
    if (before !== target) {
      const [left, entered] = [lineOf(before), lineOf(target)];
      showHover(left, entered);
      for (const kind of ['pointer', 'mouse']) {
        if (before) fire(before, `${kind}out`, at, pressed);
        for (const one of left) if (!entered.includes(one)) tell(one, `${kind}leave`, at, pressed);
        fire(target, `${kind}over`, at, pressed);
        for (const one of entered.toReversed())
          if (!left.includes(one)) tell(one, `${kind}enter`, at, pressed);
      }
    }
    under = target;
    fire(target, 'pointermove', at, pressed);
    fire(target, 'mousemove', at, pressed);
  };

  const elementAt = (root: Document | ShadowRoot, { x, y }: Point): Element | null =>
    root.elementFromPoint(x, y);
  /** What the pointer meets at an element's point: the element, or something inside of it. */
  const innermost = (element: Element, at: Point): Element => {
    if (!element.firstElementChild) return element;
    const found = elementAt(element.getRootNode() as Document | ShadowRoot, at);
    return found && element.contains(found) ? found : element;
  };
  const focusAt = (target: Element): void => {
    for (let at: Element | null = target; at; at = at.parentElement) {
      const { tabIndex, isContentEditable } = at as HTMLElement;
      if ((tabIndex < 0 && !at.hasAttribute('tabindex') && !isContentEditable) || at.matches(':disabled'))
        continue;
      return (at as HTMLElement).focus({ preventScroll: true });
    }
    (target.ownerDocument.activeElement as HTMLElement | null)?.blur();
  };
  /** Presses the button; false where the page wants no more than that to come of it. */
  const press = (target: Element, at: Point): boolean => {
    moveTo(target, at);
    fire(target, 'pointerdown', at, true);
    const isFree = fire(target, 'mousedown', at, true);
    if (isFree) focusAt(target);
    return isFree;
  };
  const release = (target: Element, at: Point): void => {
    fire(target, 'pointerup', at, false);
    fire(target, 'mouseup', at, false);
  };

  page.pointAt = (element, at) => moveTo(innermost(element, at), at);
  page.clickAt = (element, at) => {
    const target = innermost(element, at);
    press(target, at);
    release(target, at);
    if (target.isConnected) fire(target, 'click', at, false);
  };

  const carry = (target: Element, type: string, { x, y }: Point, dataTransfer: DataTransfer): boolean =>
    target.dispatchEvent(
      new DragEvent(type, {
        bubbles: true,
        cancelable: !/(?:leave|end)$/.test(type),
        composed: true,
        view: window,
        clientX: x,
        clientY: y,
        dataTransfer,
      }),
    );
  /** What a browser does with what is `draggable`: the pointer's own events end, and the target's consent is asked. */
  const carryTo = (source: Element, target: Element, [from, to]: readonly [Point, Point]): boolean => {
    const data = new DataTransfer();
    if (!carry(source, 'dragstart', from, data)) return false;
    fire(source, 'pointercancel', from, false);
    carry(source, 'drag', from, data);
    carry(target, 'dragenter', to, data);
    const takes = !carry(target, 'dragover', to, data);
    carry(target, takes ? 'drop' : 'dragleave', to, data);
    carry(source, 'dragend', to, data);
    under = undefined;
    return true;
  };
  page.dragAcross = (source, target, [from, to]) => {
    const start = innermost(source, from);
    const carried = press(start, from) ? start.closest('[draggable=true]') : null;
    if (carried && carryTo(carried, innermost(target, to), [from, to])) return;
    for (const part of [0.05, 0.25, 0.5, 0.75]) {
      const at = { x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part };
      moveTo(elementAt(document, at) ?? start, at, true);
    }
    const end = innermost(target, to);
    moveTo(end, to, true);
    release(end, to);
    const shared = lineOf(start).find((one) => one.contains(end));
    if (shared?.isConnected) fire(shared, 'click', to, false);
  };
}
