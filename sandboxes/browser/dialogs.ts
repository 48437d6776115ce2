import type { PageDialog } from 'lamarck';
import type { Session } from './browser-pipe.ts';
import { pageHung } from './faults.ts';
import type { Seen } from './in-page/in-page.ts';

/** Dialogs in a row that are dismissed when a page is given back. */
const mostDialogs = 20;

type Send = Session['send'];
type OpenDialog = PageDialog & {
  readonly url: string;
  readonly proposal: string | undefined;
  /** To the tab that it is in. */
  readonly send: Send;
};
/** What the protocol tells of a dialog. */
interface DialogOpening {
  readonly type: PageDialog['kind'];
  readonly message: string;
  readonly url: string;
  readonly defaultPrompt?: string;
}

/** The dialogs of the tabs of one page: while one is open, it holds up what opened it, until it is answered. */
export class PageDialogs {
  #open: OpenDialog | undefined;
  #closed = 0;
  #onOpen: () => void = () => undefined;
  #interrupted: Promise<Seen> | undefined;

  /** @param send as the session's own, bounded in wall time. */
  listenTo(session: Session, send: Send, onDialog: () => void): void {
    session.on('Page.javascriptDialogOpening', (opening) => {
      if (opening.type === 'beforeunload')
        return void session.send('Page.handleJavaScriptDialog', { accept: true }).catch(() => undefined);
      onDialog();
      this.#opened(opening, send);
    });
  }

  /** The one that holds the page. */
  get open(): PageDialog | undefined {
    return this.#open;
  }

  /** How many have been answered. */
  get closed(): number {
    return this.#closed;
  }

  /** What is seen in the end, or as soon as a dialog holds the page; the rest then goes on with the answer. */
  orOpen(work: Promise<Seen>): Promise<Seen> {
    this.#interrupted = work;
    const held = new Promise<Seen>((resolve) => (this.#onOpen = () => resolve(this.#seen())));
    if (this.#open) this.#onOpen();
    return Promise.race([work, held]);
  }

  /** Answers the open dialog, and goes on with the action that it interrupted. */
  async answer(accept: boolean, promptText?: string): Promise<Seen> {
    const dialog = this.#open;
    this.#open = undefined;
    this.#closed++;
    const interrupted = this.#interrupted;
    if (!dialog || !interrupted) throw pageHung('a dialog that no action opened');
    const { kind, proposal } = dialog;
    const answered = dialog.send('Page.handleJavaScriptDialog', {
      accept,
      ...(kind === 'prompt' && accept && { promptText: promptText ?? proposal ?? '' }),
    });
    return this.orOpen(answered.then(() => interrupted));
  }

  /** Dismisses whatever dialogs hold the page; undefined where there was none. */
  async dismissAll(): Promise<Seen | undefined> {
    let seen: Seen | undefined;
    for (let count = 0; this.#open; count++) {
      if (count === mostDialogs) throw pageHung(`more than ${mostDialogs} dialogs in a row`);
      seen = await this.answer(false);
    }
    return seen;
  }

  /** What comes of work that nobody watches: dialogs that hold it up are dismissed. */
  async dismissing<T>(work: Promise<T>): Promise<T> {
    await this.orOpen(work.then(() => this.#seen()));
    await this.dismissAll();
    return work;
  }

  #seen(): Seen {
    const { url = '/', kind = 'alert', message = '' } = this.#open ?? {};
    return { observation: { url, dialog: { kind, message }, elements: [] }, points: {}, fields: [] };
  }

  #opened({ type, message, url, defaultPrompt }: DialogOpening, send: Send): void {
    const { pathname, search } = URL.parse(url) ?? { pathname: '/', search: '' };
    this.#open = { kind: type, message, url: pathname + search, proposal: defaultPrompt, send };
    this.#onOpen();
  }
}
