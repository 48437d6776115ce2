import type { InPage } from './in-page.ts';

/**
 * Keeps a page out of what cannot be repeated or watched: no peer connections, no workers that outlive it, no animations.
 * Notices navigations as they begin.
 */
export function installContainment(page: InPage): void {
  const { queueMicrotask } = window;
  page.leaving = false;
  page.traversal = 0;
  page.touched = page.parent?.touched ?? new Set();
  if (page.parent) page.touched.add('frames');
  let root = page;
  while (root.parent) root = root.parent;

  const replace = (target: object, members: Record<string, unknown>): void => {
    for (const [name, value] of Object.entries(members)) {
      Object.defineProperty(target, name, { value, writable: true, configurable: true, enumerable: true });
    }
  };
  replace(window, { print: () => undefined });
  for (const name of ['RTCPeerConnection', 'webkitRTCPeerConnection', 'WebTransport', 'SharedWorker'])
    Reflect.deleteProperty(window, name);

  replace(History.prototype, {
    back: () => void (root.traversal -= 1),
    forward: () => void (root.traversal += 1),
    go: (steps = 0) => (steps === 0 ? location.reload() : void (root.traversal += steps)),
  });

  const intercepted = new WeakSet<object>();
  const NavigateEvent = (
    window as unknown as { NavigateEvent: { prototype: { intercept(options?: object): void } } }
  ).NavigateEvent;
  const { intercept } = NavigateEvent.prototype;
  NavigateEvent.prototype.intercept = function (options) {
    intercepted.add(this);
    intercept.call(this, options);
  };
  const onNavigate = (event: Event): void => {
    const { destination, downloadRequest, sourceElement } = event as Event & {
      destination: { url: string; sameDocument: boolean };
      downloadRequest: string | null;
      sourceElement: Element | null;
    };
    if (!/^https?:/.test(destination.url)) return event.preventDefault();
    if (page.opensElsewhere(sourceElement, destination.url)) return event.preventDefault();
    if (destination.sameDocument || downloadRequest !== null) return;
    // Whether a listener of the page's own keeps it here is known only after all of them ran.
    queueMicrotask(() => {
      if (!event.defaultPrevented && !intercepted.has(event)) page.leaving = true;
    });
  };
  const { addEventListener } = EventTarget.prototype;
  page.listenToNavigations = () => {
    // Of the document of the moment: the window of a frame may come to show a second, which has another.
    const { navigation } = window as unknown as { navigation: EventTarget };
    addEventListener.call(navigation, 'navigate', onNavigate);
    replace(navigation, {
      addEventListener: (...values: Parameters<EventTarget['addEventListener']>) => {
        page.touched.add('navigation');
        addEventListener.apply(navigation, values);
      },
    });
  };
  page.listenToNavigations();

  const stillness =
    '*, *::before, *::after { animation: none !important; transition: none !important; scroll-behavior: auto !important; caret-color: transparent !important }';
  /** A sheet is of one document; the window of a frame may come to show a second. */
  let sheet: CSSStyleSheet;
  let sheetDocument: Document | undefined;
  page.still = () => {
    if (sheetDocument !== document) {
      sheetDocument = document;
      sheet = new CSSStyleSheet();
      sheet.replaceSync(stillness);
    }
    if (!document.adoptedStyleSheets.includes(sheet))
      document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  };
  page.still();

  const { animate } = Element.prototype;
  Element.prototype.animate = function (...values) {
    const animation = animate.apply(this, values);
    const endless = animation.effect?.getComputedTiming().endTime === Infinity;
    if (endless) animation.cancel();
    else animation.finish();
    return animation;
  };

  const touching = (
    target: object,
    name: string,
    mark: 'cookies' | 'databases' | 'elements' | 'storage',
  ): void => {
    const descriptor = Object.getOwnPropertyDescriptor(target, name);
    if (!descriptor) return;
    const marked = (native: (...values: never[]) => unknown) =>
      function (this: unknown, ...values: never[]) {
        page.touched.add(mark);
        return native.apply(this, values);
      };
    if (mark === 'storage')
      Object.defineProperty(target, name, { ...descriptor, get: marked(descriptor.get as () => unknown) });
    else if (descriptor.set)
      Object.defineProperty(target, name, { ...descriptor, set: marked(descriptor.set) });
    else
      Object.defineProperty(target, name, {
        ...descriptor,
        value: marked(descriptor.value as () => unknown),
      });
  };
  touching(Document.prototype, 'cookie', 'cookies');
  touching(IDBFactory.prototype, 'open', 'databases');
  touching(CustomElementRegistry.prototype, 'define', 'elements');
  touching(window, 'localStorage', 'storage');
  touching(window, 'sessionStorage', 'storage');
}
