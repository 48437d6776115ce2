import type { Application } from 'lamarck';
import { hungAfterMilliseconds } from './faults.ts';
import { isWholePage, refuse, timingOf, type Hosted, type Hosting, type Paused } from './hosting.ts';
import { applicationScript } from './in-page/script.ts';
import { methodsOf } from './method-override.ts';

/** How long an application may take over an answer, in ms. */
const answerMilliseconds = 30_000;

/** Lets an application answer, as far as its author allows: by origin and by method. */
export class ApplicationGate implements Hosting {
  readonly origin: string;
  readonly script: string;
  readonly patience: number;
  readonly loading: Hosting['loading'];
  readonly #origins: ReadonlySet<string>;
  readonly #forbiddenMethods: ReadonlySet<string>;
  readonly #tellsTime: boolean;

  constructor({ origin, origins, clock, settle, forbidden }: Application) {
    const { methods, roles, names } = forbidden;
    this.origin = origin;
    this.script = applicationScript(clock, {
      settleRule: { ...settle, isHeld: clock === 'virtual' },
      // A sticky or global expression would remember where it matched.
      forbidden: {
        roles,
        names: names.map(({ source, flags }) => ({ source, flags: flags.replaceAll(/[gy]/g, '') })),
      },
    });
    this.patience = hungAfterMilliseconds + settle.mostMilliseconds + answerMilliseconds;
    this.loading = {
      isHeld: clock === 'virtual',
      mostMilliseconds: settle.mostMilliseconds,
      whenLate: 'look',
    };
    this.#origins = new Set([origin, ...origins]);
    this.#forbiddenMethods = new Set(methods.map((method) => method.toUpperCase()));
    this.#tellsTime = clock === 'virtual';
  }

  async host(tab: Hosted): Promise<void> {
    await tab.page.routeWebSocket(
      ({ href }) => !this.#origins.has(new URL(href.replace(/^ws/, 'http')).origin),
      (socket) => {
        tab.onRefused(false);
        void socket.close();
      },
    );
    // A page that went away in the meantime takes its requests with it.
    tab.session.on(
      'Fetch.requestPaused',
      (paused: Paused) =>
        void tab.arrivals.admit(paused, () => this.#admit(tab, paused)).catch(() => undefined),
    );
    await tab.session.send('Fetch.enable', { patterns: [{ urlPattern: '*' }] });
  }

  async #admit(tab: Hosted, paused: Paused): Promise<unknown> {
    const { requestId, request, responseStatusCode, responseHeaders = [] } = paused;
    const { session, mainFrame } = tab;
    const serving = tab.serving();
    if (responseStatusCode !== undefined && serving) {
      const timing = { name: 'server-timing', value: timingOf(serving) };
      return session.send('Fetch.continueResponse', {
        requestId,
        responseCode: responseStatusCode,
        responseHeaders: [...responseHeaders, timing],
      });
    }
    const { protocol, origin } = new URL(request.url);
    const isAdmitted = protocol === 'data:' || protocol === 'blob:' || this.#origins.has(origin);
    const isForbidden = methodsOf(request).some((method) => this.#forbiddenMethods.has(method));
    if (!isAdmitted || isForbidden) return refuse(tab, paused);
    const tellsTime = this.#tellsTime && isWholePage(paused, mainFrame);
    if (tellsTime) await serving?.held;
    return session.send('Fetch.continueRequest', {
      requestId,
      ...(tellsTime && { interceptResponse: true }),
    });
  }
}
