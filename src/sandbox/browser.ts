import type { BrowserContextOptions, Page } from 'playwright';
import type { Json, PageObservation } from '../protocol/index.ts';

/** Pages by path (`/`, `/results`), served from memory under one origin; nothing else is reachable. */
export type Site = Readonly<Record<string, string>>;

/** A site and how it is shown. */
export interface SiteView {
  readonly site: Site;
  /** Served where the site has no page of its own: a folder of files by their paths. */
  readonly folder?: string | undefined;
  /** Path that a lease begins at; default `/`. */
  readonly start?: string | undefined;
  /** In CSS px; default 1024 × 768. */
  readonly viewport?: { readonly width: number; readonly height: number } | undefined;
}

/** A web application that runs elsewhere, and what its pages may do there. */
export interface Application {
  /** The origin of the application, such as `http://localhost:3000`. */
  readonly origin: string;
  /** Further origins that its pages may reach. */
  readonly origins: readonly string[];
  /** `virtual`: time stands still between actions, and randomness is from the seed. */
  readonly clock: 'real' | 'virtual';
  /** An action is over once no request is under way and nothing has changed for a while, or after the most that is waited; real ms. */
  readonly settle: { readonly quietMilliseconds: number; readonly mostMilliseconds: number };
  /** What never happens: requests with these methods; input to elements of these roles, or whose names match. */
  readonly forbidden: {
    readonly methods: readonly string[];
    readonly roles: readonly string[];
    readonly names: readonly RegExp[];
  };
  /** How its pages are opened: a signed-in state, credentials, headers. */
  readonly context: BrowserContextOptions;
}

/** How a page was brought to its start: cheapest first. */
export type ResetTier = 'in-page' | 'navigation' | 'fresh-context';

/** What to try in a page by synthetic events, and how much of it. */
export interface SyntheticPlay {
  /** Playouts from the start of the site, and actions in each. */
  readonly tries: number;
  readonly steps: number;
  /** Equal seeds give equal playouts. */
  readonly seed: string;
  /** What may be typed. */
  readonly texts: readonly string[];
  /** Roles of the elements that are clicked, and of those that are filled. */
  readonly roles: { readonly click: readonly string[]; readonly fill: readonly string[] };
  /** Texts by name, for file fields. */
  readonly files: Readonly<Record<string, string>>;
  /** Elements to hover over on a page, and pairs to drag, at most. */
  readonly most: { readonly hovers: number; readonly drags: number };
  /** Asked once for each evidence. A win ends the search, and is made as short as the search can. */
  readonly isWin?: ((playout: SyntheticPlayout) => Promise<boolean>) | undefined;
}

/** A way through a site, as actions for real input, and where it came to. */
export interface SyntheticPlayout {
  readonly actions: readonly Json[];
  readonly url: string;
  /** What `window.lamarckEvidence()` returned after the last action. */
  readonly evidence: Json;
}

/** By what an element is found again in another session, where references may differ. */
export type ElementSign = {
  readonly role: string;
  readonly name: string;
  /** Among those of this role and name, from 0; absent where it is the only one. */
  readonly place?: number;
};

/** A page leased to one session. Input is real and trusted, through the DevTools protocol. */
export interface PageLease {
  observe(): Promise<PageObservation>;
  click(ref: string): Promise<void>;
  /** Focuses, selects what is there, types: key by key, or at once where nothing on the page hears the keys. */
  fill(ref: string, text: string): Promise<void>;
  /** Chooses an `<option>` by its value or its visible label. */
  select(ref: string, option: string): Promise<void>;
  /** Moves the pointer there. */
  hover(ref: string): Promise<void>;
  /** Presses on an element, moves to another, and lets go there. */
  drag(ref: string, to: string): Promise<void>;
  /** Gives a text file to a file field, or to the label of one. Its events are the page's own, hence not trusted. */
  upload(ref: string, file: { name: string; content: string }): Promise<void>;
  /** Accepts the open dialog; `text` answers a prompt, which otherwise takes what it proposes. */
  accept(text?: string): Promise<void>;
  dismiss(): Promise<void>;
  /** A key by its DOM name: `Enter`, `Escape`, `Tab`, `ArrowDown`, … */
  press(key: string): Promise<void>;
  /** Wheel over the page (or over an element) by CSS px. */
  scroll(deltaY: number, ref?: string): Promise<void>;
  back(): Promise<void>;
  /** Shows another tab. One that a page opens is shown at once; of more than four, the rest is refused. */
  switchTab(tab: string): Promise<void>;
  /** Closes the tab that is shown, never the first, and shows the one that opened it. */
  closeTab(): Promise<void>;
  /**
   * What the first tab's own `window.lamarckEvidence()` returns: its state, for the verifier. What happened in other tabs
   * counts as far as it reached that: through storage, messages, or its `opener`. Dismisses open dialogs first.
   */
  evidence(): Promise<Json>;
  /**
   * Playouts through the site many times, by events of script within the page: the shortest playout to each evidence that came
   * up. What synthetic input found, real input has yet to confirm. Afterwards the lease can only be released.
   */
  explore(play: SyntheticPlay): Promise<readonly SyntheticPlayout[]>;
  readonly tier: ResetTier;
  /**
   * Lets somebody act on the first tab by hand, a person or a script of Playwright's, and writes down what they do, as
   * the actions that come to the same: `{ click: { ref: sign } }`, with an {@link ElementSign} for each reference. Time goes on
   * meanwhile; a dialog is accepted. Not seen are other tabs, frames, and addresses that are typed.
   */
  record(perform: (page: Page) => Promise<void>): Promise<readonly Json[]>;
  release(): Promise<void>;
}

export interface ApplicationLeaseOptions {
  readonly seed: string;
  readonly signal?: AbortSignal;
  /**
   * What is opened, and where: asked once there is a seat for it. Leases that are held at the same time have different
   * seats, counted from 0.
   */
  readonly prepare: (seat: number) => Promise<{ readonly application: Application; readonly path: string }>;
}

/** A page of an application, in a browser context of its own. */
export interface ApplicationLease extends Omit<PageLease, 'evidence' | 'explore' | 'tier'> {
  /** Asks the first tab what its author wants to know. Dismisses open dialogs first. */
  inspect<T>(read: (page: Page) => Promise<T>): Promise<T>;
}

/** Chromium behind leases. Each action ends when its navigations have settled and the page's paused clock was advanced. */
export interface BrowserSandbox {
  /** Waits for a free page and brings it to the start of a site, with clock at 0 and randomness from `seed`. */
  lease(options: SiteView & { seed: string; signal?: AbortSignal }): Promise<PageLease>;
  /** Waits for a free seat and opens a page of an application there. */
  leaseApplication(options: ApplicationLeaseOptions): Promise<ApplicationLease>;
  readonly statistics: BrowserStatistics;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Leak accounting: after all leases are released, `leased` is 0 and `pages` does not grow. */
export interface BrowserStatistics {
  readonly launched: number;
  readonly pages: number;
  readonly leased: number;
  readonly resets: Readonly<Record<ResetTier, number>>;
  /** Requests refused because they left the task's origin. */
  readonly refusedRequests: number;
}
