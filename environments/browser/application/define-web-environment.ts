import {
  defineEnvironment,
  LamarckError,
  type ActionOf,
  type ApplicationLease,
  type Environment,
  type MaybePromise,
  type OpenContext,
  type Performance,
  type Preparing,
  type Random,
  type Repeatability,
} from 'lamarck';
import type { APIRequestContext, Page } from 'playwright';
import type { z } from 'zod';
import { actOn, browserActions } from '../actions.ts';
import { affordancesOf } from '../affordances.ts';
import { browserNotation, ended } from '../by-hand.ts';
import { BrowserObservationSchema, type BrowserObservation } from '../observation.ts';
import { assertDefinition } from './assert-definition.ts';
import { Premises, type WebApplication } from './premises.ts';
import type { Secrets } from './secrets.ts';

/** What an author's hooks are given. */
export interface WebContext<Params> {
  params: Params;
  /** Where the application is, for this worker. */
  baseURL: string;
  /** Which of the pages that are in use at the same time this is, from 0. */
  worker: number;
  /** Requests of the author's own, beside those of the page; it does not share the page's cookies. */
  request: APIRequestContext;
  /** Values by name, as they are. */
  secrets: Readonly<Record<string, string>>;
}

export interface WebEnvironmentDefinition<
  Params extends z.ZodType,
  Evidence extends z.ZodType,
> extends WebApplication {
  /** One line for people. */
  description?: string;
  params: Params;
  evidence: Evidence;
  /** Default `reset` where there is such a hook, else `none`. */
  repeatability?: Repeatability;
  /** Gives the path where an episode starts; default that of the base URL. */
  start?(context: { params: z.output<Params> }): string;
  /** Brings the application to a known state before each episode; throws where the application refuses. */
  reset?(context: WebContext<z.output<Params>> & { random: Random; signal: AbortSignal }): MaybePromise<void>;
  /** What the verifier judges: asked of the application, or of the page that the agent leaves behind. */
  readEvidence(
    context: WebContext<z.output<Params>> & { page: Page; answer: string | null },
  ): MaybePromise<z.input<Evidence>>;
}

/** The environment that a definition makes. */
export interface WebEnvironment<Params extends z.ZodType, Evidence extends z.ZodType> extends Environment<
  Params,
  typeof BrowserObservationSchema,
  typeof browserActions,
  Evidence
> {
  /**
   * A reference solution that acts with Playwright, for instance through the page objects of an application's own tests. What it
   * does is recorded, and played as actions in a session of its own: it solves a task once agents can do what it does. Playwright
   * waits 5 s for each thing, unless `page.setDefaultTimeout()` in it says otherwise.
   *
   * @example
   * oracle: shop.byPage(async ({ page, params, secrets }) => {
   *   await new SignInPage(page).signIn(params.user, secrets.password);
   *   await page.getByRole('button', { name: `Add ${params.product}` }).click();
   * }),
   */
  byPage(
    perform: Performance<WebContext<z.output<Params>> & { page: Page; instruction: string }>,
  ): PageOracle;
}

/**
 * What Playwright may take over each thing that a page object does, in ms. Its own 30 s are as long as an episode: what is not found
 * would be cut off with it, before Playwright says what that was.
 */
const performanceMilliseconds = 5_000;

type Act = ActionOf<typeof browserActions>;
interface PageOracle {
  (context: unknown): Generator<Act, void, BrowserObservation>;
  readonly demonstrate: Performance;
}

/**
 * Makes an environment of a web application that runs by itself: agents see and act on its pages as on those of sites.
 *
 * @throws LamarckError `LAMARCK_ENVIRONMENT_INVALID` where a member is not known or does not fit, where it is not said where the application is, or where
 * workers would share it.
 *
 * @example
 * export const shop = defineWebEnvironment({
 *   name: 'shop',
 *   playwrightConfig: new URL('./playwright.config.ts', import.meta.url),
 *   params: z.object({ product: z.string() }),
 *   evidence: z.object({ cart: z.array(z.string()) }),
 *   secrets: { password: process.env.SHOP_PASSWORD },
 *   forbid: { names: [/delete account/i] },
 *   reset: async ({ request }) => {
 *     if (!(await request.post('/test/reset')).ok()) throw new Error('The shop was not reset.');
 *   },
 *   readEvidence: async ({ request }) => (await request.get('/api/cart')).json(),
 * });
 */
