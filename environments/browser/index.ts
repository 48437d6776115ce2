import { defineEnvironment, rejectAction } from 'lamarck';
import { z } from 'zod';
import { affordancesOf } from './affordances.ts';
import { exploreSite } from './exploring.ts';
import { BrowserObservationSchema, type BrowserObservation } from './observation.ts';

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
  actions: {
    click: z.object({ ref: z.string() }),
    fill: z.object({ ref: z.string(), text: z.string() }),
    select: z.object({ ref: z.string(), option: z.string() }),
    hover: z.object({ ref: z.string() }),
    /** `to` is the reference of the element that it is dropped on. */
    drag: z.object({ ref: z.string(), to: z.string() }),
    upload: z.object({ ref: z.string(), file: z.string() }),
    accept: z.object({ text: z.string().optional() }),
    dismiss: z.object({}),
    press: z.object({ key: z.string() }),
    scroll: z.object({ deltaY: z.number(), ref: z.string().optional() }),
    back: z.object({}),
    /** Shows another tab. */
    tab: z.object({ tab: z.string() }),
    /** Closes the tab that is shown, and shows the one that opened it. */
    close: z.object({}),
    done: z.object({ answer: z.string().optional() }),
  },
  evidence: z.object({ url: z.string(), state: z.json(), answer: z.string().nullable() }),
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
      act: {
        click: ({ ref }) => page.click(ref),
        fill: ({ ref, text }) => page.fill(ref, text),
        select: ({ ref, option }) => page.select(ref, option),
        hover: ({ ref }) => page.hover(ref),
        drag: ({ ref, to }) => page.drag(ref, to),
        upload: ({ ref, file }) => {
          if (!Object.hasOwn(files, file)) throw rejectAction(`There is no file "${file}".`);
          return page.upload(ref, { name: file, content: files[file] ?? '' });
        },
        accept: ({ text }) => page.accept(text),
        dismiss: () => page.dismiss(),
        press: ({ key }) => page.press(key),
        scroll: ({ deltaY, ref }) => page.scroll(deltaY, ref),
        back: () => page.back(),
        tab: ({ tab }) => page.switchTab(tab),
        close: () => page.closeTab(),
        done: ({ answer }) => {
          answered = answer ?? null;
          return { done: true };
        },
      },
      affordances: async () => affordancesOf(await observe()),
      evidence: async () => {
        const state = (await page.evidence()) as z.output<ReturnType<typeof z.json>>;
        const { url, tabs } = await page.observe();
        return { url: tabs?.[0]?.url ?? url, state, answer: answered };
      },
      explore: (search) => exploreSite(page, { instruction, files }, search),
      close: () => page.release(),
    };
  },
});
