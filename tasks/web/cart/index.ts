import { defineTask, type Random } from 'lamarck';
import { browser } from 'lamarck/environments';
import { chooseOption, find, findAfter, isButtonFor } from '../find.ts';
import { isGoalState } from '../goal.ts';
import { drawLook } from '../look.ts';
import { setQuantity, switchTo } from './oracle.ts';
import { cartSite, type Line, type Shop } from './page.ts';
import { WORDS } from './words.ts';

const MATERIALS = ['Oak', 'Cork', 'Linen', 'Copper', 'Slate', 'Willow', 'Glass', 'Felt'];
const THINGS = ['tray', 'mat', 'bowl', 'jug', 'box', 'hook', 'frame', 'pot'];
const DELIVERIES = ['Pickup', 'Standard', 'Express', 'Bicycle'];
const CODES = ['SPRING', 'FRIEND', 'HARVEST', 'MOON', 'RIVER'];

type Order = {
  readonly lines: Line[];
  readonly code: string | null;
  readonly delivery: string | null;
};

/** Fill a cart and order what is in it: one order, of what was asked for and nothing else. */
export const cart = defineTask({
  name: 'web/cart',
  description: 'Put products into a cart in the right quantities, take others out of it, and order.',
  environment: browser,
  maxSteps: 20,
  generate: ({ random, difficulty }) => {
    const names = drawNames(random, difficulty);
    const place = random.pick(['left', 'right', 'below', 'view'] as const);
    const [unwanted = '', kept = '', first = '', second = ''] = random.shuffle(names);
    const asked: Line[] = [{ name: first, count: difficulty === 1 ? 1 : random.int(2, 3) }];
    if (difficulty === 2) asked.push({ name: second, count: 1 });
    const keeps: Line[] = difficulty > 2 && random.chance() ? [{ name: kept, count: random.int(1, 2) }] : [];
    const removed: Line[] = difficulty > 2 ? [{ name: unwanted, count: random.int(1, 2) }] : [];
    const hasDelivery = difficulty > 2 && place !== 'view';
    const deliveries = hasDelivery ? random.sample(DELIVERIES, 3) : [];
    const labels = drawLabels(random);
    const order: Order = {
      lines: names.flatMap((name) => [...asked, ...keeps].filter((line) => line.name === name)),
      code: difficulty > 2 ? `${random.pick(CODES)}-${random.int(10, 99)}` : null,
      delivery: hasDelivery ? random.pick(deliveries) : null,
    };
    return {
      instruction: say(random, labels, asked, removed, order),
      params: {
        site: cartSite({
          look: drawLook(random, difficulty),
          title: random.pick(['House shop', 'Workshop store', 'Table and shelf', 'The storeroom']),
          products: names.map((name) => ({ name, price: `${random.int(4, 60)} €` })),
          lines: random.shuffle([...removed, ...keeps]),
          labels,
          counts: drawCounts(random, difficulty, place),
          hasLater: difficulty > 1 && random.chance(),
          deliveries,
          hasCode: difficulty > 2,
          checksOut: difficulty > 1 && place !== 'view' && random.chance(),
          cart: place,
          isComponent: difficulty > 1 && random.chance(0.3),
        }),
        goal: { orders: [order], lines: [], later: [], besides: 0 },
      },
    };
  },
  verify: isGoalState,
  oracle: function* ({ observation, params, instruction }) {
    const [order] = (params.goal as { orders: Order[] }).orders;
    const [, unwanted] = /"([^"]+)" (?:out of|from)/.exec(instruction) ?? [];
    const asked = [...instruction.matchAll(/(\d+|one) "([^"]+)"/g)].map(([, count, name = '']) => ({
      name,
      count: count === 'one' ? 1 : Number(count),
    }));
    if (unwanted !== undefined) {
      const toCart = switchTo(observation, 'cart');
      if (toCart) observation = yield toCart;
      const remove = findAfter(observation, unwanted, isButtonFor(WORDS.remove, unwanted));
      observation = yield { click: { ref: remove.ref } };
    }
    const toShop = switchTo(observation, 'shop');
    if (toShop) observation = yield toShop;
    for (const line of asked) {
      const quantity = setQuantity(observation, line);
      if (quantity) observation = yield quantity;
      const add = findAfter(observation, line.name, isButtonFor(WORDS.add, line.name));
      observation = yield { click: { ref: add.ref } };
    }
    const toCart = switchTo(observation, 'cart');
    if (toCart) observation = yield toCart;
    const isCounted = observation.elements.some(({ name }) => /^More( |$)/.test(name));
    for (const { name, count } of isCounted ? asked : []) {
      for (let more = 1; more < count; more++)
        observation = yield { click: { ref: findAfter(observation, name, isButtonFor(['More'], name)).ref } };
    }
    const out = observation.elements.find(({ name }) => WORDS.checkOut.includes(name));
    if (out) observation = yield { click: { ref: out.ref } };
    const delivery = order?.delivery && chooseOption(observation, WORDS.delivery, order.delivery);
    if (delivery) observation = yield delivery;
    if (order?.code) {
      observation = yield { fill: { ref: find(observation, ['textbox'], WORDS.code).ref, text: order.code } };
      observation = yield { click: { ref: find(observation, ['button'], WORDS.apply).ref } };
    }
    yield { click: { ref: find(observation, ['button'], WORDS.order).ref } };
    yield { done: {} };
  },
});

/** Counting up in a cart that has to be opened twice already would make the way too long. */
function drawCounts(random: Random, difficulty: number, place: Shop['cart']): Shop['counts'] {
  if (difficulty === 1) return 'never';
  return random.pick(difficulty > 2 && place === 'view' ? ['select', 'field'] : ['select', 'field', 'steps']);
}

/** Names of products; from difficulty 2 on, most share a word with another. */
function drawNames(random: Random, difficulty: number): string[] {
  const few = difficulty === 1 ? 3 : 2 + (difficulty - 2);
  const materials = random.sample(MATERIALS, few);
  const things = random.sample(THINGS, 3);
  if (difficulty === 1) return materials.map((material, index) => `${material} ${things[index]}`);
  const all = materials.flatMap((material) => things.map((thing) => `${material} ${thing}`));
  return random.sample(all, 2 + difficulty);
}

function drawLabels(random: Random): Shop['labels'] {
  const pick = (name: keyof typeof WORDS): string => random.pick(WORDS[name]);
  return {
    cart: pick('cart'),
    add: pick('add'),
    remove: pick('remove'),
    later: pick('later'),
    checkOut: pick('checkOut'),
    order: pick('order'),
    code: pick('code'),
    apply: pick('apply'),
    delivery: pick('delivery'),
  };
}

function say(
  random: Random,
  labels: Shop['labels'],
  asked: readonly Line[],
  [removed]: readonly Line[],
  { code, delivery }: Order,
): string {
  const cart = labels.cart.toLowerCase();
  const things = asked
    .map(({ name, count }) => `${asked.length + count > 2 ? count : 'one'} "${name}"`)
    .join(' and ');
  if (!removed)
    return random.pick([`Order ${things}.`, `Put ${things} into the ${cart} and order.`, `Buy ${things}.`]);
  const way = delivery ? `, choose "${delivery}" for ${labels.delivery.toLowerCase()}` : '';
  return random.pick([
    `Take "${removed.name}" out of the ${cart} and leave the rest; add ${things}, use the ${labels.code.toLowerCase()} "${code}"${way} and order.`,
    `Remove "${removed.name}" from the ${cart}, but nothing else. Then add ${things}${way}, apply the ${labels.code.toLowerCase()} "${code}" and order.`,
  ]);
}
