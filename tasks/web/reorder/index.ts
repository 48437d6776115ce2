import { defineTask, type Random } from 'lamarck';
import { browser } from 'lamarck/environments';
import { find, type Page, type Seen } from '../find.ts';
import { isGoalState } from '../goal.ts';
import { drawLook } from '../look.ts';
import { sentence } from '../wording.ts';
import { listsSite, type Column } from './page.ts';

const KINDS = [
  {
    title: 'Programme of the evening',
    columns: ['First half', 'Second half'],
    items: ['Speech', 'Song', 'Supper', 'Dance', 'Film', 'Toast', 'Raffle', 'Play'],
  },
  {
    title: 'Garden work',
    columns: ['Spring', 'Autumn'],
    items: ['Digging', 'Sowing', 'Weeding', 'Pruning', 'Raking', 'Planting', 'Mowing', 'Watering'],
  },
  {
    title: 'Board',
    columns: ['Later', 'Now'],
    items: ['Sketch', 'Budget', 'Permit', 'Foundations', 'Roof', 'Windows', 'Painting', 'Moving in'],
  },
];
const WORDS = {
  save: ['Save', 'Keep this order', 'Done'],
  undo: ['Undo', 'As before'],
  end: ['Put last', 'To the end'],
};

type Goal = { lists: Column[]; besides: number };

/** Bring the items of a list, or of two, into the order that is asked for by dragging them. */
export const reorder = defineTask({
  name: 'web/reorder',
  description: 'Drag the items of lists to the places where they are to be.',
  environment: browser,
  maxSteps: 14,
  generate: ({ random, difficulty }) => {
    const { title, columns: names, items: all } = random.pick(KINDS);
    const items = random.sample(all, difficulty === 1 ? 4 : 5);
    const columns: Column[] =
      difficulty > 2
        ? names.map((name, at) => ({ name, items: items.slice(3 * at, 3 * at + 3) }))
        : [{ name: names[0] ?? '', items }];
    const { lists, instruction } = drawWish(random, columns, difficulty);
    const saves = difficulty > 1;
    return {
      instruction: `${sentence(instruction)}${saves ? ` ${random.pick(['Save it.', 'Save the new order.'])}` : ''}`,
      params: {
        site: listsSite({
          look: drawLook(random, difficulty),
          title,
          columns,
          drags: random.pick(['native', 'pointer']),
          grips: random.pick(['item', 'handle']),
          hasEnds: difficulty === 1 && random.chance(),
          saves,
          sideBySide: difficulty > 2,
          labels: {
            save: random.pick(WORDS.save),
            undo: random.pick(WORDS.undo),
            end: random.pick(WORDS.end),
          },
        }),
        goal: { lists, besides: 0 } satisfies Goal,
      },
    };
  },
  verify: isGoalState,
  oracle: function* ({ observation, params }) {
    const { lists } = params.goal as Goal;
    for (const { name, items } of lists) {
      for (const [place, item] of items.entries()) {
        const order = itemsShown(observation, lists);
        const own = order.get(name) ?? [];
        const onto = own[place] ?? '';
        if (onto === item) continue;
        const from = { ref: draggableOf(observation, item).ref };
        const target = find(observation, ['listitem'], [onto]);
        observation = yield { drag: { ...from, to: target.ref } };
      }
    }
    const save = observation.elements.find(
      ({ role, name }) => role === 'button' && WORDS.save.includes(name),
    );
    if (save) yield { click: { ref: save.ref } };
    yield { done: {} };
  },
});

/** One item moves to a place, a list of six is put into an order of its first, or items move between lists. */
function drawWish(
  random: Random,
  columns: readonly Column[],
  difficulty: number,
): { lists: Column[]; instruction: string } {
  const [{ name, items } = { name: '', items: [] }, other] = columns;
  const item = random.pick(items);
  const rest = items.filter((one) => one !== item);
  if (difficulty === 1 || other === undefined) {
    const first = drawMove(random, items, item);
    if (difficulty === 1) return { lists: [{ name, items: first.items }], instruction: first.instruction };
    const second = drawMove(random, first.items, random.pick(rest));
    return {
      lists: [{ name, items: second.items }],
      instruction: `${first.instruction}, then ${second.instruction}`,
    };
  }
  const onto = random.pick(other.items);
  const moved = other.items.toSpliced(other.items.indexOf(onto), 0, item);
  const second = drawMove(random, rest, random.pick(rest));
  return {
    lists: [
      { name, items: second.items },
      { name: other.name, items: moved },
    ],
    instruction: `${random.pick(['move', 'bring'])} "${item}" to "${other.name}", directly above "${onto}", and ${second.instruction}`,
  };
}

/** A move of one item that changes the order. */
function drawMove(
  random: Random,
  items: readonly string[],
  item: string,
): { items: string[]; instruction: string } {
  const rest = items.filter((one) => one !== item);
  const before = items.indexOf(item);
  const place = random.pick([...items.keys()].filter((at) => at !== before));
  const neighbour = rest[place - 1] ?? '';
  const instruction =
    place === 0
      ? random.pick([`move "${item}" to the top`, `put "${item}" first`])
      : place === rest.length
        ? random.pick([`move "${item}" to the bottom`, `put "${item}" last`])
        : random.pick([
            `move "${item}" directly below "${neighbour}"`,
            `put "${item}" right after "${neighbour}"`,
          ]);
  return { items: rest.toSpliced(place, 0, item), instruction };
}

/** What stands in each list now; one without a heading is the only one. */
function itemsShown({ elements }: Page, lists: readonly Column[]): Map<string, string[]> {
  const known = new Set(lists.flatMap(({ items }) => items));
  const shown = new Map<string, string[]>([[lists[0]?.name ?? '', []]]);
  let list = lists[0]?.name ?? '';
  for (const { role, name } of elements) {
    if (role === 'heading' && lists.some((one) => one.name === name)) shown.set((list = name), []);
    if (role === 'listitem' && known.has(name)) shown.get(list)?.push(name);
  }
  return shown;
}

/** The item itself, or its handle. */
function draggableOf({ elements }: Page, item: string): Seen {
  const found = elements.find(
    ({ name, state }) => [item, `Move ${item}`].includes(name) && state?.includes('draggable'),
  );
  if (!found) throw new Error(`The page has nothing to drag "${item}" by.`);
  return found;
}
