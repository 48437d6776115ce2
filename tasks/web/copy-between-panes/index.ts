import { defineTask, type Random } from 'lamarck';
import { browser } from 'lamarck/environments';
import { find, type Page } from '../find.ts';
import { isGoalState } from '../goal.ts';
import { drawLook } from '../look.ts';
import { drawFirms, drawPeople } from '../names.ts';
import { listed, sentence } from '../wording.ts';
import { panesSite, type Entry } from './page.ts';

/** Kinds of facts: each has values that nobody could guess. */
const FACTS: Readonly<Record<string, (random: Random) => string>> = {
  Telephone: (random) => `0${random.int(20, 99)} ${random.int(10_000, 99_999)}`,
  'Old telephone': (random) => `0${random.int(20, 99)} ${random.int(10_000, 99_999)}`,
  Customer: (random) => `K-${random.int(1000, 9999)}`,
  Account: (random) => `${random.int(100, 999)}-${random.int(100, 999)}`,
  Locker: (random) => `${random.pick(['A', 'B', 'C', 'D'])}${random.int(10, 99)}`,
  Balance: (random) => `${random.int(10, 980)}.${random.int(10, 99)}`,
};
const SOURCES = ['Records', 'Address book', 'Files'];
const TARGETS = ['Form', 'New entry', 'Slip'];
const WORDS = {
  save: ['Save', 'Send', 'Enter'],
  clear: ['Clear', 'Empty'],
};

/** A fact of a record, and the field that it is to be typed into. */
type Wish = { readonly entry: string; readonly fact: string; readonly field: string };

/** Read values in one pane and type them into the fields of another. */
export const copyBetweenPanes = defineTask({
  name: 'web/copy-between-panes',
  description: 'Look up values of records and type them into a form beside them.',
  environment: browser,
  maxSteps: 22,
  generate: ({ random, difficulty }) => {
    const names = random.chance()
      ? drawPeople(random, 2 + difficulty)
      : drawFirms(random, 2 + difficulty, difficulty > 1);
    const facts = random.sample(Object.keys(FACTS), 1 + difficulty);
    const entries: Entry[] = names.map((name) => ({
      name,
      facts: facts.map((label) => ({ label, value: FACTS[label]?.(random) ?? '' })),
    }));
    const wishes = drawWishes(random, { names, facts, difficulty });
    const valueOf = ({ entry, fact }: Wish): string =>
      entries.find(({ name }) => name === entry)?.facts.find(({ label }) => label === fact)?.value ?? '';
    const [source, target] = [random.pick(SOURCES), random.pick(TARGETS)];
    return {
      instruction: say(random, wishes, target),
      params: {
        site: panesSite({
          look: drawLook(random, difficulty),
          title: random.pick(['Front desk', 'Two panes', 'Office', 'Counter']),
          entries,
          fields: wishes.map(({ field }) => field),
          shows: random.pick(['one', 'all']),
          facts: random.pick(['table', 'terms', 'sentences']),
          panes: random.pick(['left and right', 'above and below', 'in turns']),
          labels: { source, target, save: random.pick(WORDS.save), clear: random.pick(WORDS.clear) },
        }),
        goal: {
          saved: [Object.fromEntries(wishes.map((wish) => [wish.field, valueOf(wish)]))],
          besides: 0,
        },
      },
    };
  },
  verify: isGoalState,
  oracle: function* ({ observation, instruction }) {
    const wishes = wishesIn(instruction);
    const texts: string[] = [];
    for (const { entry, fact } of wishes) {
      const button = observation.elements.find(({ role, name }) => role === 'button' && name === entry);
      if (button && !button.state?.includes('checked')) observation = yield { click: { ref: button.ref } };
      texts.push(valueShown(observation, entry, fact));
    }
    const tab = observation.elements.find(({ role, name }) => role === 'tab' && TARGETS.includes(name));
    if (tab) observation = yield { click: { ref: tab.ref } };
    for (const [index, { field }] of wishes.entries())
      observation = yield {
        fill: { ref: find(observation, ['textbox'], [field]).ref, text: texts[index] ?? '' },
      };
    yield { click: { ref: find(observation, ['button'], WORDS.save).ref } };
    yield { done: {} };
  },
});

/** One fact, two of a record, or three of two records; from difficulty 3 on, fields are called otherwise than facts. */
function drawWishes(
  random: Random,
  { names, facts, difficulty }: { names: readonly string[]; facts: readonly string[]; difficulty: number },
): Wish[] {
  const [one = '', other = ''] = random.sample(names, 2);
  const [first = '', second = ''] = random.sample(facts, 2);
  if (difficulty < 3)
    return [first, second].slice(0, difficulty).map((fact) => ({ entry: one, fact, field: fact }));
  const fields = random.sample(['First number', 'Second number', 'Third number', 'Reference', 'Note'], 3);
  return [
    { entry: one, fact: first, field: fields[0] ?? '' },
    { entry: one, fact: second, field: fields[1] ?? '' },
    { entry: other, fact: random.pick(facts), field: fields[2] ?? '' },
  ];
}

function say(random: Random, wishes: readonly Wish[], target: string): string {
  const [verb, into] = random.pick([
    ['copy', 'into'],
    ['type', 'into'],
    ['put', 'into'],
  ]);
  const parts = wishes.map(({ entry, fact, field }) => `the "${fact}" of "${entry}" ${into} "${field}"`);
  return `${sentence(`${verb} ${listed(parts)}`)} ${random.pick([`Then save the ${target.toLowerCase()}.`, `Send it off.`])}`;
}

function wishesIn(instruction: string): Wish[] {
  return [...instruction.matchAll(/the "([^"]+)" of "([^"]+)" into "([^"]+)"/g)].map(
    ([, fact = '', entry = '', field = '']) => ({ entry, fact, field }),
  );
}

/** The value that stands after a label, or in its sentence, below the name of a record. */
function valueShown({ elements }: Page, entry: string, fact: string): string {
  const heading = elements.findIndex(({ role, name }) => role === 'heading' && name === entry);
  const below = elements.slice(heading + 1).map(({ name }) => name);
  const at = below.findIndex((text) => text === fact || text.startsWith(`${fact} is `));
  const text = below[at] ?? '';
  return text === fact ? (below[at + 1] ?? '') : text.slice(fact.length + ' is '.length, -1);
}
