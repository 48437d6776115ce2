import type { Json, PageObservation, SyntheticPlay, SyntheticPlayout, PageElement } from 'lamarck';

export interface SettleOptions {
  /** The navigation that began was refused, and the document stays. */
  stayed?: boolean;
  /** Resources that have not arrived are not waited for any longer. */
  isGivenUp?: boolean;
  /** The wheel was turned. */
  scrolled?: boolean;
  /** Where the pointer rests, if it is over the page. */
  pointer?: { x: number; y: number } | undefined;
  /** Tabs that are open beside this one. */
  otherTabs?: number;
}

/** When a page has settled, in real ms: once nothing has changed for a while, or after the most that may be waited. */
export interface SettleRule {
  readonly quietMilliseconds: number;
  readonly mostMilliseconds: number;
  /** Resources arrive only while the host lets them: it is asked to wherever something is loading. */
  readonly isHeld: boolean;
}

/** What a script asks of the browser: to close this tab, or to show the one of a window's name. */
export type TabRequest = { readonly close: true } | { readonly front: string };

/** What a settled page answers: it is on its way elsewhere, or this is what it shows. */
export interface Settled {
  /** A navigation has started: the next document answers in its place. */
  leaving?: boolean;
  /** The page asked for steps in its history; the host takes them, in order. */
  traversal?: number;
  /** Something has yet to arrive: the host lets it, and settles what is left of the time, in virtual ms. */
  waiting?: number;
  /** Virtual time of this document in ms. */
  clock: number;
  seen?: Seen;
  /** Of the document, with what is seen. */
  title?: string;
  asks?: TabRequest;
}

/** What a page shows, and where each element in view can be clicked: nothing moves until the next action. */
export interface Seen {
  observation: PageObservation;
  points: Readonly<Record<string, readonly [x: number, y: number]>>;
  /** Fields of the page itself, not of its frames, that take any text. */
  fields: readonly string[];
}

/** An action as agents have it, of those that can be imitated: `{ click: { ref: 'e3' } }`. */
export type SyntheticAction = { readonly [name: string]: { readonly [parameter: string]: string } };

/** Synthetic play and how far it has come. It crosses with every round trip, so that any document can go on with it. */
export interface Play extends Omit<SyntheticPlay, 'seed' | 'isWin'> {
  /** How a playout is begun without the host; absent where the start page needs a new document each time. */
  readonly start?: { readonly html: string; readonly seed: string };
  /** How far the clock goes on after each action, in ms. */
  readonly milliseconds: number;
  /** State of the generator that the playouts' randomness is from: 32 bits. */
  random: number;
  /** By the hash of what the page showed, and the action as JSON: how often it was tried, and what was shown then. */
  readonly graph: Record<string, Record<string, { tried: number; to?: string }>>;
  /** The latest action, whose outcome is not yet entered in `graph`. */
  last?: { outline: string; name: string };
  /** Length of the shortest playout to each evidence, by its hash. */
  known: Record<string, number>;
  /** Playouts that have ended. */
  playouts: number;
  /** The playout of the moment, and the steps it has taken, those that were refused included. */
  playout: SyntheticStep[];
  taken: number;
  /** Steps that are played again in place of any that are chosen: what is left of them. */
  script?: SyntheticStep[];
}

/** One step of a playout, and by what signs the elements that it is done to are found again. */
export interface SyntheticStep {
  readonly action: SyntheticAction;
  readonly signs: readonly string[];
}

export interface FoundPlayout extends Omit<SyntheticPlayout, 'actions'> {
  readonly steps: readonly SyntheticStep[];
}

/** What came of a round trip of synthetic play. */
export interface Played {
  readonly play: Play;
  /** Playouts that reached evidence not seen before, or reached known evidence in fewer steps than before. */
  readonly found: readonly FoundPlayout[];
  /** Call again, once the page has settled; first bring it to its start; or all tries are used up. */
  readonly next: 'on' | 'restart' | 'over';
  /** As any action ends; where the page is leaving, the clock is that of the action before. */
  readonly settled: Settled;
  /** The page was brought to its start within its document. */
  readonly isRewritten: boolean;
}

/** A timer, frame or idle callback that has yet to run. */
export interface Timer {
  readonly id: number;
  due: number;
  order: number;
  readonly interval?: number;
  /** The page whose script set this timer. */
  readonly owner: InPage;
  run(): void;
}

/** The paused time that a page shares with the frames in it, in ms. */
export interface PausedTime {
  readonly timers: Map<number, Timer>;
  now: number;
  /** Of the lease, before the page's document began. */
  elapsedBefore: number;
  lastId: number;
  registrations: number;
}

/** A frame of the same origin: it observes itself, in its own realm. */
export interface ChildFrame {
  readonly element: HTMLIFrameElement;
  readonly page: InPage;
}

/** An element of a frame, by its reference there. */
export interface WithinFrame extends ChildFrame {
  readonly ref: string;
}

