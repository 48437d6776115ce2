import type { Session } from './browser-pipe.ts';

/** What a document is made of. Requests of scripts (XHR, Fetch) are not among it: the page counts those itself. */
const parts: ReadonlySet<string> = new Set(['Image', 'Font', 'Script', 'Stylesheet', 'Document', 'Other']);
/** The kinds of these resources whose arrival scripts or the layout can notice. */
const heldParts: ReadonlySet<string> = new Set(['Image', 'Font', 'Script', 'Stylesheet']);

interface Resource {
  readonly isPicture: boolean;
  readonly url: string;
  readonly frameId: string | undefined;
  readonly loaderId: string;
}

/** How long a request may be expected that was made before one that is known of, in ms. */
const overtakingMilliseconds = 1_000;

/**
 * The resources that the documents of one tab are waiting for. Pages do not tell of most of them (pictures of style sheets, fonts,
 * scripts that were added late), but the protocol does, in order with the answers of the page: once the page has answered, every
 * request that it had begun by then is known here.
 *
 * Answers to held requests arrive only while the page's clock stands still, so that the virtual time of their arrival does not depend on
 * how long they really took.
 */
export class Arrivals {
  readonly #isHeld: boolean;
  /** Addresses by the protocol's request ids, in the order of the requests. */
  readonly #underWay = new Map<string, Resource>();
  /** Documents within the tab's that are loading: of frames, and of objects, which pages cannot tell of. */
  readonly #frames = new Set<string>();
  /** How held requests are answered, by the ids. */
  readonly #held = new Map<string, () => Promise<unknown>>();
  #wereAsked = false;
  /** Somebody else drives the page. */
  #isLetting = false;
  #onChange: () => void = () => undefined;

  /** @param isHeld whether requests wait for {@link deliver}; otherwise they are only counted. */
  constructor(isHeld: boolean) {
    this.#isHeld = isHeld;
  }

  async listenTo(session: Session, mainFrame: string): Promise<void> {
    session.on('Network.requestWillBeSent', ({ requestId, loaderId, frameId, type = '', request }) => {
      const isNavigation = requestId === loaderId;
      if (!parts.has(type) || isNavigation) return;
      this.#wereAsked ||= /^https?:/.test(request.url);
      this.#underWay.set(requestId, { isPicture: type === 'Image', url: request.url, frameId, loaderId });
    });
    const end = ({ requestId }: { requestId: string }): void => {
      if (this.#underWay.delete(requestId)) this.#onChange();
    };
    session.on('Network.loadingFinished', end);
    session.on('Network.loadingFailed', end);
    // Nobody waits for the resources of a document that is gone.
    session.on('Page.frameNavigated', ({ frame }) =>
      this.#forget(({ frameId, loaderId }) => frameId === frame.id && loaderId !== frame.loaderId),
    );
    session.on('Page.frameDetached', (detached) => {
      this.#frames.delete(detached.frameId);
      this.#forget(({ frameId }) => frameId === detached.frameId);
    });
    session.on('Page.frameStartedLoading', ({ frameId }) => {
      if (frameId !== mainFrame) this.#frames.add(frameId);
    });
    session.on('Page.frameStoppedLoading', ({ frameId }) => this.#frames.delete(frameId));
    // Nobody reads the bodies.
    await session.send('Network.enable', { maxTotalBufferSize: 0, maxResourceBufferSize: 0 });
  }

  /** Answers a request, at once or as soon as the page stands still. */
  async admit(
    { resourceType, networkId }: { readonly resourceType: string; readonly networkId?: string },
    answer: () => Promise<unknown>,
  ): Promise<void> {
    const isFree = this.#isLetting || !this.#isHeld || !heldParts.has(resourceType);
    if (isFree || networkId === undefined) return void (await answer());
    this.#held.set(networkId, answer);
    this.#onChange();
  }

  /** Something was asked for and has not arrived. */
  get areAwaited(): boolean {
    return this.#underWay.size > 0 || this.#frames.size > 0;
  }

  /** Something of that can be delivered; a document that is loading asks for what it needs as it goes. */
  get areDeliverable(): boolean {
    return this.#underWay.size > 0;
  }

  /** Something was asked for since {@link forgetAll}. A document keeps pictures that it has had, whatever is written into it. */
  get wereAsked(): boolean {
    return this.#wereAsked;
  }

  /** Addresses of what has not arrived. */
  get awaited(): readonly string[] {
    return [...new Set([...this.#underWay.values()].map(({ url }) => url))];
  }

  /**
   * Lets all arrive that was asked for by now, one after the other. What is asked for in the meantime waits for the next time, so
   * that a page that always asks for more is noticed.
   *
   * @param heard lets the page's scripts hear of one before the next comes.
   */
  async deliver(signal: AbortSignal, heard: () => Promise<unknown>): Promise<void> {
    const asked = this.#inOrder();
    for (;;) {
      const left = asked.filter((id) => this.#underWay.has(id));
      if (left.length === 0 || signal.aborted) return;
      const [first] = left.filter((id) => this.#held.has(id));
      // The browser tells of requests in another order than they were made in, and keeps some back until others are answered.
      const isOvertaking = first !== left[0] && !(await this.#change(signal, overtakingMilliseconds));
      if (first === undefined || (first !== left[0] && !isOvertaking)) continue;
      await this.#held
        .get(first)?.()
        .catch(() => undefined);
      this.#held.delete(first);
      while (this.#underWay.has(first) && !signal.aborted) await this.#change(signal);
      if (left.length > 1) await heard();
    }
  }

  /** While somebody else drives the page, nothing waits. */
  async letting<T>(work: () => Promise<T>): Promise<T> {
    this.#isLetting = true;
    this.#release();
    try {
      return await work();
    } finally {
      this.#isLetting = false;
    }
  }

  /** The page was silenced. */
  forgetAll(): void {
    this.#release();
    this.#forget(() => true);
    this.#frames.clear();
    this.#wereAsked = false;
  }

  /**
   * The order in which they were asked for; but pictures by their addresses, after all else: the browser does not always ask for those
   * in the order in which scripts do.
   */
  #inOrder(): string[] {
    const all = [...this.#underWay].map(([id, resource]) => ({ id, ...resource }));
    const pictures = all.filter(({ isPicture }) => isPicture);
    pictures.sort((one, other) => (one.url < other.url ? -1 : Number(one.url > other.url)));
    return [...all.filter(({ isPicture }) => !isPicture), ...pictures].map(({ id }) => id);
  }

  #release(): void {
    for (const answer of this.#held.values()) void answer().catch(() => undefined);
    this.#held.clear();
  }

  #forget(isGone: (resource: Resource) => boolean): void {
    for (const [id, resource] of this.#underWay) if (isGone(resource)) this.#underWay.delete(id);
    this.#onChange();
  }

  /**
   * Resolves to true as soon as the set of awaited resources changes or the signal aborts, and to false where neither
   * happens within `milliseconds`.
   */
  #change(signal: AbortSignal, milliseconds?: number): Promise<boolean> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve(false), milliseconds ?? 2 ** 31 - 1);
      const end = (): void => {
        clearTimeout(timer);
        resolve(true);
      };
      this.#onChange = end;
      signal.addEventListener('abort', end, { once: true });
    });
  }
}
