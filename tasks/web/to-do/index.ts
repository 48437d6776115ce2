import { defineTask, type Random } from 'lamarck';
import { browser } from 'lamarck/environments';
import { find, findAfter, isButtonFor, shows, type Page, type Seen } from '../find.ts';
import { isGoalState } from '../goal.ts';
import { drawLook } from '../look.ts';
import { listed, sentence } from '../wording.ts';
import { toDoSite, type Item, type Show } from './page.ts';

const ERRANDS = ['Call', 'Visit', 'Pay', 'Write to', 'Thank'];
const PARTNERS = ['the baker', 'the dentist', 'the landlord', 'the plumber', 'the tailor', 'the vet'];
const NEW = [
  'Buy stamps',
  'Water the ferns',
  'Return the ladder',
  'Oil the gate',
  'Book the hall',
  'Sort the post',
];
const WORDS = {
  field: ['New task', 'What is to be done', 'Another task'],
  add: ['Add', 'Put on the list', 'Note it'],
  remove: ['Delete', 'Remove'],
  edit: ['Edit', 'Change'],
  save: ['Save', 'Keep'],
  yes: ['Yes', 'Delete it'],
  all: 'All',
};

type Change =
  | { readonly kind: 'add'; readonly text: string }
  | { readonly kind: 'complete' | 'reopen' | 'delete'; readonly text: string }
  | { readonly kind: 'rename'; readonly text: string; readonly to: string };

/** Bring a list of tasks into a state that is told by what changes. */
export const toDo = defineTask({
  name: 'web/to-do',
  description: 'Add, complete, reopen, rename and delete tasks of a list.',
  environment: browser,
  maxSteps: 20,
  generate: ({ random, difficulty }) => {
    const items = drawItems(random, difficulty);
    const show: Show = difficulty > 2 ? random.pick(['all', 'open']) : 'all';
    const changes = drawChanges(random, items, difficulty);
    return {
      instruction: say(random, changes),
      params: {
        site: toDoSite({
          look: drawLook(random, difficulty),
          title: random.pick(['To do', 'My week', 'Errands', 'Task list']),
          items,
          show,
          filters: difficulty > 2,
          edits: difficulty > 2,
          confirms: difficulty > 1 && random.chance(),
          completes: random.pick(['checkbox', 'button']),
          entry: random.pick(['above', 'below']),
          labels: {
            field: random.pick(WORDS.field),
            add: random.pick(WORDS.add),
            remove: random.pick(WORDS.remove),
            edit: random.pick(WORDS.edit),
            save: random.pick(WORDS.save),
            yes: random.pick(WORDS.yes),
          },
        }),
        goal: { items: changes.reduce(changed, items).toSorted(byText), besides: 0 },
      },
    };
  },
  verify: isGoalState,
  oracle: function* ({ observation, instruction }) {
    for (const change of changesIn(instruction)) {
      if (change.kind === 'add') {
        observation = yield {
          fill: { ref: find(observation, ['textbox'], WORDS.field).ref, text: change.text },
        };
        observation = yield { click: { ref: find(observation, ['button'], WORDS.add).ref } };
        continue;
      }
      if (!controlOf(observation, change))
        observation = yield { click: { ref: find(observation, ['button'], [WORDS.all]).ref } };
      const control = controlOf(observation, change);
      if (!control) throw new Error(`The page has nothing to ${change.kind} "${change.text}".`);
      observation = yield { click: { ref: control.ref } };
      if (change.kind === 'rename') {
        const field = observation.elements.find(({ value }) => value === change.text);
        observation = yield { fill: { ref: field?.ref ?? '', text: change.to } };
        observation = yield { click: { ref: find(observation, ['button'], WORDS.save).ref } };
      }
      const yes = observation.elements.find(
        ({ role, name }) => role === 'button' && WORDS.yes.includes(name),
      );
      if (yes) observation = yield { click: { ref: yes.ref } };
    }
    yield { done: {} };
  },
});

