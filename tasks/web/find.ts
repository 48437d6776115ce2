/** What the oracles read of an element that is seen. */
export interface Seen {
  readonly ref: string;
  readonly role: string;
  readonly name: string;
  readonly text?: string | undefined;
  readonly value?: string | undefined;
  readonly state?: readonly string[] | undefined;
  readonly options?: readonly string[] | undefined;
  readonly box: readonly [number, number, number, number];
}

/** What the oracles read of a page. */
export interface Page {
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

/**
 * Of the elements that `matches`, the one that follows soonest on an element that shows `text`, in the order of the page.
 *
 * @throws Error where the page does not show both.
 */
export function findAfter({ elements }: Page, text: string, matches: (element: Seen) => boolean): Seen {
  const distances = elements.flatMap((element, at) => {
    if ((element.text ?? element.name) !== text) return [];
    const found = elements.slice(at + 1).findIndex(matches);
    return found < 0 ? [] : [{ found: elements[at + 1 + found] as Seen, distance: found }];
  });
  const [nearest] = distances.toSorted((one, other) => one.distance - other.distance);
  if (!nearest) throw new Error(`The page has nothing to choose after "${text}".`);
  return nearest.found;
}

/** A button for one of many items: named for what it does (in one of these words), or for the item too. */
export function isButtonFor(actions: readonly string[], item: string): (element: Seen) => boolean {
  return ({ role, name }) =>
    role === 'button' && actions.some((action) => name === action || name === `${action} ${item}`);
}

/** Whether the page shows `text` by itself. */
export function shows(page: Page, text: string): boolean {
  return page.elements.some((element) => (element.text ?? element.name) === text);
}

/**
 * The action that chooses `option` in a select, among radio buttons or among buttons of which one is pressed; nothing
 * where it is chosen already.
 *
 * @throws Error where the page offers no such option.
 */
export function chooseOption(
  { elements }: Page,
  labels: readonly string[],
  option: string,
): { select: { ref: string; option: string } } | { click: { ref: string } } | undefined {
  const select = elements.find(({ role, name }) => role === 'combobox' && labels.includes(name));
  if (select?.options?.includes(option))
    return select.value === option ? undefined : { select: { ref: select.ref, option } };
  const choice = elements.find(({ role, name }) => ['radio', 'button'].includes(role) && name === option);
  if (!choice) throw new Error(`The page offers no ${labels.join(' or ')} "${option}".`);
  return choice.state?.includes('checked') ? undefined : { click: { ref: choice.ref } };
}

/** The action that sets a checkbox or a switch; nothing where it is so already. @throws Error where there is none. */
export function setCheck(page: Page, label: string, isOn: boolean): { click: { ref: string } } | undefined {
  const { ref, state = [] } = find(page, ['checkbox', 'switch'], [label]);
  return state.includes('checked') === isOn ? undefined : { click: { ref } };
}

function middle([, top, , height]: Seen['box']): number {
  return top + height / 2;
}
