import { defineTask, type Random } from 'lamarck';
import { browser } from 'lamarck/environments';
import { find, findAfter, isButtonFor, type Page, type Seen } from '../find.ts';
import { isGoalState } from '../goal.ts';
import { drawLook } from '../look.ts';
import { drawPeople } from '../names.ts';
import { formSite, textOf, type Entry, type Field } from './page.ts';

const STEMS = [
  'Lund',
  'Harrow',
  'Milden',
  'Torsby',
  'Ashford',
  'Valby',
  'Kirkholm',
  'Norra',
  'Brae',
  'Selwick',
];
const PARTS = ['North', 'South', 'Harbour', 'Central', 'Mill', 'Green'];
const TEAMS = ['Sales', 'Design', 'Repairs', 'Kitchen', 'Accounts'];
const SUBMIT = ['Save', 'Send', 'Continue', 'Confirm'];
const REMOVE = ['Remove', 'Take off'];

/** Forms about places: one field, or a way from one place to another. */
const PLACES = [
  { title: 'Travel planner', one: 'Destination', two: ['Start', 'Destination'] },
  { title: 'Parcel service', one: 'Town', two: ['Sender', 'Receiver'] },
  { title: 'Weather at a glance', one: 'Place', two: ['First place', 'Second place'] },
] as const;
/** Forms about people, several at once. */
const GROUPS = [
  { title: 'Plan a meeting', label: 'Guests' },
  { title: 'New project', label: 'Members' },
  { title: 'Share a list', label: 'Readers' },
] as const;

/** What is sent for each field. */
type Goal = { sent: Record<string, Entry[]>[]; besides: number };

/** Type into fields that offer what fits, and choose the right one of the offers. */
export const autocomplete = defineTask({
  name: 'web/autocomplete',
  description: 'Fill fields whose values have to be chosen from what they offer, and send the form.',
  environment: browser,
  maxSteps: 20,
  generate: ({ random, difficulty }) => {
    const submit = random.pick(SUBMIT);
    const { instruction, title, fields, sent } =
      difficulty > 2 ? drawGroup(random, submit) : drawPlaces(random, difficulty, submit);
    return {
      instruction,
      params: {
        site: formSite({
          look: drawLook(random, difficulty),
          title,
          fields,
          labels: {
            submit,
            clear: difficulty > 1 ? random.pick(['Clear', 'Start again']) : '',
            remove: random.pick(REMOVE),
          },
          offers: random.pick(['listbox', 'buttons', 'table']),
          least: random.int(1, 3),
          delay: random.pick([0, 0, 120]),
          isOverlay: difficulty > 1 && random.chance(0.4),
        }),
        goal: { sent: [sent], besides: 0 } satisfies Goal,
      },
    };
  },
  verify: isGoalState,
  oracle: function* ({ observation, params, instruction }) {
    const [sent = {}] = (params.goal as Goal).sent;
    const asked = [...instruction.matchAll(/"([^"]+)"/g)].map(([, name]) => name);
    for (const [label, entries] of Object.entries(sent)) {
      const gone = chipToRemove(observation, asked, entries);
      if (gone) observation = yield { click: { ref: gone.ref } };
      for (const entry of entries.filter(({ name }) => asked.includes(name))) {
        const field = find(observation, ['textbox'], [label]);
        observation = yield { fill: { ref: field.ref, text: entry.name } };
        const offer = find(observation, ['option', 'button'], [textOf(entry)]);
        observation = yield { click: { ref: offer.ref } };
      }
    }
    yield { click: { ref: find(observation, ['button'], SUBMIT).ref } };
    yield { done: {} };
  },
});

/** One place, or from difficulty 2 on two: each of several whose names begin alike. */
function drawPlaces(random: Random, difficulty: number, submit: string) {
  const kind = random.pick(PLACES);
  const places = random
    .sample(STEMS, 5)
    .flatMap((stem) => [
      stem,
      ...random.sample(PARTS, difficulty > 1 ? 3 : 2).map((part) => `${stem} ${part}`),
    ]);
  const entries = random.shuffle(places).map((name) => ({ name, detail: '' }));
  const labels = difficulty > 1 ? kind.two : [kind.one];
  const wanted = random.sample(entries, labels.length);
  const sent = Object.fromEntries(wanted.map((entry, index) => [labels[index] ?? '', [entry]]));
  const fields: Field[] = labels.map((label) => ({ label, entries, chosen: [], isMultiple: false }));
  const parts = labels.map((label, index) => `"${wanted[index]?.name}" for the ${label.toLowerCase()}`);
  const act = submit.toLowerCase();
  const instruction = random.pick([
    `Choose ${parts.join(' and ')}, then ${act}.`,
    `Pick ${parts.join(' and ')} and ${act}.`,
    `Enter ${parts.join(' and ')}; ${act}.`,
  ]);
  return { instruction, title: kind.title, fields, sent };
}

/** Two people are added to those chosen already, of whom one has to go; some have namesakes in other teams. */
function drawGroup(random: Random, submit: string) {
  const { title, label } = random.pick(GROUPS);
  const people = drawPeople(random, 8);
  const entries = random.shuffle(
    people.flatMap((name, index) =>
      random.sample(TEAMS, index < 4 ? 2 : 1).map((detail) => ({ name, detail })),
    ),
  );
  const different = people.map((name) => random.pick(entries.filter((entry) => entry.name === name)));
  const [unwanted, ...rest] = random.shuffle(different);
  const kept = rest.splice(0, random.int(1, 2));
  const added = rest.slice(0, 2);
  const chosen = random.shuffle([...(unwanted ? [unwanted] : []), ...kept]);
  const [one, other] = added.map(({ name, detail }) =>
    entries.filter((entry) => entry.name === name).length > 1 ? `"${name}" from ${detail}` : `"${name}"`,
  );
  const who = label.toLowerCase();
  const act = submit.toLowerCase();
  const instruction = random.pick([
    `Remove "${unwanted?.name}" from the ${who} and add ${one} and ${other}, then ${act}.`,
    `Add ${one} and ${other} to the ${who}, but remove "${unwanted?.name}"; then ${act}.`,
  ]);
  const fields: Field[] = [{ label, entries, chosen, isMultiple: true }];
  const byText = (first: Entry, second: Entry): number => (textOf(first) < textOf(second) ? -1 : 1);
  return { instruction, title, fields, sent: { [label]: [...kept, ...added].toSorted(byText) } };
}

/** The button beside what is chosen and named in the instruction, but is not to be sent. */
function chipToRemove(
  page: Page,
  asked: readonly (string | undefined)[],
  entries: readonly Entry[],
): Seen | undefined {
  const isKept = (text: string): boolean => entries.some((entry) => textOf(entry) === text);
  const chip = page.elements.find(
    ({ name }) => asked.some((person) => name.startsWith(`${person} — `)) && !isKept(name),
  );
  if (!chip) return undefined;
  const [person = ''] = chip.name.split(' — ');
  return findAfter(page, chip.name, isButtonFor(REMOVE, person));
}
