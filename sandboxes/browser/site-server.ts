import type { Site } from 'lamarck';
import { hungAfterMilliseconds } from './faults.ts';
import { isWholePage, refuse, timingOf, type Hosted, type Hosting, type Paused } from './hosting.ts';
import { siteScript } from './in-page/script.ts';

/** The one origin that pages are under. Its host resolves nowhere: only interception answers for it. */
export const taskOrigin = 'http://task.test';

const contentTypes: Readonly<Record<string, string>> = {
  js: 'text/javascript',
  mjs: 'text/javascript',
  css: 'text/css',
  json: 'application/json',
  svg: 'image/svg+xml',
  txt: 'text/plain',
};

/** A path that is no text, as `/%`, stands for itself. */
function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** Answers every request from memory. What leaves the task's origin is refused. */
export class SiteServer implements Hosting {
  readonly origin = taskOrigin;
  readonly script = siteScript;
  readonly patience = hungAfterMilliseconds;
  /** What it serves at the moment. */
  site: Site = {};

  async host(tab: Hosted): Promise<void> {
    tab.page.on('websocket', () => tab.onRefused(false));
    // A page that went away in the meantime takes its requests with it.
    tab.session.on('Fetch.requestPaused', (paused) => void this.#answer(tab, paused).catch(() => undefined));
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
    const text = Object.hasOwn(this.site, path) ? this.site[path] : undefined;
    const type = contentTypes[/\.(\w+)$/.exec(path)?.[1] ?? ''] ?? 'text/html';
    const headers = [
      { name: 'content-type', value: `${text === undefined ? 'text/html' : type}; charset=utf-8` },
      // The next lease serves other texts under the same paths.
      { name: 'cache-control', value: 'no-store' },
    ];
    if (isWholePage(paused, mainFrame)) headers.push({ name: 'server-timing', value: timingOf(serving) });
    return session.send('Fetch.fulfillRequest', {
      requestId,
      responseCode: text === undefined ? 404 : 200,
      responseHeaders: headers,
      body: Buffer.from(text ?? '<!doctype html><title>Not found</title><h1>Page not found</h1>').toString(
        'base64',
      ),
    });
  }
}
