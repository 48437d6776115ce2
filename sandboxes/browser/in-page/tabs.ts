import type { InPage } from './in-page.ts';

/**
 * Opens windows as a browser does that shows each in a tab and has a popup blocker: only after a person's input, one for
 * each, in the page's own origin. They are real windows that show nothing yet; the host finds each one's address in it,
 * and brings it there. Windows without an address are refused, since nothing could stop their clocks.
 */
export function installTabs(page: InPage): void {
  const key = Symbol.for('lamarck');
  const addressKey = Symbol.for('lamarck address');
  const ownKey = Symbol.for('lamarck own');
  /** Chromium's: how long after an input a page may still open a window. */
  const gestureMilliseconds = 5_000;
  const here = ['_self', '_top', '_parent'];
  const nativeOpen = window.open.bind(window);
  const { addEventListener, removeEventListener } = window;
  const hear = (type: string, listener: (event: never) => void): void => {
    // A listener that an earlier document left no longer works, and stands in the way.
    removeEventListener.call(window, type, listener as EventListener, true);
    addEventListener.call(window, type, listener as EventListener, true);
  };
  type Opened = Window & { [key]?: InPage; [addressKey]?: string; [ownKey]?: PropertyDescriptorMap };
  let root = page;
  while (root.parent) root = root.parent;
  page.otherTabs = 0;
  page.gestureUntil = -1;

  const isFrame = (target: string): boolean =>
    document.querySelector(`:is(iframe, frame)[name="${CSS.escape(target)}"]`) !== null;
  /** What tells the time or cannot be repeated, asks a person, or opens windows. */
  const lent =
    'Date Event Intl Math Performance RTCPeerConnection SharedWorker Temporal WebTransport Worker XMLHttpRequest alert cancelAnimationFrame cancelIdleCallback clearInterval clearTimeout confirm crypto fetch open performance print prompt requestAnimationFrame requestIdleCallback scheduler setInterval setTimeout webkitRTCPeerConnection'.split(
      ' ',
    );
  /** Gives a window what this one has, until its document comes and has its own; one that is closed meanwhile never does. */
  const lend = (opened: Opened): void => {
    const define = (name: string, value: unknown): void => {
      Object.defineProperty(opened, name, { value, writable: true, configurable: true });
    };
    opened[ownKey] = Object.fromEntries(
      [...lent, 'close'].flatMap((name) => {
        const own = Object.getOwnPropertyDescriptor(opened, name);
        return own ? [[name, own]] : [];
      }),
    );
    for (const name of lent) define(name, (window as unknown as Record<string, unknown>)[name]);
    define('close', () => {
      delete opened[addressKey];
      define('closed', true);
    });
  };
  const openTab = (address: string, target: string, isIsolated: boolean): Window | null => {
    const { href, origin } = new URL(address, document.baseURI);
    const mayOpen = root.gestureUntil >= page.now() && origin === window.origin;
    const isFull = root.otherTabs >= page.mostTabs - 1;
    if (!mayOpen || (isFull && target === '_blank')) return null;
    // Without an address, it finds the window of that name where there is one.
    const opened = nativeOpen('', target) as Opened | null;
    root.gestureUntil = -1;
    if (!opened) return null;
    if (opened[key]) {
      opened.location.href = href;
      root.asks = { front: target };
      return isIsolated ? null : opened;
    }
    // No more tabs are allowed, so this window is left without an address; the host closes windows that have none.
    if (isFull) return null;
    root.otherTabs++;
    opened[addressKey] = href;
    if (!isIsolated) {
      lend(opened);
      return opened;
    }
    opened.sessionStorage.clear();
    opened.opener = null;
    return null;
  };
  const isolates = (words: string): boolean => /\bno(?:opener|referrer)\b/.test(words);

  const open = (address: unknown = '', target: unknown = '', features: unknown = ''): Window | null => {
    const [text, name] = [String(address), String(target) || '_blank'];
    if (here.includes(name) || isFrame(name)) return nativeOpen(text, name);
    if (text === '' || text === 'about:blank') return null;
    return openTab(text, name, isolates(String(features)));
  };
  const close = (): void => {
    if (!page.parent) page.asks = { close: true };
  };
  for (const [name, value] of Object.entries({ open, close }))
    Object.defineProperty(window, name, { value, writable: true, configurable: true, enumerable: true });

  /** Where links and forms would open, had they not been kept here until all listeners have heard of it. */
  const targets = new WeakMap<Element, string>();
  const keepHere = (element: Element | null | undefined, attribute: string): void => {
    if (!element) return;
    targets.delete(element);
    const own = element.getAttribute(attribute);
    const inherited = attribute === 'target' ? document.querySelector('base[target]') : null;
    const target = own ?? inherited?.getAttribute('target');
    if (!target || here.includes(target) || isFrame(target)) return;
    targets.set(element, target);
    element.setAttribute(attribute, '_self');
    void page.turn().then(() => {
      if (own === null) element.removeAttribute(attribute);
      else element.setAttribute(attribute, own);
    });
  };
  page.opensElsewhere = (source, address) => {
    const form = source && 'form' in source ? (source.form as Element | null) : null;
    const element = [source, form].find((one) => one && targets.has(one));
    if (!element) return false;
    const target = targets.get(element) ?? '';
    targets.delete(element);
    const rel = element.getAttribute('rel') ?? '';
    openTab(address, target, isolates(rel) || (target === '_blank' && !/\bopener\b/.test(rel)));
    return true;
  };
  // A link outside of the document, and a form that is sent without its event, tell no listener.
  const { click } = HTMLElement.prototype;
  HTMLElement.prototype.click = function () {
    if (!this.isConnected && this instanceof HTMLAnchorElement) keepHere(this, 'target');
    click.call(this);
  };
  const { submit } = HTMLFormElement.prototype;
  HTMLFormElement.prototype.submit = function () {
    keepHere(this, 'target');
    submit.call(this);
  };

  const onGesture = (event: Event): void => {
    const isMeant = event.isTrusted && (event as Partial<KeyboardEvent>).key !== 'Escape';
    if (isMeant) root.gestureUntil = page.now() + gestureMilliseconds;
  };
  const onClick = (event: Event): void =>
    keepHere((event.composedPath()[0] as Element).closest?.('a, area'), 'target');
  const onSubmit = ({ target, submitter }: SubmitEvent): void => {
    if (!submitter?.hasAttribute('formtarget')) keepHere(target as Element, 'target');
    keepHere(submitter, 'formtarget');
  };
  page.listen = () => {
    page.listeningTo = document;
    page.gestureUntil = -1;
    for (const type of ['keydown', 'mousedown']) hear(type, onGesture);
    hear('click', onClick);
    hear('submit', onSubmit);
  };
  page.listen();
}
