import type { Json } from '../protocol/index.ts';

/** Pages by path (`/`, `/results`), served from memory under one origin; nothing else is reachable. */
export type Site = Readonly<Record<string, string>>;

/** How a page was brought to its start: cheapest first. */
export type ResetTier = 'in-page' | 'navigation' | 'fresh-context';

/** One visible element, as an agent sees it. */
export interface VisibleElement {
  /** Reference for actions, e.g. `e7`; holds until the next observation. */
  ref: string;
  role: string;
  name: string;
  /** Own visible text where it differs from the name. */
  text?: string;
  value?: string;
  /** Any of `checked`, `selected`, `disabled`, `expanded`, `focused`, `required`, `readonly`. */
  state?: readonly string[];
  /** Values that a select offers. */
  options?: readonly string[];
  /** x, y, width, height in CSS px, rounded to 4 px. */
  box: readonly [number, number, number, number];
  /** Reference or role and name of what covers its click point. */
  coveredBy?: string;
}

export interface PageObservation {
  /** Path and query only: the origin is always the task's. */
  url: string;
  /** Reference of the focused element. */
  focus?: string;
  elements: readonly VisibleElement[];
}

/** A page leased to one session. Input is real and trusted, through the DevTools protocol. */
export interface PageLease {
  observe(): Promise<PageObservation>;
  click(ref: string): Promise<void>;
  /** Focuses, selects what is there, types. */
  fill(ref: string, text: string): Promise<void>;
  /** Chooses an `<option>` by its value or its visible label. */
  select(ref: string, option: string): Promise<void>;
  /** A key by its DOM name: `Enter`, `Escape`, `Tab`, `ArrowDown`, … */
  press(key: string): Promise<void>;
  /** Wheel over the page (or over an element) by CSS px. */
  scroll(deltaY: number, ref?: string): Promise<void>;
  back(): Promise<void>;
  /** What the page's own `window.lamarckEvidence()` returns: its state, for the verifier. */
  evidence(): Promise<Json>;
  readonly tier: ResetTier;
  release(): Promise<void>;
}

/** Chromium behind leases. Each action ends when its navigations have settled and the page's paused clock was advanced. */
export interface BrowserSandbox {
  /** Waits for a free page and brings it to the start of `site`, with clock at 0 and randomness from `seed`. */
  lease(options: { site: Site; seed: string; signal?: AbortSignal }): Promise<PageLease>;
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
