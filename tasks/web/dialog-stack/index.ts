import { defineTask, type Random } from 'lamarck';
import { browser } from 'lamarck/environments';
import { chooseOption, find, findAfter, isButtonFor, type Page } from '../find.ts';
import { isGoalState } from '../goal.ts';
import { drawLook } from '../look.ts';
import { drawPeople } from '../names.ts';
import { dialogsSite, type Thing } from './page.ts';

const KINDS = [
  { title: 'Boats of the club', owner: 'Owner', things: ['Swan', 'Petrel', 'Otter', 'Heron', 'Pike'] },
  {
    title: 'Allotments',
    owner: 'Tenant',
    things: ['Elm corner', 'Long bed', 'Orchard', 'Sunny side', 'Pond end'],
  },
  { title: 'Keys', owner: 'Keeper', things: ['Cellar', 'Front gate', 'Boiler room', 'Roof', 'Archive'] },
];
const WAYS = ['By letter', 'By call', 'By message'];
const WORDS = {
  open: ['Open', 'Details', 'Edit'],
  change: ['Change it', 'Choose another', 'Hand over'],
  add: ['New person', 'Somebody else'],
  name: ['Name', 'Full name'],
  ok: ['OK', 'Done', 'Take over'],
  cancel: ['Cancel', 'Never mind'],
  yes: ['Yes', 'Please do'],
  no: ['No', 'Do not'],
};

/** Something gets another owner, whose former one is told in some way, not in any, or not at all. */
interface Wish {
  readonly thing: Thing;
  readonly to: string;
  readonly isNew: boolean;
  /** Null where nobody is told; `Yes` where it does not matter how. */
  readonly told: string | null;
}
type Goal = {
  things: Thing[];
  people: string[];
  told: { name: string; of: string; way: string | null }[];
  besides: number;
};

/** Go through dialogs that open from dialogs, and answer each as the instruction has it. */
export const dialogStack = defineTask({
  name: 'web/dialog-stack',
  description: 'Change an owner through dialogs that are opened from dialogs.',
  environment: browser,
  maxSteps: 22,
  generate: ({ random, difficulty }) => {
    const { title, owner, things: names } = random.pick(KINDS);
    const [newcomer = '', ...people] = drawPeople(random, 3 + difficulty);
    const things = random.sample(names, 2 + difficulty).map((name) => ({ name, owner: random.pick(people) }));
    const tells = (['never', 'whether', 'how'] as const)[difficulty - 1] ?? 'how';
    const ways = random.shuffle(WAYS);
    const thing = random.pick(things);
    const isNew = difficulty > 2 || (difficulty > 1 && random.chance(0.4));
    const wish: Wish = {
      thing,
      isNew,
      to: isNew ? newcomer : random.pick(people.filter((name) => name !== thing.owner)),
      told: tells === 'never' || random.chance(0.4) ? null : tells === 'how' ? random.pick(ways) : 'Yes',
    };
    return {
      instruction: say(random, wish, { owner: owner.toLowerCase(), tells }),
      params: {
        site: dialogsSite({
          look: drawLook(random, difficulty),
          title,
          things,
          people,
          addsPeople: difficulty > 1,
          tells,
          ways,
          dialogs: random.pick(['modal', 'over', 'within']),
          labels: {
            open: random.pick(WORDS.open),
            change: random.pick(WORDS.change),
            add: random.pick(WORDS.add),
            name: random.pick(WORDS.name),
            owner,
            ok: random.pick(WORDS.ok),
            cancel: random.pick(WORDS.cancel),
            yes: random.pick(WORDS.yes),
            no: random.pick(WORDS.no),
          },
        }),
        goal: goalOf(wish, things, people),
      },
    };
  },
  verify: isGoalState,
  oracle: function* ({ observation, instruction }) {
    const [, to = '', name = ''] = /"([^"]+)".*? of "([^"]+)"/.exec(instruction) ?? [];
    observation = yield { click: { ref: findAfter(observation, name, isButtonFor(WORDS.open, name)).ref } };
    observation = yield { click: { ref: find(observation, ['button'], WORDS.change).ref } };
    if (/a new person/.test(instruction)) {
      observation = yield { click: { ref: find(observation, ['button'], WORDS.add).ref } };
      observation = yield { fill: { ref: find(observation, ['textbox'], WORDS.name).ref, text: to } };
      observation = yield press(observation, WORDS.ok);
    }
    const choice = chooseOption(
      observation,
      KINDS.map(({ owner }) => owner),
      to,
    );
    if (choice) observation = yield choice;
    observation = yield press(observation, WORDS.ok);
    observation = yield press(observation, WORDS.ok);
    const way = WAYS.find((text) => instruction.includes(text.toLowerCase()));
    const isAsked = observation.elements.some(({ name: text }) => WORDS.no.includes(text));
    if (isAsked) observation = yield press(observation, / not tell/.test(instruction) ? WORDS.no : WORDS.yes);
    if (way !== undefined) yield press(observation, [way]);
    yield { done: {} };
  },
});

function goalOf({ thing, to, isNew, told }: Wish, things: readonly Thing[], people: readonly string[]): Goal {
  return {
    things: things.map((one) => (one === thing ? { ...one, owner: to } : one)),
    people: [...people, ...(isNew ? [to] : [])].toSorted(),
    told: told === null ? [] : [{ name: thing.owner, of: thing.name, way: told === 'Yes' ? null : told }],
    besides: 0,
  };
}

function say(
  random: Random,
  { thing, to, isNew, told }: Wish,
  { owner, tells }: { owner: string; tells: 'never' | 'whether' | 'how' },
): string {
  const whom = isNew ? `"${to}", a new person,` : `"${to}"`;
  const act = random.pick([
    `Make ${whom} the ${owner} of "${thing.name}"`,
    `Let ${whom} be the ${owner} of "${thing.name}"`,
    `Enter ${whom} as ${owner} of "${thing.name}"`,
  ]);
  if (tells === 'never') return `${act}.`;
  if (told === null) return `${act}, and do not tell the former ${owner} about it.`;
  return `${act}, and tell the former ${owner} about it${told === 'Yes' ? '' : ` ${told.toLowerCase()}`}.`;
}

/** Presses the button of one of these names that was opened last: dialogs stand in the order in which they came. */
function press({ elements }: Page, names: readonly string[]): { click: { ref: string } } {
  const found = elements.findLast(({ role, name }) => role === 'button' && names.includes(name));
  if (!found) throw new Error(`The page has no button ${names.join(' or ')}.`);
  return { click: { ref: found.ref } };
}
