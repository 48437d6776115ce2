import type { PageElement } from 'lamarck';
import type { InPage, WithinFrame } from './in-page.ts';

/**
 * Lets a page see and act within its frames of the same origin. Each frame's page does so itself, because its elements
 * are of another realm; here its references are renumbered, and its places moved to where the frame is.
 */
export function installFrames(page: InPage): void {
  const { getComputedStyle } = window;
  let inner = new Map<string, WithinFrame>();

  page.pageWithin = (frame) => {
    try {
      const { contentWindow } = frame as HTMLIFrameElement;
      return (contentWindow as unknown as Record<symbol, InPage> | null)?.[Symbol.for('lamarck')];
    } catch {
      return undefined;
    }
  };
  page.frames = () =>
    [...document.querySelectorAll('iframe')].flatMap((element) => {
      const within = page.pageWithin(element);
      if (!within) return [];
      // The window of a first, empty document that was looked at is given to the next one, with listeners that hear nothing any more.
      if (within.listeningTo !== element.contentDocument) {
        within.listen();
        within.listenToDrags();
        within.listenToNavigations();
        within.listenToLeaving?.();
      }
      return [{ element, page: within }];
    });
  /** The first document of a frame is empty, whatever it is told to show. */
  const isAwaited = (frame: HTMLIFrameElement): boolean =>
    frame.loading !== 'lazy' &&
    frame.contentWindow?.location.href === 'about:blank' &&
    (frame.hasAttribute('srcdoc') || /^(?:https?|blob):/.test(frame.src));
  page.areFramesLoading = () =>
    page
      .frames()
      .some(({ element, page: within }) => within.leaving || isAwaited(element) || within.isLoading());

  /** Of the top left corner of what a frame shows, in the viewport around it. */
  const cornerOf = (frame: HTMLIFrameElement): { x: number; y: number } => {
    const { left, top } = frame.getBoundingClientRect();
    const { paddingLeft, paddingTop } = getComputedStyle(frame);
    return {
      x: left + frame.clientLeft + Number.parseFloat(paddingLeft),
      y: top + frame.clientTop + Number.parseFloat(paddingTop),
    };
  };
  /** True where a click at this point goes into the frame, else what is in the way, if it is in view. */
  const meets = (frame: HTMLIFrameElement, { x, y }: { x: number; y: number }): Element | true | null => {
    const found = (frame.getRootNode() as Document | ShadowRoot).elementFromPoint(x, y);
    return found === frame || found;
  };

  const round = (pixels: number): number => Math.round(pixels / 4) * 4 || 0;
  const isActive = (frame: Element): boolean =>
    (frame.getRootNode() as Document | ShadowRoot).activeElement === frame;

  /** One element of what is seen: the page's own, or a frame's with what it is put into the page by. */
  interface Part {
    readonly element: PageElement;
    readonly point: readonly [number, number] | undefined;
    readonly frame?: { element: HTMLIFrameElement; page: InPage; name: string; focus: boolean };
  }
  const partsWithin = (frame: HTMLIFrameElement, within: InPage, name: string): Part[] => {
    within.still();
    const { observation, points } = within.observe();
    return observation.elements.map((element) => ({
      element,
      point: points[element.ref],
      frame: {
        element: frame,
        page: within,
        name,
        focus: observation.focus === element.ref && isActive(frame),
      },
    }));
  };
  const moved = ({ box: [left, top, width, height] }: PageElement, frame: HTMLIFrameElement) => {
    const { x, y } = cornerOf(frame);
    const { scrollX: across = 0, scrollY: down = 0 } = frame.contentWindow ?? {};
    return [round(left + x + scrollX - across), round(top + y + scrollY - down), width, height] as const;
  };

  page.mergeFrames = (own, nameCover) => {
    inner = new Map();
    let frames = 0;
    const parts = own.observation.elements.flatMap((element): Part[] => {
      const frame = element.role === 'iframe' ? page.referred.get(element.ref) : undefined;
      const within = frame && page.pageWithin(frame);
      return within
        ? partsWithin(frame as HTMLIFrameElement, within, `f${++frames}`)
        : [{ element, point: own.points[element.ref] }];
    });
    if (frames === 0) return own;
    /** New references by the old ones, which are unique only within a page. */
    const renumbered = new Map(
      parts.map(({ element, frame }, index) => [`${frame?.name ?? ''} ${element.ref}`, `e${index + 1}`]),
    );
    const renumber = (ref: string, name = ''): string => renumbered.get(`${name} ${ref}`) ?? ref;
    const points: Record<string, readonly [number, number]> = {};
    const elements = parts.map(({ element, point, frame }, index): PageElement => {
      const ref = `e${index + 1}`;
      const { state: tokens, coveredBy, ...rest } = element;
      let cover = coveredBy === undefined ? undefined : renumber(coveredBy, frame?.name);
      if (point && frame) {
        const { x, y } = cornerOf(frame.element);
        const at = { x: x + point[0], y: y + point[1] };
        const met = meets(frame.element, at);
        if (met === true) points[ref] = [at.x, at.y];
        else if (met) cover = renumber(nameCover(met));
      } else if (point) points[ref] = point;
      if (frame) inner.set(ref, { element: frame.element, page: frame.page, ref: element.ref });
      const state = tokens?.filter((token) => !frame || token !== 'focused' || isActive(frame.element)) ?? [];
      return {
        ...rest,
        ref,
        ...(state.length > 0 && { state }),
        ...(frame && { box: moved(element, frame.element) }),
        ...(cover !== undefined && { coveredBy: cover }),
        ...(frame && { frame: rest.frame === undefined ? frame.name : `${frame.name}.${rest.frame}` }),
      };
    });
    const focused = parts.findIndex(({ frame }) => frame?.focus);
    const { focus: ownFocus, ...observation } = own.observation;
    const focus = focused >= 0 ? `e${focused + 1}` : ownFocus && renumber(ownFocus);
    page.referred = new Map([...page.referred].map(([ref, element]) => [renumber(ref), element]));
    const fields = own.fields.map((ref) => renumber(ref));
    return {
      observation: { ...observation, ...(focus !== undefined && { focus }), elements },
      points,
      fields,
    };
  };

  page.withinFrame = (ref) => {
    const one = inner.get(ref);
    return one && { ...one, corner: cornerOf(one.element) };
  };

  const { bringIntoView, checkField, selectContent, choose, giveFile, isDragging } = page;
  page.bringIntoView = (ref) => {
    const one = inner.get(ref);
    if (!one) return bringIntoView(ref);
    const aim = one.page.bringIntoView(one.ref);
    page.scrolled = true;
    if ('error' in aim) return { error: aim.error.replace(one.ref, ref) };
    const { x, y } = cornerOf(one.element);
    const at = { x: x + aim.x, y: y + aim.y };
    return meets(one.element, at) === true ? at : { error: `${ref} cannot be brought into view.` };
  };
  /** Errors name the reference that the caller knows. */
  const named = <Outcome extends { error?: string }>(outcome: Outcome, from: string, to: string): Outcome =>
    outcome.error === undefined ? outcome : { ...outcome, error: outcome.error.replace(from, to) };
  page.checkField = (ref, text) => {
    const one = inner.get(ref);
    return one ? named(one.page.checkField(one.ref, text), one.ref, ref) : checkField(ref, text);
  };
  page.selectContent = (ref) => {
    const one = inner.get(ref);
    return one ? one.page.selectContent(one.ref) : selectContent(ref);
  };
  page.choose = (ref, option) => {
    const one = inner.get(ref);
    return one ? named(one.page.choose(one.ref, option), one.ref, ref) : choose(ref, option);
  };
  page.giveFile = (ref, name, content) => {
    const one = inner.get(ref);
    return one
      ? named(one.page.giveFile(one.ref, name, content), one.ref, ref)
      : giveFile(ref, name, content);
  };
  page.isDragging = () => page.frames().reduce((is, { page: one }) => one.isDragging() || is, isDragging());
}
