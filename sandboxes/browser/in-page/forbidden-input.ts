import type { InPage } from './in-page.ts';

/** Lets no input reach what is forbidden, however it came about: by pointer, by key, by dragging, or by sending a form. */
export function installForbiddenInput(page: InPage): void {
  if (page.forbidden.roles.length + page.forbidden.names.length === 0) return;
  const types =
    'click dblclick auxclick contextmenu pointerdown pointerup mousedown mouseup touchstart touchend keydown keypress keyup beforeinput input change paste focus focusin blur focusout dragstart dragenter dragover drop submit'.split(
      ' ',
    );
  /** What leads away from an element, or on to the next, is not a use of it; to prevent these two is to allow a drop. */
  const keepsDefault = (event: Event): boolean =>
    /^drag(?:enter|over)$/.test(event.type) ||
    /^(?:Tab|Escape)$/.test((event as Partial<KeyboardEvent>).key ?? '');

  const submitterOf = ({ submitter, target }: SubmitEvent): Element | undefined =>
    submitter ??
    [...(target as HTMLFormElement).elements].find(
      ({ type }: Element & { type?: string }) => type === 'submit',
    );
  const pathOf = (event: Event): Element[] => {
    const path = event.composedPath().filter((target) => target instanceof Element);
    const submitter = event.type === 'submit' ? submitterOf(event as SubmitEvent) : undefined;
    return submitter ? [submitter, ...path] : path;
  };

  /** Options as they were before the input that is under way. */
  const chosen = new WeakMap<Element, readonly Element[]>();
  const restored = new WeakSet<Element>();
  /** A select's own popup takes keys that no listener hears of: what they chose is taken back. */
  const isChoiceRefused = ({ type, isTrusted }: Event, [select]: Element[]): boolean => {
    if (!(select instanceof HTMLSelectElement)) return false;
    if (type === 'change') return restored.delete(select);
    const before = chosen.get(select) ?? [];
    if (type !== 'input') chosen.set(select, [...select.selectedOptions]);
    else if (
      isTrusted &&
      [...select.selectedOptions].some((option) => !before.includes(option) && page.isForbidden(option))
    ) {
      for (const option of select.options) option.selected = before.includes(option);
      restored.add(select);
      return true;
    }
    return false;
  };

  const refuse = (event: Event): void => {
    const path = pathOf(event);
    if (!isChoiceRefused(event, path) && !page.isWithinForbidden(path)) return;
    if (!keepsDefault(event)) event.preventDefault();
    event.stopImmediatePropagation();
  };
  const watch = (target: EventTarget): void => {
    for (const type of types) {
      // A listener that an earlier document left in the window of a frame no longer works, and stands in the way.
      target.removeEventListener(type, refuse, true);
      target.addEventListener(type, refuse, true);
    }
  };

  const { listen } = page;
  page.listen = () => {
    listen();
    watch(window);
  };
  page.listen();
  // A window hears nothing of what happens within a closed root, and not of all that happens in an open one.
  const { attachShadow } = Element.prototype;
  Element.prototype.attachShadow = function (init) {
    const root = attachShadow.call(this, init);
    watch(root);
    return root;
  };
  // To open a document anew is to take all listeners from its window, and to write into one that is complete opens it.
  const { open, write, writeln } = Document.prototype;
  Document.prototype.open = function (...values: never[]) {
    const opened = open.apply(this, values as never);
    watch(window);
    return opened as never;
  };
  for (const [name, native] of Object.entries({ write, writeln }))
    Document.prototype[name as 'write'] = function (...texts) {
      native.call(this, '');
      watch(window);
      native.apply(this, texts);
    };
}
