import type { ElementSign } from 'lamarck';
import type { InPage } from './in-page.ts';

/** Writes down what is done with the page by hand, as the actions that come to the same. */
export function installRecording(page: InPage): void {
  type Parameters = Readonly<Record<string, string | ElementSign>>;
  const untyped = /^(?:button|submit|reset|image|checkbox|radio|file)$/;
  const isTyped = (element: Element | null): element is HTMLElement =>
    element instanceof HTMLTextAreaElement ||
    (element instanceof HTMLInputElement && !untyped.test(element.type)) ||
    (element instanceof HTMLElement && element.isContentEditable);
  const contentOf = (field: HTMLElement): string =>
    field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement
      ? field.value
      : (field.textContent ?? '');
  /** Keys that do something in a field; elsewhere arrows and the like do too. */
  const keys = /^(?:Enter|Escape|Arrow(?:Up|Down))$/;
  const furtherKeys = /^(?:Escape|Arrow(?:Up|Down|Left|Right)|Home|End|Page(?:Up|Down)|Delete)$/;

  /** By what an element is found again: itself, or what of it an agent sees. */
  const signOf = (target: Element | null): ElementSign | undefined => {
    const { observation } = page.observe();
    const references = new Map([...page.referred].map(([ref, element]) => [element, ref]));
    const control = target?.closest('label')?.control;
    for (let at = control ?? target; at; at = at.parentElement ?? hostOf(at)) {
      const ref = references.get(at);
      const found = observation.elements.find((element) => element.ref === ref);
      if (!found) continue;
      const { role, name } = found;
      const alike = observation.elements.filter((one) => one.role === role && one.name === name);
      return alike.length > 1 ? { role, name, place: alike.indexOf(found) } : { role, name };
    }
    return undefined;
  };
  const hostOf = (element: Element): Element | null => {
    const root = element.getRootNode();
    return root instanceof ShadowRoot ? root.host : null;
  };
  const originOf = (event: Event): Element | null => {
    const [first] = event.composedPath();
    return first instanceof Element ? first : null;
  };

  page.record = (teller) => {
    const tell = (name: string, parameters: Parameters): void =>
      (window as unknown as Record<string, (text: string) => void>)[teller]?.(
        JSON.stringify({ [name]: parameters }),
      );
    const at = (name: string, target: Element | null, further: Parameters = {}): void => {
      const ref = signOf(target);
      if (ref) tell(name, { ref, ...further });
    };
    const listen = <Type extends keyof WindowEventMap>(
      type: Type,
      hear: (event: WindowEventMap[Type]) => void,
    ): void => window.addEventListener(type, hear, { capture: true });
    /** Where the keyboard was used last: a click that comes of it has no pointer. */
    let byKey: Element | null = null;
    let pressed: { sign: ElementSign; x: number; y: number } | undefined;
    let dragged: ElementSign | undefined;

    listen('keydown', ({ isTrusted, key }) => {
      if (!isTrusted) return;
      byKey = document.activeElement;
      if ((isTyped(byKey) ? keys : furtherKeys).test(key) && !(byKey instanceof HTMLSelectElement))
        tell('press', { key });
    });
    listen('pointerdown', (event) => {
      const sign = event.isTrusted ? signOf(originOf(event)) : undefined;
      pressed = sign && { sign, x: event.clientX, y: event.clientY };
    });
    listen('pointerup', (event) => {
      const from = pressed;
      pressed = undefined;
      if (!from || Math.hypot(event.clientX - from.x, event.clientY - from.y) < 8) return;
      const to = signOf(document.elementFromPoint(event.clientX, event.clientY));
      if (to && JSON.stringify(to) !== JSON.stringify(from.sign)) tell('drag', { ref: from.sign, to });
    });
    listen('dragstart', (event) => (dragged = signOf(originOf(event))));
    listen('drop', (event) => {
      const to = signOf(originOf(event));
      if (dragged && to) tell('drag', { ref: dragged, to });
      dragged = undefined;
    });
    listen('click', (event) => {
      const target = originOf(event);
      const isByPointer = event.detail > 0;
      // What a label or a form sends on to a control was said already.
      if (!event.isTrusted || !(isByPointer || target === byKey)) return;
      if (!(target instanceof HTMLSelectElement) && !(target instanceof HTMLOptionElement))
        at('click', target);
    });
    listen('input', (event) => {
      const field = originOf(event);
      if (isTyped(field)) at('fill', field, { text: contentOf(field) });
    });
    listen('change', (event) => {
      const field = originOf(event);
      if (field instanceof HTMLSelectElement) {
        const label = field.selectedOptions[0]?.label.replace(/\s+/g, ' ').trim() ?? '';
        at('select', field, { option: label });
      } else if (field instanceof HTMLInputElement && field.type === 'file')
        at('upload', field, { file: field.files?.[0]?.name ?? '' });
    });
  };
}
