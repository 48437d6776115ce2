import { app } from '../app.ts';
import type { Look } from '../look.ts';

/** What is in the cart, or was ordered. */
export type Line = { readonly name: string; readonly count: number };

/** What the shop of one task shows. */
export interface Shop {
  readonly look: Look;
  readonly title: string;
  readonly products: readonly { readonly name: string; readonly price: string }[];
  /** What is in the cart at the start. */
  readonly lines: readonly Line[];
  readonly labels: {
    readonly cart: string;
    readonly add: string;
    readonly remove: string;
    readonly later: string;
    readonly order: string;
    readonly checkOut: string;
    readonly code: string;
    readonly apply: string;
    readonly delivery: string;
  };
  /** How more than one of a product is had: chosen or typed beside it, or counted up in the cart. */
  readonly counts: 'never' | 'select' | 'field' | 'steps';
  /** Whether a product can be put aside, which is not what a cart is for. */
  readonly hasLater: boolean;
  /** Ways of delivery to choose from, and a field for a code, where there are any. */
  readonly deliveries: readonly string[];
  readonly hasCode: boolean;
  /** The order is made out in a second step. */
  readonly checksOut: boolean;
  readonly cart: 'left' | 'right' | 'below' | 'view';
  /** The cart is a component with a shadow root of its own. */
  readonly isComponent: boolean;
}

export function cartSite(options: Shop): Record<string, string> {
  const { look, title, ...data } = options;
  return { '/': app({ look, title, data: { ...data, idiom: look.choice }, script: SCRIPT }) };
}

const SCRIPT = `
const { labels } = data;
let lines = data.lines;
let isOut = false;
let code = null;
let delivery = data.deliveries[0] ?? null;
const orders = [];
const later = [];
tell(() => ({ orders, lines: inOrder(), later }));

// The state does not tell in which order things were put in.
const inOrder = () => data.products.flatMap(({ name }) => lines.filter((line) => line.name === name));
const change = (name, by) => {
  const count = (lines.find((line) => line.name === name)?.count ?? 0) + by;
  const isNew = !lines.some((line) => line.name === name);
  lines = isNew ? [...lines, { name, count }] : lines.map((line) => (line.name === name ? { name, count } : line));
  lines = lines.filter((line) => line.count > 0);
  draw();
};
const remove = (name) => () => { change(name, -Infinity); say(name + ' is no longer in the cart.'); };

const counter = (name) => {
  const attributes = { 'aria-label': look.namesItems ? 'Quantity ' + name : 'Quantity' };
  if (data.counts === 'select') return h('select', attributes, ...options(['1', '2', '3', '4', '5'], '1'));
  if (data.counts === 'field') return h('input', { type: 'number', min: 1, max: 9, value: 1, ...attributes });
};
const product = ({ name, price }) => {
  const count = counter(name);
  const add = () => {
    const by = count ? Number(count.value) : 1;
    if (!(by >= 1 && by <= 9)) return warn('A quantity is from 1 to 9.');
    change(name, by);
    say(name + ' is in the cart.');
  };
  const aside = () => { later.push(name); say(name + ' is kept for later.'); };
  return [
    h('strong', {}, name),
    price,
    ...(count ? [count] : []),
    h('span', {}, button(labels.add, add, forItem(labels.add, name)), data.hasLater && button(labels.later, aside, forItem(labels.later, name))),
  ];
};
const line = ({ name, count }) => [
  name,
  count + ' ×',
  h('span', {},
    data.counts === 'steps' && button('−', () => change(name, -1), { 'aria-label': look.namesItems ? 'Less ' + name : 'Less' }),
    data.counts === 'steps' && button('+', () => change(name, 1), { 'aria-label': look.namesItems ? 'More ' + name : 'More' }),
    button(labels.remove, remove(name), forItem(labels.remove, name))),
];

const order = () => {
  orders.push({ lines: inOrder(), code, delivery });
  lines = [];
  isOut = false;
  draw();
  say('Thank you for your order.');
};
const bill = h('section', {});
if (data.deliveries.length > 0) bill.append(choice(data.idiom, labels.delivery, data.deliveries, delivery, (way) => { delivery = way; }));
if (data.hasCode) {
  const field = h('input', { type: 'text', autocomplete: 'off' });
  const form = h('form', { submit: (event) => { event.preventDefault(); code = field.value.trim() || null; say(code ? 'The code is noted.' : 'No code.'); } });
  form.append(named(labels.code, field), h('p', {}, h('button', {}, labels.apply)));
  bill.append(form);
}
bill.append(h('p', {}, button(labels.order, order)));

const products = h('section', { class: 'wide' }, rows(['Product', 'Price', ...(counter('') ? ['Quantity'] : []), ''], data.products.map(product)));
const cart = h('section', { class: 'panel' });
const open = h('p', { hidden: true }, button('', () => { products.hidden = cart.hidden; cart.hidden = !cart.hidden; draw(); }));
const draw = () => {
  const total = lines.reduce((sum, { count }) => sum + count, 0);
  open.firstChild.textContent = cart.hidden ? labels.cart + ' (' + total + ')' : 'Back to the shop';
  cart.replaceChildren(
    ...[
      h('h2', {}, labels.cart),
      lines.length > 0 ? rows(['Product', 'Count', ''], inOrder().map(line), 'list') : h('p', {}, 'Nothing is in it.'),
      lines.length > 0 && data.checksOut && !isOut && h('p', {}, button(labels.checkOut, () => { isOut = true; draw(); })),
      lines.length > 0 && (isOut || !data.checksOut) && bill,
    ].filter(Boolean),
  );
};
const host = h('div');
if (data.isComponent) host.attachShadow({ mode: 'open' }).append(document.querySelector('style').cloneNode(true), cart);
else host.append(cart);
const columns = { left: 'columns reversed', right: 'columns', below: '', view: '' }[data.cart];
root.append(open, h('div', { class: columns }, products, host));
if (data.cart === 'view') { open.hidden = false; cart.hidden = true; }
draw();
`;
