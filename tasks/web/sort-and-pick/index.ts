import { defineTask, type Random } from 'lamarck';
import { browser } from 'lamarck/environments';
import { chooseOption, find, findBeside, type Page } from '../find.ts';
import { isGoalState } from '../goal.ts';
import { drawLook } from '../look.ts';
import { sortableSite, type Column } from './page.ts';

/** Tables: what a row is, its columns of numbers with their ranges, and its column of kinds. */
const KINDS = [
  {
    title: 'Boats for hire',
    noun: 'boat',
    kind: { label: 'Kind', values: ['Sail', 'Motor', 'Rowing'] },
    numbers: [
      { label: 'Price', unit: '€', low: 40, high: 990 },
      { label: 'Length', unit: 'm', low: 3, high: 24 },
      { label: 'Age', unit: 'years', low: 2, high: 40 },
    ],
  },
  {
    title: 'Flats to let',
    noun: 'flat',
    kind: { label: 'Floor', values: ['Ground', 'Middle', 'Top'] },
    numbers: [
      { label: 'Rent', unit: '€', low: 310, high: 2400 },
      { label: 'Size', unit: 'm²', low: 18, high: 140 },
      { label: 'Distance', unit: 'min', low: 3, high: 75 },
    ],
  },
  {
    title: 'Used bicycles',
    noun: 'bicycle',
    kind: { label: 'Frame', values: ['Low', 'High', 'Folding'] },
    numbers: [
      { label: 'Price', unit: '€', low: 30, high: 870 },
      { label: 'Weight', unit: 'kg', low: 7, high: 28 },
      { label: 'Age', unit: 'years', low: 2, high: 30 },
    ],
  },
];
const WORDS = {
  pick: ['Choose', 'Take', 'Reserve'],
  send: ['Send', 'Confirm', 'Done'],
  sort: ['Sort by', 'Order by'],
  next: ['Next', 'Further'],
  previous: ['Back', 'Previous'],
  ways: [
    ['Lowest first', 'Highest first'],
    ['Ascending', 'Descending'],
  ],
};
const PLACES = ['', 'second', 'third', 'fourth'];

/** What is asked for: `place` 0 is the lowest or highest, among all rows or those of one kind. */
interface Wish {
  readonly column: string;
  readonly way: 'lowest' | 'highest';
  readonly place: number;
  readonly kind: string | undefined;
}

/** Find the row that is lowest, highest or next to it in a column of a table that is too long to look through. */
export const sortAndPick = defineTask({
  name: 'web/sort-and-pick',
  description: 'Sort a table and choose the row at a given place.',
  environment: browser,
  maxSteps: 14,
  generate: ({ random, difficulty }) => {
    const { title, noun, kind, numbers } = random.pick(KINDS);
    const items = drawItems(random, 5 + 3 * difficulty, kind.values, { noun, numbers });
    const columns: Column[] = [
      { label: 'Name' },
      ...numbers.map(({ label, unit }) => ({ label, unit })),
      { label: kind.label },
    ];
    const [up = '', down = ''] = random.pick(WORDS.ways);
    const wish: Wish = {
      column: random.pick(numbers).label,
      way: random.pick(['lowest', 'highest']),
      place: difficulty === 1 ? 0 : random.int(difficulty - 2, difficulty),
      kind: difficulty > 2 ? random.pick(kind.values) : undefined,
    };
    return {
      instruction: say(random, wish, noun, kind.label),
      params: {
        site: sortableSite({
          look: drawLook(random, difficulty),
          title,
          columns,
          items,
          most: random.int(4, 6),
          sorting: random.pick(['heads', 'choice']),
          firstWay: random.pick(['up', 'down']),
          picking: random.pick(['button', 'radio', 'checkbox']),
          labels: {
            pick: random.pick(WORDS.pick),
            send: random.pick(WORDS.send),
            sort: random.pick(WORDS.sort),
            next: random.pick(WORDS.next),
            previous: random.pick(WORDS.previous),
            up,
            down,
          },
        }),
        goal: { sent: [rowOf(items, columns, wish)], besides: 0 },
      },
    };
  },
  verify: isGoalState,
  oracle: function* ({ observation, instruction }) {
    const wish = wishIn(instruction);
    const isUp = wish.way === 'lowest';
    const by = observation.elements.find(
      ({ role, name }) => role === 'combobox' && WORDS.sort.includes(name),
    );
    if (by) {
      observation = yield { select: { ref: by.ref, option: wish.column } };
      const words = WORDS.ways.map((pair) => pair[isUp ? 0 : 1] ?? '');
      const order = words.find((text) =>
        observation.elements.some(({ name, options }) => name === text || options?.includes(text)),
      );
      const way = chooseOption(observation, ['Order'], order ?? '');
      if (way) observation = yield way;
    } else {
      const sorted = `${wish.column} ${isUp ? '▲' : '▼'}`;
      while (!observation.elements.some(({ name }) => name === sorted)) {
        const head = observation.elements.find(
          ({ role, name }) => role === 'button' && name.startsWith(wish.column),
        );
        observation = yield { click: { ref: head?.ref ?? '' } };
      }
    }
    let before = 0;
    for (;;) {
      const names = namesShown(observation, wish.kind);
      const name = names[wish.place - before];
      if (name !== undefined) {
        const control = findBeside(observation, name, ({ role, name: label }) =>
          role === 'button'
            ? WORDS.pick.some((text) => label.startsWith(text))
            : ['radio', 'checkbox'].includes(role),
        );
        observation = yield { click: { ref: control.ref } };
        if (control.role !== 'button')
          yield { click: { ref: find(observation, ['button'], WORDS.send).ref } };
        break;
      }
      before += names.length;
      observation = yield { click: { ref: find(observation, ['button'], WORDS.next).ref } };
    }
    yield { done: {} };
  },
});

