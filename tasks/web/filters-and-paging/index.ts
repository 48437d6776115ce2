import { defineTask, type Random } from 'lamarck';
import { browser } from 'lamarck/environments';
import { chooseOption, find, findAfter, isButtonFor, setCheck, shows } from '../find.ts';
import { isGoalState } from '../goal.ts';
import { drawLook } from '../look.ts';
import { KINDS } from './kinds.ts';
import { catalogueSite, type Filters, type Item } from './page.ts';

type Kind = (typeof KINDS)[number];

const APPLY = ['Apply', 'Show results', 'Update'];
const STEPS = [
  ['Next', 'Previous'],
  ['Next page', 'Previous page'],
  ['Forward', 'Back'],
] as const;
const MORE = ['Show more', 'Load more', 'More'];
const PAGE_SIZE = 3;

/** What is taken, in order, each with the filters that hold at that moment. */
type Goal = { taken: ({ readonly item: string } & Filters)[] };

/** Narrow a list down, look through its pages, and take what was asked for; nothing that was taken can be put back. */
export const filtersAndPaging = defineTask({
  name: 'web/filters-and-paging',
  description: 'Set the filters of a catalogue and find the right entries on its pages.',
  environment: browser,
  maxSteps: 18,
  generate: ({ random, difficulty }) => {
    const kind = random.pick(KINDS);
    const categories = random.sample(kind.categories, 1 + difficulty);
    const items = drawItems(random, kind, categories, difficulty);
    const offers = drawOffers(random, difficulty);
    const asked: Filters = {
      category: offers === 'nothing' ? kind.all : random.pick(categories),
      flag: offers === 'category and flag' && (difficulty === 2 || random.chance(0.7)),
    };
    const found = items.filter(
      ({ category, flag }) =>
        (category === asked.category || asked.category === kind.all) && (flag || !asked.flag),
    );
    const targets = random
      .sample(found, difficulty > 2 ? 2 : 1)
      .toSorted((one, other) => items.indexOf(one) - items.indexOf(other))
      .map(({ name }) => name);
    const [next, previous] = random.pick(STEPS);
    return {
      instruction: say(random, kind, targets, offers, asked),
      params: {
        site: catalogueSite({
          look: drawLook(random, difficulty),
          title: kind.title,
          items,
          categories,
          heads: kind.heads,
          labels: {
            category: kind.category,
            all: kind.all,
            flag: kind.flag,
            take: kind.take,
            apply: random.pick(APPLY),
            next,
            previous,
            more: random.pick(MORE),
          },
          offers,
          preset: {
            category: difficulty > 2 && random.chance(0.3) ? random.pick(categories) : kind.all,
            flag: difficulty > 2 && random.chance(),
          },
          applies: difficulty > 2,
          paging: random.pick(['steps', 'numbers', 'more']),
          pageSize: PAGE_SIZE,
          sorts: difficulty > 1 && random.chance(),
          place: random.pick(['above', 'left', 'right']),
        }),
        goal: { taken: targets.map((item) => ({ item, ...asked })), besides: 0 },
      },
    };
  },
  verify: isGoalState,
  oracle: function* ({ observation, params }) {
    const { taken } = params.goal as Goal;
    const { category = '', flag = false } = taken[0] ?? {};
    const kind = KINDS.find(({ all, categories }) => [all, ...categories].some((text) => text === category));
    const offersCategory = observation.elements.some(
      ({ name, role, options }) => options?.includes(category) || (name === category && role !== 'text'),
    );
    if (!kind) throw new Error(`No catalogue has the category "${category}".`);
    const choice = offersCategory && chooseOption(observation, [kind.category], category);
    if (choice) observation = yield choice;
    const hasFlag = observation.elements.some(({ role }) => role === 'checkbox');
    const check = hasFlag && setCheck(observation, kind.flag, flag);
    if (check) observation = yield check;
    const apply = observation.elements.find(({ name }) => APPLY.includes(name));
    // What the filters are set to at the start holds from the start.
    if (apply && (choice || check)) observation = yield { click: { ref: apply.ref } };
    for (const { item } of taken) {
      while (!shows(observation, item)) {
        const current = observation.elements.find(
          ({ name, state }) => name.startsWith('Page ') && state?.includes('selected'),
        );
        const onward = current
          ? [`Page ${Number(current.name.slice(5)) + 1}`]
          : [...STEPS.map(([next]) => next), ...MORE];
        observation = yield { click: { ref: find(observation, ['button'], onward).ref } };
      }
      observation = yield {
        click: { ref: findAfter(observation, item, isButtonFor([kind.take], item)).ref },
      };
    }
    yield { done: {} };
  },
});

function drawOffers(random: Random, difficulty: number): 'nothing' | 'category' | 'category and flag' {
  if (difficulty > 2) return 'category and flag';
  if (difficulty > 1) return random.pick(['category', 'category and flag']);
  return random.pick(['nothing', 'category']);
}

/**
 * Equally many items of each category, some of each flagged. Names are different within a category, and from
 * difficulty 2 on shared with others, so that a name alone does not find its item.
 */
function drawItems(
  random: Random,
  kind: Kind,
  categories: readonly string[],
  difficulty: number,
): readonly Item[] {
  const names = random.shuffle(
    kind.first.flatMap((first) => kind.second.map((second) => `${first} ${second}`)),
  );
  const each = difficulty === 1 ? 2 : 2 + 2 * (difficulty - 1) + 1;
  const shared = names.slice(0, each + 2);
  return random.shuffle(
    categories.flatMap((category, index) => {
      const own =
        difficulty === 1 ? names.slice(index * each, (index + 1) * each) : random.sample(shared, each);
      return own.map((name, place) => ({
        name,
        category,
        flag: place % 3 !== 2,
        detail: random.pick(kind.details),
      }));
    }),
  );
}

function say(
  random: Random,
  kind: Kind,
  names: readonly string[],
  offers: 'nothing' | 'category' | 'category and flag',
  { category, flag }: Filters,
): string {
  const take = kind.take.toLowerCase();
  const quoted = names.map((name) => `"${name}"`).join(', then ');
  if (offers === 'nothing')
    return random.pick([
      `${kind.take} ${quoted}.`,
      `Find ${quoted} and ${take} it.`,
      `Please ${take} ${quoted}.`,
    ]);
  const ticked = offers === 'category' ? '' : `, "${kind.flag}" ${flag ? 'on' : 'off'}`;
  return random.pick([
    `Set ${kind.category} to "${category}"${ticked}, and ${take} ${quoted}.`,
    `Choose the ${kind.category.toLowerCase()} "${category}"${ticked}; ${take} ${quoted}.`,
    `Show only ${kind.category} "${category}"${ticked}, then ${take} ${quoted}.`,
  ]);
}
