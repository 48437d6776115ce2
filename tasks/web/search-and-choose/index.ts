import { defineTask, type Random } from 'lamarck';
import { browser } from 'lamarck/environments';
import { find, findBeside } from '../find.ts';
import { isGoalState } from '../goal.ts';
import { drawStyle } from '../markup.ts';
import { shopSite } from './page.ts';

const NOUNS = [
  'lamp',
  'kettle',
  'rug',
  'chair',
  'clock',
  'basket',
  'mirror',
  'blanket',
  'teapot',
  'shelf',
  'vase',
  'stool',
];
const MATERIALS = ['Brass', 'Oak', 'Woollen', 'Copper', 'Cork', 'Glass', 'Linen', 'Slate', 'Willow'];
const KINDS = ['desk', 'garden', 'travel', 'corner', 'kitchen', 'winter'];
const SEARCH = ['Search', 'Find an item', 'What do you need?', 'Look for'];
const SUBMIT = ['Search', 'Find', 'Go'];
const CHOOSE = ['Choose', 'Add', 'Take', 'Put in basket'];
const COLORS = ['red', 'green', 'grey', 'yellow', 'black', 'white'];

/** Search, land on another page, choose one item there: with the quantity and the colour that were asked for. */
export const searchAndChoose = defineTask({
  name: 'web/search-and-choose',
  description: 'Search a small shop and choose the item asked for from the results.',
  environment: browser,
  maxSteps: 12,
  generate: ({ random, difficulty }) => {
    const [noun = '', ...others] = random.sample(NOUNS, 3);
    const wanted = drawItems(random, noun, 2 + difficulty, difficulty);
    const item = random.pick(wanted);
    const rest = others.flatMap((other) => drawItems(random, other, 2 + difficulty, difficulty));
    const quantities = difficulty > 1 ? ['1', '2', '3', '4'] : [];
    const quantity = difficulty > 1 ? random.pick(quantities.slice(1)) : '1';
    const colors = difficulty > 2 ? random.sample(COLORS, 3) : [];
    const color = difficulty > 2 ? random.pick(colors) : null;
    const count = difficulty > 1 ? `${quantity} of ` : '';
    return {
      instruction: `Search for "${noun}" and choose ${count}"${item}"${color ? ` in ${color}` : ''}.`,
      params: {
        site: shopSite({
          style: drawStyle(random, difficulty),
          title: random.pick(['Corner shop', 'House and home', 'Market hall', 'The depot']),
          labels: { search: random.pick(SEARCH), submit: random.pick(SUBMIT), choose: random.pick(CHOOSE) },
          items: random
            .shuffle([...wanted, ...rest])
            .map((name) => ({ name, price: `${random.int(4, 90)} €` })),
          quantities,
          colors,
          buttonFirst: random.chance(0.3),
          namesItems: random.chance(),
          searchAgain: difficulty > 1 && random.chance(),
        }),
        goal: { chosen: [{ item, quantity, color }] },
      },
    };
  },
  verify: isGoalState,
  oracle: function* ({ observation, instruction }) {
    const [, query = '', quantity, item = '', color] =
      /^Search for "(.+)" and choose (?:(\d+) of )?"(.+)"(?: in (\w+))?\.$/.exec(instruction) ?? [];
    observation = yield {
      fill: { ref: find(observation, ['searchbox', 'textbox'], SEARCH).ref, text: query },
    };
    observation = yield { click: { ref: find(observation, ['button'], SUBMIT).ref } };
    const isNamed = (name: string, label: string): boolean => name === label || name === `${label} ${item}`;
    for (const [label, option] of Object.entries({ Quantity: quantity, Color: color })) {
      if (option === undefined) continue;
      const select = findBeside(
        observation,
        item,
        (element) => element.role === 'combobox' && isNamed(element.name, label),
      );
      if (select.value !== option) observation = yield { select: { ref: select.ref, option } };
    }
    const isChoose = (name: string): boolean => CHOOSE.some((label) => isNamed(name, label));
    yield {
      click: {
        ref: findBeside(observation, item, ({ role, name }) => role === 'button' && isChoose(name)).ref,
      },
    };
    yield { done: {} };
  },
});

/** Different items of one noun; from difficulty 3 on, most share a word with another. */
function drawItems(random: Random, noun: string, count: number, difficulty: number): string[] {
  const materials = random.sample(MATERIALS, difficulty > 2 ? 3 : count);
  const kinds = random.shuffle(KINDS);
  return Array.from(
    { length: count },
    (_, index) => `${materials[index % materials.length]} ${kinds[index]} ${noun}`,
  );
}
