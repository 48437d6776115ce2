import type { Aim, InPage, Point, Seen, SyntheticAction } from './in-page.ts';

/**
 * Acts on a page by events that script dispatches, in the order in which real input gives them, and does what the browser
 * would do by itself after each (UI Events, HTML's implicit submission). The page can tell: `isTrusted` is false, `:hover`
 * does not match, and a caret is always at the end of its field. What is in a frame is done within the frame.
 */
export function installSyntheticInput(page: InPage): void {
  type Field = HTMLInputElement | HTMLTextAreaElement;
  const nativeSetter = (prototype: object): ((this: Field, text: string) => void) =>
    Object.getOwnPropertyDescriptor(prototype, 'value')?.set as never;
  const setInput = nativeSetter(HTMLInputElement.prototype);
  const setArea = nativeSetter(HTMLTextAreaElement.prototype);
  const setValue = (field: Field, text: string): void =>
    (field.localName === 'textarea' ? setArea : setInput).call(field, text);

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
    const within = target.localName === 'iframe' ? page.pageWithin(target) : undefined;
    if (within) return void within.imitate({ press: { key: name } }, {});
    stroke(target, name, () => {
      if (name !== 'Enter') return;
      if (target.localName === 'input') submitFrom(target as HTMLInputElement);
      else if (target.localName === 'textarea') insert(target, '\n', `${(target as Field).value}\n`);
      else if (target.matches('a[href], button, summary')) (target as HTMLElement).click();
    });
  };

  const fill = (ref: string, text: string, aim: Point): string | undefined => {
    const { error, picked } = page.checkField(ref, text);
    if (error !== undefined || picked) return error;
    page.clickAt(page.referred.get(ref) as Element, aim);
    page.selectContent(ref);
    type(text);
    return undefined;
  };
  const drag = (ref: string, to: string, points: Seen['points']): string | undefined => {
    // Bringing the target into view may move what is dragged, so that one is aimed at last.
    if (!points[to]) page.bringIntoView(to);
    const [from, end] = [aimAt(ref, points), aimAt(to, points)];
    const target = page.referred.get(to);
    if ('error' in from) return from.error;
    if ('error' in end || !target) return `there is no way to drop on ${to}`;
    return void page.dragAcross(page.referred.get(ref) as Element, target, [from, end]);
  };
  const aimAt = (ref: string, points: Seen['points']): Aim => {
    const known = points[ref];
    return known ? { x: known[0], y: known[1] } : page.bringIntoView(ref);
  };
  /** The same action for the page within a frame; undefined where it is done to the page's own. */
  const passOn = (action: SyntheticAction, points: Seen['points']): { error?: string } | undefined => {
    const [name = '', values = {}] = Object.entries(action)[0] ?? [];
    const { ref = '', to } = values;
    const [inner, end] = [page.withinFrame(ref), to === undefined ? undefined : page.withinFrame(to)];
    if (to !== undefined && inner?.page !== end?.page) return { error: 'a frame is not left by dragging' };
    if (!inner) return undefined;
    const aims: Record<string, readonly [number, number]> = {};
    for (const [one, own] of [
      [ref, inner],
      ...(to !== undefined && end ? [[to, end] as const] : []),
    ] as const) {
      const aim = aimAt(one, points);
      if ('error' in aim) return aim;
      if (own === inner) page.pointAt(inner.element, aim);
      aims[own.ref] = [aim.x - inner.corner.x, aim.y - inner.corner.y];
    }
    const error = inner.page.imitate(
      { [name]: { ...values, ref: inner.ref, ...(end && { to: end.ref }) } },
      aims,
    );
    return error === undefined ? {} : { error };
  };

  page.imitate = (action, points, files = {}) => {
    const [name, { ref = '', to = '', text = '', option = '', key: pressed = '', file = '' }] =
      Object.entries(action)[0] as [string, Record<string, string>];
    if (name === 'press') return void press(pressed);
    if (name === 'back') return void (page.traversal -= 1);
    if (name === 'select') return page.choose(ref, option).error;
    if (name === 'upload') return page.giveFile(ref, file, files[file] ?? '').error;
    const passed = passOn(action, points);
    if (passed) return passed.error;
    const element = page.referred.get(ref);
    if (!element) return `there is no element ${ref}`;
    if (name === 'drag') return drag(ref, to, points);
    const aim = aimAt(ref, points);
    if ('error' in aim) return aim.error;
    if (name === 'fill') return fill(ref, text, aim);
    return void (name === 'hover' ? page.pointAt(element, aim) : page.clickAt(element, aim));
  };
}
