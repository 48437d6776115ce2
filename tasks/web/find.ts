/** What the oracles read of an element that is seen. */
interface Seen {
  readonly ref: string;
  readonly role: string;
  readonly name: string;
  readonly text?: string | undefined;
  readonly value?: string | undefined;
  readonly state?: readonly string[] | undefined;
  readonly box: readonly [number, number, number, number];
}

interface Page {
  readonly elements: readonly Seen[];
}

/**
 * The element of one of these roles whose name is one of these.
 *
 * @throws Error where the page shows none: the oracle, or the page, is wrong.
 */
export function find(page: Page, roles: readonly string[], names: readonly string[]): Seen {
  const found = page.elements.find(({ role, name }) => roles.includes(role) && names.includes(name));
  if (!found) throw new Error(`The page shows no ${roles.join(' or ')} named ${names.join(' or ')}.`);
  return found;
}

/**
 * Of the elements that `matches`, the one on the same line as the element that shows `text`.
 *
 * @throws Error where the page does not show both.
 */
export function findBeside(page: Page, text: string, matches: (element: Seen) => boolean): Seen {
  const anchor = page.elements.find(
    (element) => !matches(element) && (element.text ?? element.name) === text,
  );
  if (!anchor) throw new Error(`The page does not show "${text}".`);
  const distance = ({ box }: Seen): number => Math.abs(middle(box) - middle(anchor.box));
  const [nearest] = page.elements.filter(matches).toSorted((one, other) => distance(one) - distance(other));
  if (!nearest) throw new Error(`The page has nothing to choose beside "${text}".`);
  return nearest;
}

function middle([, top, , height]: Seen['box']): number {
  return top + height / 2;
}
