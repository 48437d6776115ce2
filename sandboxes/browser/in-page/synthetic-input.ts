import type { InPage } from './in-page.ts';

/**
 * Acts on a page by events that script dispatches, in the order in which real input gives them, and does what the browser
 * would do by itself after each (UI Events, HTML's implicit submission). The page can tell: `isTrusted` is false, `:hover`
 * does not match, and a caret is always at the end of its field.
 */
export function installSyntheticInput(page: InPage): void {
  interface Point {
    x: number;
    y: number;
  }
  type Field = HTMLInputElement | HTMLTextAreaElement;
  const nativeSetter = (prototype: object): ((this: Field, text: string) => void) =>
    Object.getOwnPropertyDescriptor(prototype, 'value')?.set as never;
  const setInput = nativeSetter(HTMLInputElement.prototype);
  const setArea = nativeSetter(HTMLTextAreaElement.prototype);
  const setValue = (field: Field, text: string): void =>
    (field.localName === 'textarea' ? setArea : setInput).call(field, text);

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

  let under: Element | undefined;
  const lineOf = (element: Element | undefined): Element[] => {
    const line: Element[] = [];
    for (let at: Element | null | undefined = element; at; at = at.parentElement) line.push(at);
    return line;
  };
  const moveTo = (target: Element, at: Point): void => {
    const [before, after] = [under?.isConnected ? under : undefined, target];
    if (before !== after) {
      const [left, entered] = [lineOf(before), lineOf(after)];
      for (const kind of ['pointer', 'mouse']) {
        if (before) fire(before, `${kind}out`, at, false);
        for (const one of left) if (!entered.includes(one)) fire(one, `${kind}leave`, at, false);
        fire(after, `${kind}over`, at, false);
        for (const one of entered.toReversed()) if (!left.includes(one)) fire(one, `${kind}enter`, at, false);
      }
    }
    under = target;
    fire(target, 'pointermove', at, false);
    fire(target, 'mousemove', at, false);
  };

  /** What the pointer meets at an element's point: the element, or something inside of it. */
  const innermost = (element: Element, { x, y }: Point): Element => {
    const found = (element.getRootNode() as Document | ShadowRoot).elementFromPoint(x, y);
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
  const click = (element: Element, at: Point): void => {
    const target = innermost(element, at);
    moveTo(target, at);
    fire(target, 'pointerdown', at, true);
    if (fire(target, 'mousedown', at, true)) focusAt(target);
    fire(target, 'pointerup', at, false);
    fire(target, 'mouseup', at, false);
    if (target.isConnected) fire(target, 'click', at, false);
  };

  /** The browser tells of a change when a field that was typed in loses the focus, or is sent by Enter. */
  let typed: { field: Field; before: string } | undefined;
  const commit = (): void => {
    const changed = typed;
    typed = undefined;
    if (changed && changed.field.value !== changed.before)
      changed.field.dispatchEvent(new Event('change', { bubbles: true }));
  };
  const willType = (field: Field): void => {
    if (typed?.field === field) return;
    typed = { field, before: field.value };
    field.addEventListener('blur', () => typed?.field === field && commit(), { once: true, capture: true });
  };

  const key = (target: Element, type: string, name: string): boolean =>
    target.dispatchEvent(
      new KeyboardEvent(type, { key: name, bubbles: true, cancelable: true, composed: true, view: window }),
    );
  /** Presses a key that does `act`, unless the page prevents it. */
  const stroke = (target: Element, name: string, act: () => void): void => {
    if (key(target, 'keydown', name) && key(target, 'keypress', name)) act();
    key(target, 'keyup', name);
  };
  const focused = (): Element => {
    let active = document.activeElement;
    while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
    return active ?? document.body;
  };
  const isField = (element: Element): element is Field => /^(?:input|textarea)$/.test(element.localName);
  const insert = (target: Element, data: string, text: string): void => {
    const about = { bubbles: true, composed: true, inputType: 'insertText', data };
    if (!target.dispatchEvent(new InputEvent('beforeinput', { ...about, cancelable: true }))) return;
    if (!isField(target)) return void document.execCommand('insertText', false, data);
    if (target.maxLength >= 0 && text.length > target.maxLength) return;
    setValue(target, text);
    target.dispatchEvent(new InputEvent('input', about));
  };
  const type = (text: string): void => {
    // What is typed is kept beside the field: a number's first sign is no number yet.
    let written = '';
    let shown = '';
    for (const [place, character] of [...text].entries()) {
      const target = focused();
      if (isField(target)) willType(target);
      const add = (): void => {
        const value = isField(target) ? target.value : '';
        written = (place === 0 ? '' : value === shown ? written : value) + character;
        insert(target, character, written);
        shown = isField(target) ? target.value : '';
      };
      if (/^[\x20-\x7e]$/.test(character)) stroke(target, character, add);
      else add();
    }
  };

  const submitFrom = (field: HTMLInputElement): void => {
    const about = { bubbles: true, cancelable: true, composed: true, inputType: 'insertLineBreak' };
    if (!field.dispatchEvent(new InputEvent('beforeinput', about))) return;
    commit();
    const { form } = field;
    if (!form) return;
    const controls = [...form.elements] as HTMLInputElement[];
    const button = controls.find(({ type: kind }) => kind === 'submit' || kind === 'image');
    const blocking = controls.filter(
      ({ localName, type: kind }) =>
        localName === 'input' &&
        !/^(?:button|submit|reset|image|checkbox|radio|file|hidden|color|range)$/.test(kind),
    );
    if (button) button.click();
    else if (blocking.length === 1) form.requestSubmit();
  };
  const press = (name: string): void => {
    const target = focused();
    stroke(target, name, () => {
      if (name !== 'Enter') return;
      if (target.localName === 'input') submitFrom(target as HTMLInputElement);
      else if (target.localName === 'textarea') insert(target, '\n', `${(target as Field).value}\n`);
      else if (target.matches('a[href], button, summary')) (target as HTMLElement).click();
    });
  };

  page.imitate = (action, points) => {
    const [name, { ref = '', text = '', option = '', key: pressed = '' }] = Object.entries(action)[0] as [
      string,
      Record<string, string>,
    ];
    if (name === 'press') return void press(pressed);
    if (name === 'back') return void (page.traversal -= 1);
    const element = page.referred.get(ref);
    const known = points[ref];
    const aim = known ? { x: known[0], y: known[1] } : page.bringIntoView(ref);
    if (!element) return `there is no element ${ref}`;
    if ('error' in aim) return aim.error;
    if (name === 'click') return void click(element, aim);
    if (name === 'select') return page.choose(ref, option).error;
    const { error, picked } = page.checkField(ref, text);
    if (error !== undefined || picked) return error;
    click(element, aim);
    page.selectContent(ref);
    type(text);
  };
}