/** In viewport coordinates. */
export interface Rectangle {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

export interface Point {
  x: number;
  y: number;
}

/** A point to click in viewport coordinates, or why a person could not. */
export type Aim = Point | { error: string };

/** What survives of a page once it is silenced, hence which reset it needs: none, a new document, or a new context. */
export type Remains = 'nothing' | 'document' | 'context';

/**
 * The object that the parts of the in-page script build together. It is reached under a symbol, and each part is a
 * self-contained function: its text is sent to the page, so it may refer to nothing outside of itself.
 */
export interface InPage {
  /** The page that this one is a frame of, where it has the same origin. */
  readonly parent?: InPage;
  // frames
  /** The page within a frame; undefined where it has another origin or none yet. */
  pageWithin(frame: Element): InPage | undefined;
  /** Frames whose pages can be observed, in the order of the document. */
  frames(): ChildFrame[];
  /** A frame has yet to show what its element tells it to, or is still at it; requests of its scripts aside. */
  areFramesLoading(): boolean;
  /** Where an element of the last observation is, if that is in a frame; the frame's top left corner is in the viewport. */
  withinFrame(ref: string): (WithinFrame & { readonly corner: Point }) | undefined;
  /** Puts what frames show in the place of the frames: elements of the role `iframe`, all in `referred`. */
  mergeFrames(own: Seen, nameCover: (cover: Element) => string): Seen;
  // randomness
  /** Seeds all randomness of the page by 32 hex digits. */
  seed(hex: string): void;
  /** Seed of the next document of a frame, 32 hex digits. */
  seedOf(frame: Element): string;
  // clock
  time: PausedTime;
  /** Virtual ms since the document began. */
  now(): number;
  /** Ends the timers of a frame with its document. */
  listenToLeaving?(): void;
  /** Forgets all timers; the date starts `elapsed` ms into the lease. */
  resetClock(elapsed: number): void;
  /**
   * Runs what is due within the next ms, in order of due time and then of registration.
   *
   * @param isStill asked after each: whether the clock has to stand still now. Default: never.
   * @returns what is left of the time.
   */
  advance(milliseconds: number, isStill?: () => Promise<boolean>): Promise<number>;
  /** One turn of the real event loop. */
  turn(): Promise<void>;
  /** One real frame: layout observers, scroll events and autofocus happen there. */
  frame(): Promise<void>;
  /** The paused clock's real counterpart, for waits on loading. */
  pause(): Promise<void>;
  /** Real ms since the document began. */
  wallTime(): number;
  // the rules of the author of a web environment: when an action counts as settled, and which elements must not be
  // used
  readonly settleRule: SettleRule;
  readonly forbidden: {
    readonly roles: readonly string[];
    readonly names: readonly { readonly source: string; readonly flags: string }[];
  };
  /** Never to be used: an element, or an option of one. */
  isForbidden(element: Element): boolean;
  /** @param path an event's, from its target outwards. */
  isWithinForbidden(path: readonly Element[]): boolean;
  // containment
  /** A navigation to another document has started. */
  leaving: boolean;
  /** Steps in the history that the page asked for. */
  traversal: number;
  /** Installs the listener that notices navigations as they begin. */
  listenToNavigations(): void;
  /** Turns animations and transitions off. */
  still(): void;
  // tabs
  /** Tabs at once; further ones are refused, as by a popup blocker. */
  readonly mostTabs: number;
  /** As far as the host told. */
  otherTabs: number;
  /** Virtual ms until when a window may be opened, thanks to a person's input. */
  gestureUntil: number;
  asks: TabRequest | undefined;
  /** Opens the tab that a navigation is meant for; false where it is meant for this one. */
  opensElsewhere(source: Element | null, address: string): boolean;
  /** Installs the listeners that must come before the page's own; `document.open()` erases them. */
  listen(): void;
  /** The document that it was called for last. */
  listeningTo: Document;
  // what the page listens to
  /** The page listens to the pointer's coming and going. */
  hoverMatters: boolean;
  /** The page could tell typing in a field from a text that comes at once. */
  hearsTyping(field: Element): boolean;
  forgetListeners(): void;
  // work in progress
  /** Requests of the page that have not ended, and other work of the browser's that a script waits for. */
  requests: number;
  /** The same, with those of frames. */
  isBusy(): boolean;
  /** Images of the document that are not loaded lazily have yet to arrive. */
  areImagesAwaited(): boolean;
  /** Lays the page out, with its frames, so that all is asked for that it shows; whether some of that has yet to arrive. */
  isLoading(): boolean;
  /** Whether the document is still being read, or waits for its parts. A document that a script left open is not loading. */
  isDocumentLoading(): boolean;
  /** The page was scrolled: its listeners hear of it with the next frame. */
  scrolled: boolean;
  /** Disconnects all observers. */
  blind(): void;
  settle(milliseconds: number, options?: SettleOptions): Promise<Settled>;
  // recording
  /** Tells from now on what is done by hand, as JSON, through the function of that name. */
  record(teller: string): void;
  // what elements are
  /** ARIA role of what can be acted on or announces itself; undefined for everything else. */
  roleOf(element: Element): string | undefined;
  /**
   * A script reacts to its being clicked, as far as its looks tell, and to nothing within it.
   *
   * @param outerCursor that of what is around it; this and its style spare asking again, where they are known already.
   */
  isClickable(element: Element, style?: CSSStyleDeclaration, outerCursor?: string): boolean;
  /** @param text its `textOf`, where that is known already. */
  nameOf(element: Element, role: string, text?: string): string;
  /** Visible text, form controls left out, white space collapsed. */
  textOf(element: Element): string;
  /** The value that a person sees in a field. */
  valueOf(element: Element): string | undefined;
  /** Sorted tokens. */
  stateOf(element: Element): string[];
  isDisabled(element: Element): boolean;
  /** Coarse name of the colour that stands out of what has this computed style. */
  colorOf(style: CSSStyleDeclaration): PageElement['color'];
  /** Elements that react to the pointer above them, as far as their page shows. */
  hoverable(): Element[];
  /** Rules that reveal something to the pointer. */
  revealingRules(): string;
  /** Elements of a tree that are any of `draggable`, `droppable` and `uploadable`. */
  takers(root: Document | ShadowRoot): Map<Element, readonly string[]>;
  // observation and aim
  observe(): Seen;
  /** The element behind a reference of the last observation. */
  referred: Map<string, Element>;
  /** What two rectangles share; all of the other where there is only one. */
  intersect(one: Rectangle | undefined, other: Rectangle): Rectangle;
  /** Too small for a pointer. */
  isEmpty(rectangle: Rectangle): boolean;
  /** Where to click an element, or what covers it everywhere; undefined where it is scrolled out of view. */
  pointOf(
    element: Element,
    known?: Map<Element, Rectangle>,
  ): { x: number; y: number } | { cover: Element } | undefined;
  /** Scrolls an element to where it can be clicked. */
  bringIntoView(ref: string): Aim;
  /** A field that typing fills, whatever the text. */
  takesAnyText(element: Element): boolean;
  /** Whether a field takes text; one that opens a picker of the browser's own is set at once (`picked`). */
  checkField(ref: string, text: string): { error?: string; picked?: boolean };
  /** Selects what a field holds, so that typing replaces it; returns whether anything would hear the single keys. */
  selectContent(ref: string): boolean;
  /**
   * Replaces at once what a field holds, and settles; undone where `settled` is absent, and the text has yet to be typed: key by key
   * where `isHeard`.
   */
  typeOver(
    ref: string,
    text: string,
    milliseconds: number,
    options: SettleOptions,
  ): Promise<{ settled?: Settled; isHeard?: boolean }>;
  /** Tells the page that a field was changed. */
  announce(element: Element): void;
  giveFile(ref: string, name: string, content: string): { error?: string };
  /** Installs the listener for drags, which `document.open()` erases. */
  listenToDrags(): void;
  /** Whether a drag of the browser's own has begun since it was last asked, and was not prevented. */
  isDragging(): boolean;
  choose(ref: string, option: string): { error?: string };
  evidence(): { value?: Json; error?: string };
  // synthetic play
  /** Answers to dialogs while the page plays by itself. */
  answers: { alert(): void; confirm(): boolean; prompt(): string | null } | undefined;
  /** Dismisses the dialogs of what nobody watches. */
  dismissing<T>(work: () => T): T;
  /** What can be tried. */
  offers(play: Play, observation: PageObservation): SyntheticAction[];
  /** What an element is known by where references are others: role, name and frame, and its place among those alike. */
  signOf(ref: string, observation: PageObservation): string;
  refOf(sign: string, observation: PageObservation): string | undefined;
  /** Moves the pointer to a point of an element. */
  pointAt(element: Element, at: Point): void;
  clickAt(element: Element, at: Point): void;
  dragAcross(source: Element, target: Element, points: readonly [from: Point, to: Point]): void;
  /** Does an action by events of script; returns why a person could not do it. */
  imitate(
    action: SyntheticAction,
    points: Seen['points'],
    files?: Readonly<Record<string, string>>,
  ): string | undefined;
  /** Playouts on from where the page is, and from its start, for a while. */
  play(play: Play): Promise<Played>;
  // reset
  /** What the page used of things that outlive a document. */
  touched: Set<'cookies' | 'databases' | 'elements' | 'frames' | 'navigation' | 'storage'>;
  /**
   * Stops everything that the page had going, and says what cannot be undone; `isFirst` if no other document came before. The
   * document is left open, to be rewritten.
   */
  silence(isFirst: boolean): Remains;
  /** Writes a start page into the silenced document, and settles it. */
  rewrite(html: string, seed: string, milliseconds: number): Promise<Settled>;
}
