import { sha256, type Site } from 'lamarck';
import type { CDPSession } from 'playwright';
import { timingName } from './in-page/script.ts';

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

/** What is being served to a page. */
export interface Serving {
  readonly site: Site;
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

interface Paused {
  requestId: string;
  request: { url: string };
  resourceType: string;
  frameId: string;
}

/** 32 hex digits that seed the randomness of a lease's nth document. */
export function documentSeed(seed: string, index: number): string {
  return sha256(`${seed}/${index}`).slice(0, 32);
}

/** A path that is no text, as `/%`, stands for itself. */
function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/**
 * Answers every request of a page from memory. What leaves the task's origin is refused; a whole page that would leave
 * stays where it is (204), rather than turning into an error page.
 */
export async function serveSite(
  session: CDPSession,
  mainFrame: string,
  serving: () => Serving | undefined,
  onRefused: (isNavigation: boolean) => void,
): Promise<void> {
  const answerTo = async ({ requestId, request, resourceType, frameId }: Paused): Promise<void> => {
    // A page that went away in the meantime takes its requests with it.
    const answer = (sent: Promise<unknown>): void => void sent.catch(() => undefined);
    const url = new URL(request.url);
    const current = serving();
    if (url.protocol === 'data:' || url.protocol === 'blob:') {
      answer(session.send('Fetch.continueRequest', { requestId }));
    } else if (url.origin !== taskOrigin || !current) {
      const isNavigation = resourceType === 'Document' && frameId === mainFrame;
      onRefused(isNavigation);
      answer(
        isNavigation
          ? session.send('Fetch.fulfillRequest', { requestId, responseCode: 204 })
          : session.send('Fetch.failRequest', { requestId, errorReason: 'AccessDenied' }),
      );
    } else {
      if (resourceType === 'Document' && frameId === mainFrame) await current.held;
      const path = decoded(url.pathname);
      const text = Object.hasOwn(current.site, path) ? current.site[path] : undefined;
      const type = contentTypes[/\.(\w+)$/.exec(path)?.[1] ?? ''] ?? 'text/html';
      const headers = [
        { name: 'content-type', value: `${text === undefined ? 'text/html' : type}; charset=utf-8` },
        // The next lease serves other texts under the same paths.
        { name: 'cache-control', value: 'no-store' },
      ];
      // Frames have their randomness and clock from the page around them.
      if (resourceType === 'Document' && frameId === mainFrame) {
        const seed = documentSeed(current.seed, current.documents++);
        current.documentBegan = current.elapsed;
        headers.push({ name: 'server-timing', value: `${timingName};desc="${seed}.${current.elapsed}"` });
      }
      answer(
        session.send('Fetch.fulfillRequest', {
          requestId,
          responseCode: text === undefined ? 404 : 200,
          responseHeaders: headers,
          body: Buffer.from(
            text ?? '<!doctype html><title>Not found</title><h1>Page not found</h1>',
          ).toString('base64'),
        }),
      );
    }
  };
  session.on('Fetch.requestPaused', (paused) => void answerTo(paused));
  await session.send('Fetch.enable', { patterns: [{ urlPattern: '*' }] });
}
