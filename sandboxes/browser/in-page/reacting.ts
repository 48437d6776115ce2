import type { InPage } from './in-page.ts';

/** What elements take beside clicks and texts: the pointer above them, drags, drops and files. */
export function installReacting(page: InPage): void {
  /** A drag is offered only by what says so; links and images, which every browser lets be dragged, do not. */
  const draggable = '[draggable=true], [aria-grabbed=true], [aria-grabbed=false]';
  const droppable = '[data-drop], [aria-dropeffect]:not([aria-dropeffect=none])';
  const opensMenu = '[aria-haspopup=menu], [aria-haspopup=true], [onmouseenter], [onmouseover]';

  let listening = new Set<Element>();
  const addListener = EventTarget.prototype.addEventListener;
  EventTarget.prototype.addEventListener = function (type, ...values) {
    if (/^(?:mouse|pointer)(?:over|enter)$/.test(type) && this instanceof Element && this !== document.body)
      listening.add(this);
    addListener.call(this, type, ...values);
  };

  /** Selectors of what reveals something while the pointer is above it: `.menu` of `.menu:hover ul { display: block }`. */
  const revealing = (): string[] =>
    [...document.styleSheets].flatMap((sheet) =>
      rulesOf(sheet).flatMap((rule) => {
        if (!(rule instanceof CSSStyleRule) || !rule.selectorText.includes(':hover')) return [];
        const { display, visibility, opacity } = rule.style;
        if (display === '' && visibility === '' && opacity === '') return [];
        return [...rule.selectorText.matchAll(/(?:^|,)\s*([^,]*?):hover\s*[>+~ ]/g)].map(
          ([, one]) => one ?? '',
        );
      }),
    );
  /** None of a sheet from another origin, such as a `data:` address: those cannot be read. */
  const rulesOf = (sheet: CSSStyleSheet): CSSRule[] => {
    try {
      return [...sheet.cssRules];
    } catch {
      return [];
    }
  };
  /** Nothing for a selector that was cut out of its context and is none by itself. */
  const select = (selector: string): Element[] => {
    try {
      return selector === '' ? [] : [...document.querySelectorAll(selector)];
    } catch {
      return [];
    }
  };
  page.hoverable = () => {
    listening = new Set([...listening].filter((element) => element.isConnected));
    return [...listening, ...[opensMenu, ...revealing()].flatMap(select)];
  };
  page.takes = (element) => {
    const tokens: string[] = [];
    if (element.matches(draggable)) tokens.push('draggable');
    if (element.matches(droppable)) tokens.push('droppable');
    if (fileFieldOf(element)) tokens.push('uploadable');
    return tokens;
  };

  const fileFieldOf = (element: Element | undefined): HTMLInputElement | undefined => {
    const field = element instanceof HTMLLabelElement ? element.control : element;
    return field instanceof HTMLInputElement && field.type === 'file' ? field : undefined;
  };
  const kinds: Record<string, string> = { csv: 'text/csv', html: 'text/html', json: 'application/json' };
  page.giveFile = (ref, name, content) => {
    const field = fileFieldOf(page.referred.get(ref));
    if (!field) return { error: `${ref} takes no files.` };
    if (field.disabled) return { error: `${ref} is disabled.` };
    const extension = name.slice(name.lastIndexOf('.') + 1).toLowerCase();
    const wanted = field.accept.split(',').map((one) => one.trim().toLowerCase());
    if (wanted.every((one) => one.startsWith('.')) && !wanted.includes(`.${extension}`))
      return { error: `${ref} takes only ${wanted.join(', ')}.` };
    const transfer = new DataTransfer();
    const type = kinds[extension] ?? 'text/plain';
    transfer.items.add(new File([content], name, { type, lastModified: Date.now() }));
    field.files = transfer.files;
    page.announce(field);
    return {};
  };

  let dragged: Event | undefined;
  page.listenToDrags = () =>
    window.addEventListener('dragstart', (event) => (dragged = event), { capture: true });
  page.listenToDrags();
  page.isDragging = () => {
    const event = dragged;
    dragged = undefined;
    return event !== undefined && !event.defaultPrevented;
  };
}
