import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { messageOf, type SiteView } from 'lamarck';
import { hungAfterMilliseconds, lateAfterMilliseconds } from './faults.ts';
import { isWholePage, refuse, timingOf, type Hosted, type Hosting, type Paused } from './hosting.ts';
import { siteScript } from './in-page/script.ts';

/** The one origin that pages are under. Its host resolves nowhere: only interception answers for it. */
export const taskOrigin = 'http://task.test';

const contentTypes: ReadonlyMap<string, string> = new Map([
  ['js', 'text/javascript'],
  ['mjs', 'text/javascript'],
  ['css', 'text/css'],
  ['json', 'application/json'],
  ['svg', 'image/svg+xml'],
  ['png', 'image/png'],
  ['gif', 'image/gif'],
  ['jpg', 'image/jpeg'],
  ['jpeg', 'image/jpeg'],
  ['woff', 'font/woff'],
  ['woff2', 'font/woff2'],
  ['txt', 'text/plain'],
]);

/** A path that is no text, as `/%`, stands for itself. */
function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** How the files of a site's folder are read. */
export type ReadSiteFile = (path: string) => Promise<Buffer>;

/** Answers every request from memory, or from the site's own folder. What leaves the task's origin is refused. */
export class SiteServer implements Hosting {
  readonly origin = taskOrigin;
  readonly script = siteScript;
  readonly patience: number;
  readonly loading = { isHeld: true, mostMilliseconds: lateAfterMilliseconds, whenLate: 'fault' } as const;
  readonly #readFile: ReadSiteFile;
  /** The answer to the script's request before: scripts hear of them in the order in which they asked. */
  #answered: Promise<unknown> = Promise.resolve();
  /** What it serves at the moment. */
  view: SiteView = { site: {} };

  constructor(read: ReadSiteFile = readFile, patience = hungAfterMilliseconds) {
    this.#readFile = read;
    this.patience = patience;
  }

  async host(tab: Hosted): Promise<void> {
    tab.page.on('websocket', () => tab.onRefused(false));
    // A page that went away in the meantime takes its requests with it.
    tab.session.on('Fetch.requestPaused', (paused: Paused) => {
      const answer = (): Promise<unknown> => this.#answer(tab, paused);
      const isOfScript = paused.resourceType === 'XHR' || paused.resourceType === 'Fetch';
      if (isOfScript) this.#answered = this.#answered.then(answer).catch(() => undefined);
      else void tab.arrivals.admit(paused, answer).catch(() => undefined);
    });
    await tab.session.send('Fetch.enable', { patterns: [{ urlPattern: '*' }] });
  }

  async #answer(tab: Hosted, paused: Paused): Promise<unknown> {
    const { session, mainFrame } = tab;
    const { requestId, request } = paused;
    const url = new URL(request.url);
    const serving = tab.serving();
    if (url.protocol === 'data:' || url.protocol === 'blob:')
      return session.send('Fetch.continueRequest', { requestId });
    if (url.origin !== taskOrigin || !serving) return refuse(tab, paused);
    if (isWholePage(paused, mainFrame)) await serving.held;
    const path = decoded(url.pathname);
    const content = this.#textAt(path) ?? (await this.#fileAt(path));
    const type = contentTypes.get(/\.(\w+)$/.exec(path)?.[1] ?? '') ?? 'text/html';
    const headers = [
      { name: 'content-type', value: `${content === undefined ? 'text/html' : type}; charset=utf-8` },
      // The next lease serves other texts under the same paths.
      { name: 'cache-control', value: 'no-store' },
    ];
    if (isWholePage(paused, mainFrame)) headers.push({ name: 'server-timing', value: timingOf(serving) });
    return session.send('Fetch.fulfillRequest', {
      requestId,
      responseCode: content === undefined ? 404 : 200,
      responseHeaders: headers,
      body: (
        content ?? Buffer.from('<!doctype html><title>Not found</title><h1>Page not found</h1>')
      ).toString('base64'),
    });
  }

  #textAt(path: string): Buffer | undefined {
    const { site } = this.view;
    return Object.hasOwn(site, path) ? Buffer.from(site[path] ?? '') : undefined;
  }

  async #fileAt(path: string): Promise<Buffer | undefined> {
    const { folder } = this.view;
    // A decoded path may hold what a URL does not: steps out of the folder.
    if (folder === undefined || path.split(/[/\\]/).includes('..') || path.includes('\0')) return undefined;
    return this.#readFile(join(folder, path)).catch((error: unknown) => {
      if (/ENOENT|EISDIR|ENOTDIR|ENAMETOOLONG/.test(messageOf(error))) return undefined;
      throw error;
    });
  }
}