/** Rows of a name, numbers of which none comes twice in its column, and a kind. */
function drawItems(
  random: Random,
  count: number,
  kinds: readonly string[],
  { noun, numbers }: { noun: string; numbers: readonly { low: number; high: number }[] },
): (string | number)[][] {
  const draw = ({ low, high }: { low: number; high: number }): number[] =>
    random.sample(
      Array.from({ length: high - low + 1 }, (_, at) => low + at),
      count,
    );
  const columns = numbers.map(draw);
  // The kinds are dealt out evenly over the rows, so that every kind has enough rows for a task to ask for the fourth
  // lowest or highest of that kind.
  const ofKinds = random.shuffle(Array.from({ length: count }, (_, at) => kinds[at % kinds.length] ?? ''));
  return draw({ low: 101, high: 190 }).map((number, at) => [
    `${noun.charAt(0).toUpperCase()}${noun.slice(1)} ${number}`,
    ...columns.map((values) => values[at] ?? 0),
    ofKinds[at] ?? '',
  ]);
}

function rowOf(items: readonly (string | number)[][], columns: readonly Column[], wish: Wish): string {
  const by = columns.findIndex(({ label }) => label === wish.column);
  const rows = items
    .filter((item) => wish.kind === undefined || item.at(-1) === wish.kind)
    .toSorted((one, other) => Number(one[by]) - Number(other[by]));
  return String(rows.at(wish.way === 'lowest' ? wish.place : -1 - wish.place)?.[0]);
}

function say(random: Random, { column, way, place, kind }: Wish, noun: string, kindLabel: string): string {
  const rank = place === 0 ? way : `${PLACES[place]} ${way}`;
  const which = `the ${noun} with the ${rank} "${column}"`;
  if (kind === undefined)
    return random.pick([`Choose ${which}.`, `Pick ${which}.`, `Find ${which} and choose it.`]);
  const among = `with "${kindLabel}" "${kind}"`;
  return random.pick([
    `Of those ${among}, choose ${which}.`,
    `Choose, among all ${among}, ${which}.`,
    `Look at those ${among} only and pick ${which}.`,
  ]);
}

function wishIn(instruction: string): Wish {
  const [, place = '', way = '', column = ''] =
    /the (?:(second|third|fourth) )?(lowest|highest) "([^"]+)"/.exec(instruction) ?? [];
  const [, kind] = /with "[^"]+" "([^"]+)"/.exec(instruction) ?? [];
  return { column, way: way === 'lowest' ? way : 'highest', place: PLACES.indexOf(place), kind };
}

/** Names of the rows on this page of the table, in order; of one kind where that is asked for. */
function namesShown({ elements }: Page, kind: string | undefined): string[] {
  const cells = elements.filter(({ role }) => role === 'cell');
  const lines = Map.groupBy(cells, ({ box }) => box[1]);
  return [...lines.values()]
    .map((line) => line.map(({ name, text = name }) => text))
    .filter((texts) => kind === undefined || texts.includes(kind))
    .map(([name = '']) => name);
}
