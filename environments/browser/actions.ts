import { rejectAction, type ApplicationLease, type SessionHooks } from 'lamarck';
import { z } from 'zod';

/** What can be done with a page. */
export const browserActions = {
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
