import { findAfter, type Page, type Seen } from '../find.ts';
import type { Line } from './page.ts';

/** The way to the cart or back, where only one of both is shown and it is the other one. */
export function switchTo({ elements }: Page, where: 'cart' | 'shop'): { click: { ref: string } } | undefined {
  const isWay = (name: string): boolean =>
    where === 'cart' ? / \(\d+\)$/.test(name) : name === 'Back to the shop';
  const way = elements.find(({ role, name }) => role === 'button' && isWay(name));
  return way && { click: { ref: way.ref } };
}

/** The action that says how many are wanted before they are added; nothing where that is not asked, or said already. */
export function setQuantity(
  page: Page,
  { name: item, count }: Line,
): { select: { ref: string; option: string } } | { fill: { ref: string; text: string } } | undefined {
  const isQuantity = ({ role, name }: Seen): boolean =>
    ['combobox', 'spinbutton'].includes(role) && ['Quantity', `Quantity ${item}`].includes(name);
  if (!page.elements.some(isQuantity)) return undefined;
  const { ref, role, value } = findAfter(page, item, isQuantity);
  if (value === String(count)) return undefined;
  return role === 'combobox'
    ? { select: { ref, option: String(count) } }
    : { fill: { ref, text: String(count) } };
}
