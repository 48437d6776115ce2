import { rejectAction, type ApplicationLease, type SessionHooks } from 'lamarck';
import { z } from 'zod';

/** Characters that can be typed or answered at once: typed key by key, more would take minutes. */
const MOST_TYPED = 20_000;
/** CSS px that the wheel turns at once; pages that are longer take several turns. */
const MOST_SCROLLED = 100_000;

/** A name of something on the page. */
const name = z.string().max(1_000);
/** Half a surrogate pair is no character: the browser's protocol has no text for it. */
const text = z
  .string()
  .max(MOST_TYPED)
  .refine((typed) => typed.isWellFormed(), 'it holds half a surrogate pair, which nobody can type');

/** What can be done with a page. */
export const browserActions = {
  click: z.object({ ref: name }),
  fill: z.object({ ref: name, text }),
  select: z.object({ ref: name, option: text }),
  hover: z.object({ ref: name }),
  /** `to` is the reference of the element that it is dropped on. */
  drag: z.object({ ref: name, to: name }),
  upload: z.object({ ref: name, file: name }),
  accept: z.object({ text: text.optional() }),
  dismiss: z.object({}),
  press: z.object({ key: text }),
  scroll: z.object({ deltaY: z.number().min(-MOST_SCROLLED).max(MOST_SCROLLED), ref: name.optional() }),
  back: z.object({}),
  /** Shows another tab. */
  tab: z.object({ tab: name }),
  /** Closes the tab that is shown, and shows the one that opened it. */
  close: z.object({}),
  done: z.object({ answer: text.optional() }),
};

type Hooks = SessionHooks<unknown, typeof browserActions, unknown>['act'];

/**
 * Does an agent's actions to a page.
 *
 * @param files texts by name, for file fields.
 * @param onAnswer hears what the agent answered as it ended, null where nothing.
 */
export function actOn(
  page: Omit<ApplicationLease, 'inspect'>,
  files: Readonly<Record<string, string>>,
  onAnswer: (answer: string | null) => void,
): Hooks {
  return {
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
      onAnswer(answer ?? null);
      return { done: true };
    },
  };
}
