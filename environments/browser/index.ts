import { defineEnvironment } from 'lamarck';
import { z } from 'zod';
import { affordancesOf } from './affordances.ts';
import { BrowserObservationSchema, type BrowserObservation } from './observation.ts';

/**
 * A web site in a real browser. Its pages are given as texts by path, `/` is where an episode starts; they may keep
 * their state as they like, and tell it to the verifier through `window.lamarckEvidence()`.
 */
export const browser = defineEnvironment({
  name: 'browser',
  description: 'A web site in a real browser: elements are seen, and acted on by real input.',
  params: z.object({
    site: z
      .record(z.string().startsWith('/'), z.string())
      .refine((site) => '/' in site, 'a site needs a start page "/"'),
    /** For the family's verifier and oracle; never shown. */
    goal: z.json().default(null),
  }),
  observation: BrowserObservationSchema,
  actions: {
    click: z.object({ ref: z.string() }),
    fill: z.object({ ref: z.string(), text: z.string() }),
    select: z.object({ ref: z.string(), option: z.string() }),
    press: z.object({ key: z.string() }),
    scroll: z.object({ deltaY: z.number(), ref: z.string().optional() }),
    back: z.object({}),
    done: z.object({ answer: z.string().optional() }),
  },
  evidence: z.object({ url: z.string(), state: z.json(), answer: z.string().nullable() }),
  open: async ({ params, instruction, random, sandboxes, signal }) => {
    const seed = `${random.int(0, 2 ** 31 - 1)}-${random.int(0, 2 ** 31 - 1)}`;
    const page = await sandboxes.browser.lease({ site: params.site, seed, signal });
    let answered: string | null = null;
    const observe = async (): Promise<BrowserObservation> => ({ instruction, ...(await page.observe()) });
    return {
      observe,
      act: {
        click: ({ ref }) => page.click(ref),
        fill: ({ ref, text }) => page.fill(ref, text),
        select: ({ ref, option }) => page.select(ref, option),
        press: ({ key }) => page.press(key),
        scroll: ({ deltaY, ref }) => page.scroll(deltaY, ref),
        back: () => page.back(),
        done: ({ answer }) => {
          answered = answer ?? null;
          return { done: true };
        },
      },
      affordances: async () => affordancesOf(await observe()),
      evidence: async () => ({
        url: (await page.observe()).url,
        state: (await page.evidence()) as z.output<ReturnType<typeof z.json>>,
        answer: answered,
      }),
      close: () => page.release(),
    };
  },
});
