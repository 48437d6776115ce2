import type { InPage, Remains } from './in-page.ts';

/** Undoes a page within its window, and knows when that cannot be done without a trace. */
export function installResetting(page: InPage): void {
  // Prototypes and namespaces that pages extend or replace: a change to one outlives the document.
  const shared: object[] = [
    ...[Array, Object, Function, String, Number, Promise, Map, Set, RegExp].flatMap((one) => [
      one,
      one.prototype as object,
    ]),
    ...[EventTarget, Node, Element, HTMLElement, Document, Event, Storage, XMLHttpRequest].map(
      (one) => one.prototype as object,
    ),
    ...[Date, Math, JSON, console, navigator, history, document],
  ];
  interface Baseline {
    readonly target: object;
    readonly keys: readonly PropertyKey[];
    readonly values: readonly unknown[];
  }
  const valueOf = (target: object, key: PropertyKey): unknown => {
    const descriptor = Object.getOwnPropertyDescriptor(target, key);
    return descriptor?.get ?? (descriptor?.value as unknown);
  };
  const baselineOf = (target: object, keys: readonly PropertyKey[] = Reflect.ownKeys(target)): Baseline => ({
    target,
    keys,
    values: keys.map((key) => valueOf(target, key)),
  });
  const holds = ({ target, keys, values }: Baseline): boolean =>
    keys.every((key, index) => Object.is(valueOf(target, key), values[index]));
  const { getSelection, scrollTo } = window;
  const globals = new Set(Reflect.ownKeys(window));
  // The browser makes each constructor when it is first looked at (7 ms for all): most wait until all else would let the
  // document stay, and are then judged by their text.
  const ownOrConstant = 'Date Infinity IntersectionObserver MutationObserver NaN ResizeObserver'.split(' ');
  const waits = (key: PropertyKey): key is string =>
    typeof key === 'string' && /^[A-Z]/.test(key) && !ownOrConstant.includes(key);
  const replaceable = baselineOf(
    window,
    [...globals].filter((key) => !waits(key)),
  );
  const { toString: textOf } = Function.prototype;
  const { toString: tagOf } = Object.prototype;
  const isNative = (name: string): boolean => {
    const value = valueOf(window, name);
    return typeof value === 'function'
      ? textOf.call(value).endsWith('{ [native code] }')
      : tagOf.call(value) === `[object ${name}]`;
  };
  let constructors: Baseline | undefined;
  const areConstructorsOwn = (): boolean => {
    if (constructors) return holds(constructors);
    const names = [...globals].filter(waits);
    if (!names.every(isNative)) return false;
    constructors = baselineOf(window, names);
    return true;
  };
  const originals = shared.map((target) => baselineOf(target));
  const isSame = (before: Baseline): boolean =>
    Reflect.ownKeys(before.target).length === before.keys.length && holds(before);

  /** Deletes what the page defined; false where it changed what is the browser's own, or defined what cannot be deleted. */
  const restoreGlobals = (): boolean => {
    let restored = true;
    for (const key of Reflect.ownKeys(window)) {
      if (!globals.has(key)) restored = Reflect.deleteProperty(window, key) && restored;
    }
    return restored && holds(replaceable) && originals.every(isSame);
  };

  /** A document that was once found to need replacing still does when it has been emptied. */
  let isSpent = false;
  /** The document was opened to empty it, and has nothing written into it yet. */
  let isOpen = false;
  const undo = (isFirst: boolean): Remains => {
    const { touched } = page;
    if (!isFirst || touched.delete('storage')) {
      localStorage.clear();
      sessionStorage.clear();
      touched.delete('storage');
    }
    const untouched =
      isFirst &&
      touched.size === 0 &&
      history.length === 1 &&
      history.state === null &&
      location.href === `${origin}/`;
    const unembedded =
      document.querySelector(
        'iframe, frame, object, embed, base, [autofocus], meta[http-equiv], script[src], script[type=importmap]',
      ) === null;
    page.blind();
    page.forgetListeners();
    window.name = '';
    window.status = '';
    getSelection()?.removeAllRanges();
    document.open();
    isOpen = true;
    document.adoptedStyleSheets = [];
    document.fonts.clear();
    const restored = restoreGlobals();
    if (touched.has('navigation')) return 'context';
    isSpent ||= !(untouched && unembedded && restored && page.requests === 0 && !page.leaving);
    isSpent ||= !areConstructorsOwn();
    return isSpent ? 'document' : 'nothing';
  };
  page.silence = (isFirst) => page.dismissing(() => undo(isFirst));

  page.rewrite = (html, seed, milliseconds) => {
    page.seed(seed);
    page.resetClock(0);
    page.traversal = 0;
    page.asks = undefined;
    if (!isOpen) document.open();
    isOpen = false;
    page.listen();
    page.listenToDrags();
    page.still();
    document.write(html);
    document.close();
    scrollTo(0, 0);
    return page.settle(milliseconds);
  };
}