export function defineWebEnvironment<Params extends z.ZodType, Evidence extends z.ZodType>(
  definition: WebEnvironmentDefinition<Params, Evidence>,
): WebEnvironment<Params, Evidence> {
  assertDefinition(definition);
  const { name, isolation = 'shared', reset, repeatability = reset ? 'reset' : 'none' } = definition;
  const premises = new Premises(definition);
  const environment = defineEnvironment({
    name,
    description: definition.description ?? 'A web application that runs by itself.',
    params: definition.params,
    observation: BrowserObservationSchema,
    actions: browserActions,
    evidence: definition.evidence,
    notation: browserNotation,
    repeatability,
    exclusive: isolation === 'shared',
    sandboxes: ['browser'],
    assertReady: () => void premises.secrets(),
    assertTask: (task) => assertSecret(premises.secretsAtHand(), task),
    open: async (context) =>
      premises.secrets().keep(async () => openApplication(definition, premises, context)),
  });
  return {
    ...environment,
    byPage: (perform) =>
      Object.assign(
        function* (): Generator<Act, void, BrowserObservation> {
          throw new Error('A reference solution by page is performed on a session, see demonstrate().');
        },
        {
          demonstrate: async (stage: Parameters<typeof perform>[0]) => {
            stage.page.setDefaultTimeout(performanceMilliseconds);
            return perform(stage);
          },
        },
      ),
  };
}

const unwatched: Preparing = { uncounted: (work) => work(), hook: async (_, run) => run() };

async function openApplication<Params extends z.ZodType, Evidence extends z.ZodType>(
  definition: WebEnvironmentDefinition<Params, Evidence>,
  premises: Premises,
  {
    params,
    instruction,
    random,
    sandboxes,
    signal,
    preparing = unwatched,
  }: OpenContext<z.output<Params>, 'browser'>,
) {
  const secrets = premises.secrets();
  const seed = String(random.int(0, 2 ** 31 - 1));
  let web: WebContext<z.output<Params>> | undefined;
  const disposeRequests = async (): Promise<void> => web?.request.dispose();
  let page: ApplicationLease;
  try {
    page = await sandboxes.browser.leaseApplication({
      seed,
      signal,
      prepare: async (worker) => {
        const { application, baseURL } = await preparing.uncounted(() => premises.at(worker));
        const { request: requests } = await import('playwright');
        const request = await requests.newContext({ baseURL });
        const given = (web = { params, baseURL, worker, request, secrets: secrets.values });
        await preparing.hook('reset', async () => definition.reset?.({ ...given, random, signal }));
        return { application, path: new URL(definition.start?.({ params }) ?? '', baseURL).href };
      },
    });
  } catch (error) {
    await disposeRequests();
    throw error;
  }
  let answered: string | null = null;
  const observe = async (): Promise<BrowserObservation> => ({
    instruction,
    ...secrets.hideShown(await page.observe()),
  });
  const act = actOn(page, {}, (answer) => (answered = answer));
  return {
    observe: () => secrets.keep(observe),
    act: {
      ...Object.fromEntries(
        Object.entries(act).map(([name, run]) => [
          name,
          (parameters: never) => secrets.keep(async () => run(secrets.reveal(parameters))),
        ]),
      ),
    } as typeof act,
    affordances: () => secrets.keep(async () => affordancesOf(await observe())),
    evidence: () =>
      secrets.keep(async () => {
        const read = (shown: Page) =>
          definition.readEvidence({
            ...(web as WebContext<z.output<Params>>),
            page: shown,
            answer: answered,
          });
        return secrets.hide(definition.evidence.parse(await page.inspect(async (shown) => read(shown))));
      }),
    demonstrate: (perform: Performance<WebContext<z.output<Params>> & { page: Page; instruction: string }>) =>
      secrets.keep(async () => {
        const actions = await page.record(async (shown) => {
          const stage = { ...(web as WebContext<z.output<Params>>), page: shown, instruction };
          answered = (await perform(stage)) ?? null;
        });
        return secrets.hideShown([...actions, ended(answered)]);
      }),
    close: async () => {
      await Promise.allSettled([page.release(), disposeRequests()]);
    },
  };
}

function assertSecret(
  secrets: Secrets,
  {
    family,
    instruction,
    params,
  }: { readonly family: string; readonly instruction: string; readonly params: unknown },
): void {
  const told = JSON.stringify([instruction, params]);
  if (secrets.hide(told) === told) return;
  throw new LamarckError({
    code: 'LAMARCK_SECRET_TOLD',
    boundary: 'task',
    message: `A task of "${family}" tells the value of a secret.`,
    remedy: 'Write its name in two braces, as {{password}}, where its value is meant.',
  });
}
