import { sha256 } from 'lamarck';
import type { Page } from 'playwright';
import type { Arrivals } from './arrivals.ts';
import type { Session } from './browser-pipe.ts';
import { timingName } from './in-page/script.ts';
import type { Stated } from './method-override.ts';

/** What is told to the documents of a tab, and remembered from one to the next. */
export interface Serving {
  readonly seed: string;
  /** Documents served so far: each has randomness of its own. */
  documents: number;
  /** Virtual ms since the lease began, over all documents. */
  elapsed: number;
  /** The same when the document of the moment began. */
  documentBegan: number;
  /** The page's next document waits for it: the one before has yet to say how far it came. */
  held?: Promise<unknown>;
}

/** A tab whose requests are answered. */
export interface Hosted {
  readonly page: Page;
  readonly session: Session;
  readonly mainFrame: string;
  /** Says when a request is answered. */
  readonly arrivals: Arrivals;
  serving(): Serving | undefined;
  onRefused(isNavigation: boolean): void;
}

/** Where the documents of a browser context come from. */
export interface Hosting {
  /** The only origin whose pages the tabs may show, such as `http://task.test`. */
  readonly origin: string;
  /** Runs in every document before its own scripts. */
  readonly script: string;
  /** How long a page may take over anything, in ms of wall time: a backstop. */
  readonly patience: number;
  readonly loading: {
    /** Resources arrive only while the page's clock stands still. */
    readonly isHeld: boolean;
    /** How long an action waits for resources that were asked for, in ms of wall time, and what happens then. */
    readonly mostMilliseconds: number;
    readonly whenLate: 'fault' | 'look';
  };
  /** Answers all requests of a tab from now on, or refuses them. */
  host(tab: Hosted): Promise<void>;
}

/** As the protocol tells of a request that waits for an answer. */
export interface Paused {
  readonly requestId: string;
  readonly networkId?: string;
  readonly request: Stated;
  readonly resourceType: string;
  readonly frameId: string;
  readonly responseStatusCode?: number;
  readonly responseHeaders?: readonly { readonly name: string; readonly value: string }[];
}

/** Refuses a request. A whole page that would leave stays where it is (204), rather than turning into an error page. */
export function refuse({ session, mainFrame, onRefused }: Hosted, paused: Paused): Promise<unknown> {
  const { requestId } = paused;
  const isNavigation = isWholePage(paused, mainFrame);
  onRefused(isNavigation);
  return isNavigation
    ? session.send('Fetch.fulfillRequest', { requestId, responseCode: 204 })
    : session.send('Fetch.failRequest', { requestId, errorReason: 'AccessDenied' });
}

/** Frames have their randomness and clock from the page around them. */
export function isWholePage({ resourceType, frameId }: Paused, mainFrame: string): boolean {
  return resourceType === 'Document' && frameId === mainFrame;
}

/** 32 hex digits that seed the randomness of a lease's nth document. */
export function documentSeed(seed: string, index: number): string {
  return sha256(`${seed}/${index}`).slice(0, 32);
}

/** The value of a response's header that tells a document its randomness and its time. */
export function timingOf(serving: Serving): string {
  const seed = documentSeed(serving.seed, serving.documents++);
  serving.documentBegan = serving.elapsed;
  return `${timingName};desc="${seed}.${serving.elapsed}"`;
}
