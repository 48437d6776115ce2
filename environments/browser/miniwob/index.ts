import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { clauseOf, defineEnvironment, LamarckError, type ActionOf, type PageLease } from 'lamarck';
import { z } from 'zod';
import { actOn, browserActions } from '../actions.ts';
import { affordancesOf } from '../affordances.ts';
import { exploreSite } from '../exploring.ts';
import { BrowserObservationSchema, type BrowserObservation } from '../observation.ts';
import { PageStateSchema, withProtocol } from './protocol.ts';

/** What its pages are made for, in CSS px. */
const VIEWPORT = { width: 332, height: 214 };
/** Actions' worth of time that a page may take to become ready. */
const MOST_WAITS = 10;

type Evidence = z.output<typeof EvidenceSchema>;

const EvidenceSchema = z.object({
  url: z.string(),
  /** Null where the page was left, or gave up the protocol. */
  state: PageStateSchema.nullable(),
  answer: z.null(),
});

/**
 * The pages of a MiniWoB++ checkout. Each episode begins on a new document, whose own randomness is seeded; it ends when the page
 * says so, or is left. What is asked is known to the page only.
 *
 * @param folder its `html`
 */
export function defineMiniwobEnvironment(folder: string) {
  return defineEnvironment({
    name: 'miniwob',
    description: 'Pages of a MiniWoB++ checkout: the page says what is asked, and what was earned.',
    params: z.object({
      /** The name of the page's file, without `.html`. */
      page: z.string().regex(/^[\w-]+$/),
      seed: z.number().int().nonnegative(),
    }),
    observation: BrowserObservationSchema,
    actions: browserActions,
    evidence: EvidenceSchema,
    testimony: { url: "the page's own script", state: "the page's own script" },
    sandboxes: ['browser'],
    open: async ({ params, sandboxes, signal }) => {
      const path = `/miniwob/${params.page}.html`;
      const html = await readFile(join(folder, path), 'utf8').catch((error: unknown) => {
        throw unplayable(params.page, clauseOf(error));
      });
      const page = await sandboxes.browser.lease({
        site: { [path]: withProtocol(html, params.seed) },
        folder,
        start: path,
        viewport: VIEWPORT,
        seed: String(params.seed),
        signal,
      });
      const stateOf = async (): Promise<Evidence['state']> =>
        PageStateSchema.safeParse(await page.evidence()).data ?? null;
      const isOver = async (): Promise<boolean> => {
        const { url, dialog } = await page.observe();
        if (dialog) return false;
        const state = url === path ? await stateOf() : null;
        return state === null || 'fault' in state || state.done;
      };
      const instruction = await begun(page, params.page).catch(async (error: unknown) => {
        await page.release();
        throw error;
      });
      const observe = async (): Promise<BrowserObservation> => ({ instruction, ...(await page.observe()) });
      const acts = Object.entries(actOn(page, {}, () => undefined)).map(([name, act]) => [
        name,
        async (parameters: never) => (await act(parameters)) ?? ((await isOver()) ? { done: true } : {}),
      ]);
      return {
        observe,
        instruction: () => instruction,
        act: Object.fromEntries(acts) as ReturnType<typeof actOn>,
        // Pages end their episodes themselves; whoever stops before that, or leaves, has nothing.
        affordances: (seen) =>
          affordancesOf(seen).filter((action) => !('done' in action || 'back' in action)),
        evidence: async () => {
          const { url } = await page.observe();
          return { url, state: await stateOf(), answer: null };
        },
        explore: async (search) => {
          const told = ({ url, state }: { url: string; state: unknown }): Evidence => ({
            url,
            state: PageStateSchema.safeParse(state).data ?? null,
            answer: null,
          });
          const { isWin, ...how } = search;
          const playouts = await exploreSite<ActionOf<typeof browserActions>>(
            page,
            { instruction, files: {} },
            { ...how, isWin: isWin && ((evidence) => isWin(told(evidence))) },
          );
          return playouts.map(({ actions, evidence }) => ({ actions, evidence: told(evidence) }));
        },
        close: () => page.release(),
      };
    },
  });
}

/** Waits until a page has begun its episode: what it asks. */
async function begun(page: PageLease, name: string): Promise<string> {
  for (let waits = 0; waits <= MOST_WAITS; waits++) {
    const state = PageStateSchema.safeParse(await page.evidence()).data;
    if (state === undefined) throw unplayable(name, 'it does not tell its state');
    if ('fault' in state) throw unplayable(name, clauseOf(state.fault));
    if (state.ready) return state.instruction;
    // Time goes on with actions only.
    await page.scroll(0);
  }
  throw unplayable(name, 'it did not become ready');
}

function unplayable(page: string, why: string): LamarckError {
  return new LamarckError({
    code: 'LAMARCK_MINIWOB_UNPLAYABLE',
    boundary: 'environment',
    message: `miniwob/${page}.html cannot be played: ${why}.`,
    remedy: 'Look at the page, or leave it out: `pages` of miniwob() says which are taken.',
  });
}
