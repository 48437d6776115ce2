import { LamarckError, type Application } from 'lamarck';
import type { BrowserContextOptions } from 'playwright';
import { readPlaywrightConfig, type PlaywrightSettings } from './playwright-config.ts';
import { Secrets } from './secrets.ts';
import { startWebServer, type WebServer } from './web-server.ts';

/** Where an application is, and what may be done there. */
export interface WebApplication {
  /** Of the environment. */
  name: string;
  /** Path of a `playwright.config.ts`, from which `baseURL`, `webServer` and the ways to open a page are taken. */
  playwrightConfig?: string | URL;
  /** The name of one of its projects. */
  project?: string;
  /** Comes over the configuration's, as the next three do. */
  baseURL?: string | ((worker: number) => string);
  webServer?: WebServer | ((worker: number) => WebServer);
  /** A signed-in state: a file, or what Playwright saved. */
  storageState?: BrowserContextOptions['storageState'];
  /** Other settings of Playwright for opening a page. */
  context?: BrowserContextOptions;
  /** `shared` (default): one application, hence one episode at a time. `worker`: one for each page in use, by `baseURL(worker)`. */
  isolation?: 'shared' | 'worker';
  /** Default `real`. A `virtual` clock stands still between actions. */
  clock?: Application['clock'];
  /** When an action is over, in real ms; default 100 without any change, 5,000 at most. */
  settle?: Partial<Application['settle']>;
  /** Further origins that pages may reach; all others are refused. */
  origins?: readonly string[];
  /** What never happens: requests with these methods, input to these roles, or to what has such a name. */
  forbid?: Partial<Application['forbidden']>;
  /** Values that agents may use as `{{name}}`, and that no record holds. */
  secrets?: Readonly<Record<string, string | undefined>>;
}

/** The address and settings of the web application of a definition, determined once for each worker and then remembered. */
export class Premises {
  readonly #definition: WebApplication;
  readonly #workers = new Map<number, Promise<{ application: Application; baseURL: string }>>();
  #settings: Promise<PlaywrightSettings> | undefined;
  #secrets: Secrets | undefined;
  #secretsAtHand: Secrets | undefined;

  /** @throws LamarckError `LAMARCK_ENVIRONMENT_INVALID` where it is not said where the application is, or workers would share it. */
  constructor(definition: WebApplication) {
    assertComplete(definition);
    this.#definition = definition;
  }

  secrets(): Secrets {
    this.#secrets ??= new Secrets(this.#definition.name, this.#definition.secrets ?? {});
    return this.#secrets;
  }

  /** The secrets that have a value; where others have none, tasks can be listed but not played. */
  secretsAtHand(): Secrets {
    const values = Object.entries(this.#definition.secrets ?? {});
    this.#secretsAtHand ??= new Secrets(
      this.#definition.name,
      Object.fromEntries(values.filter(([, value]) => Secrets.isOne(value))),
    );
    return this.#secretsAtHand;
  }

  at(worker: number): Promise<{ application: Application; baseURL: string }> {
    const place = this.#definition.isolation === 'worker' ? worker : 0;
    const known = this.#workers.get(place);
    if (known) return known;
    const opening = this.#open(place);
    this.#workers.set(place, opening);
    // What failed once may be mended meanwhile.
    opening.catch(() => this.#workers.delete(place));
    return opening;
  }

  async #open(worker: number): Promise<{ application: Application; baseURL: string }> {
    const {
      playwrightConfig,
      project,
      storageState,
      forbid,
      settle,
      origins = [],
      clock = 'real',
    } = this.#definition;
    this.#settings ??= playwrightConfig
      ? readPlaywrightConfig(playwrightConfig, project)
      : Promise.resolve({ webServers: [], context: {} });
    const settings = await this.#settings;
    const { baseURL: stated, webServer: own } = this.#definition;
    const baseURL = (typeof stated === 'function' ? stated(worker) : stated) ?? settings.baseURL;
    if (baseURL === undefined || !URL.canParse(baseURL)) {
      throw invalid(
        this.#definition.name,
        baseURL === undefined
          ? 'does not say where its application is'
          : `has a baseURL that is no URL: "${baseURL}"`,
        'Give it a `baseURL`, or a `playwrightConfig` that has one.',
      );
    }
    const server = typeof own === 'function' ? own(worker) : own;
    if (server) assertServer(this.#definition.name, server);
    for (const each of server ? [server] : settings.webServers)
      await startWebServer({ ...each, env: { ...each.env, LAMARCK_WORKER: String(worker) } });
    return {
      baseURL,
      application: {
        origin: new URL(baseURL).origin,
        origins,
        clock,
        settle: { quietMilliseconds: 100, mostMilliseconds: 5_000, ...settle },
        forbidden: { methods: [], roles: [], names: [], ...forbid },
        context: {
          ...settings.context,
          ...this.#definition.context,
          ...(storageState !== undefined && { storageState }),
          // Requests of service workers would be seen by nobody.
          serviceWorkers: 'block',
        },
      },
    };
  }
}

function assertComplete({ name, isolation, baseURL, playwrightConfig, webServer }: WebApplication): void {
  if (typeof webServer === 'object') assertServer(name, webServer);
  if (baseURL === undefined && playwrightConfig === undefined)
    throw invalid(
      name,
      'does not say where its application is',
      'Give it a `baseURL`, or a `playwrightConfig` that has one.',
    );
  if (isolation === 'worker' && typeof baseURL !== 'function')
    throw invalid(
      name,
      'has one application for all workers, which it says are isolated',
      "Make `baseURL` a function of the worker's number, or leave `isolation` at `shared`.",
    );
}

/** A web server whose address is not given could only be waited for in vain. */
function assertServer(name: string, { command, url }: Partial<WebServer>): void {
  if (!command)
    throw invalid(name, 'has a webServer without a command', 'Give it the `command` that starts it.');
  if (url === undefined || !URL.canParse(url))
    throw invalid(
      name,
      url === undefined ? 'has a webServer without a url' : `has a webServer whose url is no URL: "${url}"`,
      'Give it the `url` that answers once the server is ready, with its http://.',
    );
}

function invalid(name: string, why: string, remedy: string): LamarckError {
  return new LamarckError({
    code: 'LAMARCK_ENVIRONMENT_INVALID',
    boundary: 'user',
    message: `The environment "${name}" ${why}.`,
    remedy,
  });
}
