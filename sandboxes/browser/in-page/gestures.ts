import type { InPage } from './in-page.ts';

/** What elements take beside clicks and texts: the pointer above them, drags, drops and files. */
export function installGestures(page: InPage): void {
  /** A drag is offered only by what says so; links and images, which every browser lets be dragged, do not. */
  const draggable = '[draggable=true], [aria-grabbed=true], [aria-grabbed=false]';
  const droppable = '[data-drop], [aria-dropeffect]:not([aria-dropeffect=none])';
  const opensMenu = '[aria-haspopup=menu], [aria-haspopup=true], [onmouseenter], [onmouseover]';

  const listening = new Set<Element>();
  const addListener = EventTarget.prototype.addEventListener;
  EventTarget.prototype.addEventListener = function (type, ...values) {
    if (/^(?:mouse|pointer)(?:over|enter)$/.test(type) && this instanceof Element && this !== document.body)
      listening.add(this);
    addListener.call(this, type, ...values);
  };

  /** False for what was cut out of its context and is no selector by itself. */
  const isSelector = (text: string): boolean => {
    try {
      return text !== '' && document.createDocumentFragment().querySelector(text) === null;
    } catch {
      return false;
    }
  };
  /** Selectors of what reveals something while the pointer is above it: `.menu` of `.menu:hover ul { display: block }`. */
  const revealedBy = (rule: CSSRule): string[] => {
    if (!(rule instanceof CSSStyleRule) || !rule.selectorText.includes(':hover')) return [];
    const { display, visibility, opacity } = rule.style;
    if (display === '' && visibility === '' && opacity === '') return [];
    const parts = rule.selectorText.matchAll(/(?:^|,)\s*([^,]*?):hover\s*[>+~ ]/g);
    return [...parts].map(([, one]) => one ?? '').filter(isSelector);
  };
  interface Revealing {
    readonly rules: number;
    readonly selectors: readonly string[];
    /** Of the rules. */
    readonly text: string;
  }
  /** Sheets are read once, and again where they have come to hold more rules or fewer. */
  const read = new WeakMap<CSSStyleSheet, Revealing>();
  const revealing = (sheet: CSSStyleSheet): Pick<Revealing, 'selectors' | 'text'> => {
    try {
      const { cssRules } = sheet;
      let known = read.get(sheet);
      if (known?.rules !== cssRules.length) {
        const found = [...cssRules].map((rule) => ({ rule, selectors: revealedBy(rule) }));
        const text = found.map(({ rule, selectors }) => (selectors.length > 0 ? rule.cssText : '')).join('');
        known = { rules: cssRules.length, selectors: found.flatMap(({ selectors }) => selectors), text };
        read.set(sheet, known);
      }
      return known;
    } catch {
      // One from another origin, such as a `data:` address, cannot be read.
      return { selectors: [], text: '' };
    }
  };
  page.revealingRules = () => [...document.styleSheets].map((sheet) => revealing(sheet).text).join('');
  page.hoverable = () => {
    for (const element of listening) if (!element.isConnected) listening.delete(element);
    const selectors = [
      opensMenu,
      ...[...document.styleSheets].flatMap((sheet) => revealing(sheet).selectors),
    ];
    return [...listening, ...selectors.flatMap((selector) => [...document.querySelectorAll(selector)])];
  };
  page.takers = (root) => {
    const takers = new Map<Element, string[]>();
    const add = (element: Element, token: string): void => {
      const tokens = takers.get(element);
      if (tokens) tokens.push(token);
      else takers.set(element, [token]);
    };
    for (const element of root.querySelectorAll(draggable)) add(element, 'draggable');
    for (const element of root.querySelectorAll(droppable)) add(element, 'droppable');
    for (const field of root.querySelectorAll<HTMLInputElement>('input[type=file]'))
      for (const element of [field, ...(field.labels ?? [])]) add(element, 'uploadable');
    return takers;
  };

  const fileFieldOf = (element: Element | undefined): HTMLInputElement | undefined => {
    const field = element instanceof HTMLLabelElement ? element.control : element;
    return field instanceof HTMLInputElement && field.type === 'file' ? field : undefined;
  };
  const kinds = new Map([
    ['csv', 'text/csv'],
    ['html', 'text/html'],
    ['json', 'application/json'],
  ]);
  page.giveFile = (ref, name, content) => {
    const field = fileFieldOf(page.referred.get(ref));
    if (!field) return { error: `${ref} takes no files.` };
    if (field.disabled) return { error: `${ref} is disabled.` };
    const extension = name.slice(name.lastIndexOf('.') + 1).toLowerCase();
    const wanted = field.accept.split(',').map((one) => one.trim().toLowerCase());
    if (wanted.every((one) => one.startsWith('.')) && !wanted.includes(`.${extension}`))
      return { error: `${ref} takes only ${wanted.join(', ')}.` };
    const transfer = new DataTransfer();
    const type = kinds.get(extension) ?? 'text/plain';
    transfer.items.add(new File([content], name, { type, lastModified: Date.now() }));
    field.files = transfer.files;
    page.announce(field);
    return {};
  };

  let dragged: Event | undefined;
  const onDrag = (event: Event): void => {
    if (event.isTrusted) dragged = event;
  };
  page.listenToDrags = () => {
    window.removeEventListener('dragstart', onDrag, { capture: true });
    window.addEventListener('dragstart', onDrag, { capture: true });
  };
  page.listenToDrags();
  page.isDragging = () => {
    const event = dragged;
    dragged = undefined;
    return event !== undefined && !event.defaultPrevented;
  };
}
