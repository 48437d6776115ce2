import { defineEnvironment, type Performance } from 'lamarck';
import type { Page } from 'playwright';
import { z } from 'zod';
import { actOn, browserActions } from './actions.ts';
import { affordancesOf } from './affordances.ts';
import { browserNotation, ended } from './by-hand.ts';
import { exploreSite } from './exploring.ts';
import { BrowserObservationSchema, type BrowserObservation } from './observation.ts';

export {
  defineWebEnvironment,
  pageFamily,
  type WebContext,
  type WebEnvironment,
  type WebEnvironmentDefinition,
  type WebServer,
} from './application/index.ts';
export { defineMiniwobEnvironment } from './miniwob/index.ts';

/**
 * A web site in a real browser. Its pages are given as texts by path, `/` is where an episode starts; they may keep
 * their state as they like, and tell it to the verifier through `window.lamarckEvidence()`. Evidence is that of the first
 * tab, whichever is shown: its address, and its state, which other tabs reach through storage, messages or `opener`.
 */
export const browser = defineEnvironment({
  name: 'browser',
  description: 'A web site in a real browser: elements are seen, and acted on by real input.',
  params: z.object({
    site: z
      .record(z.string().startsWith('/'), z.string())
      .refine((site) => '/' in site, 'a site needs a start page "/"'),
    /** Texts by name, for file fields. */
    files: z.record(z.string(), z.string()).optional(),
    /** For the family's verifier and oracle; never shown. */
    goal: z.json().default(null),
  }),
  observation: BrowserObservationSchema,
  actions: browserActions,
  evidence: z.object({ url: z.string(), state: z.json(), answer: z.string().nullable() }),
  testimony: { url: "the page's own script", state: "the page's own script" },
  notation: browserNotation,
  sandboxes: ['browser'],
  open: async ({ params, instruction, random, sandboxes, signal }) => {
    const seed = `${random.int(0, 2 ** 31 - 1)}-${random.int(0, 2 ** 31 - 1)}`;
    const page = await sandboxes.browser.lease({ site: params.site, seed, signal });
    let answered: string | null = null;
    const files = params.files ?? {};
    const names = Object.keys(files);
    const observe = async (): Promise<BrowserObservation> => ({
      instruction,
      ...(await page.observe()),
      ...(names.length > 0 && { files: names }),
    });
    return {
      observe,
      act: actOn(page, files, (answer) => (answered = answer)),
      affordances: affordancesOf,
      evidence: async () => {
        const state = (await page.evidence()) as z.output<ReturnType<typeof z.json>>;
        const { url, tabs } = await page.observe();
        return { url: tabs?.[0]?.url ?? url, state, answer: answered };
      },
      explore: (search) => exploreSite(page, { instruction, files }, search),
      demonstrate: async (perform: Performance<{ page: Page }>) => {
        const actions = await page.record(async (shown) => {
          answered = (await perform({ page: shown })) ?? null;
        });
        return [...actions, ended(answered)];
      },
      close: () => page.release(),
    };
  },
});