/** Tasks whose words come again in others; some are done already. */
function drawItems(random: Random, difficulty: number): Item[] {
  const errands = random.sample(ERRANDS, difficulty === 1 ? 4 : 3);
  const partners = random.sample(PARTNERS, difficulty === 1 ? 4 : 3);
  const texts =
    difficulty === 1
      ? errands.map((errand, at) => `${errand} ${partners[at]}`)
      : random.sample(
          errands.flatMap((errand) => partners.map((partner) => `${errand} ${partner}`)),
          3 + difficulty,
        );
  return texts.map((text, at) => ({ text, done: difficulty > 1 && at < 2 })).toSorted(byText);
}

/** One change, two or three different ones. */
function drawChanges(random: Random, items: readonly Item[], difficulty: number): Change[] {
  const [one = '', other = ''] = random.shuffle(items.filter(({ done }) => !done)).map(({ text }) => text);
  const reopened = random.pick([...items.filter(({ done }) => done), { text: '' }]).text;
  const [added = '', renamed = ''] = random.sample(NEW, 2);
  const kinds: Change[] = [
    { kind: 'add', text: added },
    { kind: 'complete', text: one },
    { kind: 'delete', text: other },
  ];
  if (difficulty === 1) return [random.pick(kinds)];
  if (difficulty === 2) return random.sample(kinds, 2);
  const special: Change =
    reopened !== '' && random.chance()
      ? { kind: 'reopen', text: reopened }
      : { kind: 'rename', text: one, to: renamed };
  const rest = special.kind === 'rename' ? kinds.filter(({ kind }) => kind !== 'complete') : kinds;
  return random.shuffle([special, ...random.sample(rest, 2)]);
}

function changed(items: readonly Item[], change: Change): Item[] {
  if (change.kind === 'add') return [...items, { text: change.text, done: false }];
  if (change.kind === 'delete') return items.filter(({ text }) => text !== change.text);
  const apply = (item: Item): Item =>
    change.kind === 'rename' ? { ...item, text: change.to } : { ...item, done: change.kind === 'complete' };
  return items.map((item) => (item.text === change.text ? apply(item) : item));
}

function byText(one: Item, other: Item): number {
  return one.text < other.text ? -1 : 1;
}

const SAYINGS: Record<Change['kind'], readonly string[]> = {
  add: ['add the task', 'note the task'],
  complete: ['mark as done', 'tick off'],
  reopen: ['mark as not done', 'reopen'],
  delete: ['delete', 'remove from the list'],
  rename: ['rename', 'change'],
};

function say(random: Random, changes: readonly Change[]): string {
  return sentence(
    listed(
      changes.map(
        (change) =>
          `${random.pick(SAYINGS[change.kind])} "${change.text}"${change.kind === 'rename' ? ` to "${change.to}"` : ''}`,
      ),
    ),
  );
}

function changesIn(instruction: string): Change[] {
  return [...instruction.matchAll(/(?:^|, | and )([A-Za-z ]+?) "([^"]+)"(?: to "([^"]+)")?/g)].map(
    ([, words = '', text = '', to]) => {
      const known = Object.entries(SAYINGS) as [Change['kind'], readonly string[]][];
      const [kind = 'add'] = known.find(([, sayings]) => sayings.includes(words.toLowerCase())) ?? [];
      return { kind, text, ...(to !== undefined && { to }) } as Change;
    },
  );
}

/** The control that begins a change of a task; nothing where the task is not shown. */
function controlOf(page: Page, { kind, text }: Change): Seen | undefined {
  if (!shows(page, text) && !page.elements.some(({ name }) => name === text)) return undefined;
  const words = {
    delete: WORDS.remove,
    rename: WORDS.edit,
    complete: ['Done'],
    reopen: ['Not done'],
    add: [],
  }[kind];
  const box = page.elements.find(({ role, name }) => role === 'checkbox' && name === text);
  if (box && (kind === 'complete' || kind === 'reopen')) return box;
  return findAfter(page, text, isButtonFor(words, text));
}
