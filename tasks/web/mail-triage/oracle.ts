import type { Page, Seen } from '../find.ts';
import type { Mail, Verb } from './page.ts';
import { WORDS } from './words.ts';

type Named = Pick<Mail, 'from' | 'subject'>;

/** Place of a mail's sender on the page, where the mail stands in a list; its subject comes next. -1 where it does not. */
function placeOf({ elements }: Page, { from, subject }: Named): number {
  const textAt = (at: number): string => elements[at]?.text ?? elements[at]?.name ?? '';
  return elements.findIndex((_, at) => textAt(at) === from && textAt(at + 1) === subject);
}

/** The action that chooses a mail in the list, where mails are chosen before anything is done to them. */
export function check(page: Page, mail: Named): { click: { ref: string } } | undefined {
  const box = page.elements[placeOf(page, mail) - 1];
  return box?.role === 'checkbox' ? { click: { ref: box.ref } } : undefined;
}

/** The action that opens a mail or its menu, or points at it, where what can be done to it is not seen yet. */
export function reveal(
  page: Page,
  mail: Named,
): { click: { ref: string } } | { hover: { ref: string } } | undefined {
  const place = placeOf(page, mail);
  const sender = page.elements[place];
  if (sender?.state?.includes('hoverable')) return { hover: { ref: sender.ref } };
  const subject = page.elements[place + 1];
  if (subject?.role === 'button') return { click: { ref: subject.ref } };
  const isMore = ({ name }: Seen): boolean =>
    WORDS.more.some((text) => name === text || name === `${text} ${mail.subject}`);
  const more = page.elements.slice(place).find(isMore);
  return more && { click: { ref: more.ref } };
}

/** The button or menu item that does one of these to a mail: in its row, above the list, or on its own page. */
export function controlFor(page: Page, mail: Named, names: readonly string[]): Seen {
  const hasBoxes = page.elements.some(({ role }) => role === 'checkbox');
  const from = hasBoxes ? 0 : Math.max(0, placeOf(page, mail));
  const control = page.elements
    .slice(from)
    .find(
      ({ role, name }) =>
        ['button', 'menuitem', 'combobox'].includes(role) &&
        names.some((text) => name === text || name === `${text} ${mail.subject}`),
    );
  if (!control) throw new Error(`The page has no ${names.join(' or ')} for "${mail.subject}".`);
  return control;
}

/** The action that puts a mail where it belongs, or marks it. */
export function settle(
  page: Page,
  mail: Named & { readonly at: string; readonly marks: readonly string[] },
):
  | { click: { ref: string } }
  | { select: { ref: string; option: string } }
  | { drag: { ref: string; to: string } } {
  const verb =
    mail.at === 'Archive' ? 'Archive' : mail.at === 'Bin' ? 'Delete' : (mail.marks[0] as Verb | undefined);
  const sender = page.elements[placeOf(page, mail)];
  if (!verb && sender?.state?.includes('draggable')) {
    const folder = page.elements.find(({ name, state }) => name === mail.at && state?.includes('droppable'));
    if (!folder) throw new Error(`The page has no folder "${mail.at}" to drop on.`);
    return { drag: { ref: sender.ref, to: folder.ref } };
  }
  const names = verb ? [verb] : [...WORDS.move, ...WORDS.move.map((move) => `${move} ${mail.at}`)];
  const { role, ref } = controlFor(page, mail, names);
  return role === 'combobox' ? { select: { ref, option: mail.at } } : { click: { ref } };
}
