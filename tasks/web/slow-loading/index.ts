import { defineTask, type Random } from 'lamarck';
import { browser } from 'lamarck/environments';
import { findAfter, isButtonFor, type Page } from '../find.ts';
import { isGoalState } from '../goal.ts';
import { drawLook } from '../look.ts';
import { drawPeople } from '../names.ts';
import { listed, sentence } from '../wording.ts';
import { slowSite, type Work } from './page.ts';

const KINDS = [
  { title: 'Parcel counter', noun: 'parcel', verbs: ['Release', 'Return', 'Weigh'] },
  { title: 'Requests', noun: 'request', verbs: ['Grant', 'Refuse', 'Postpone'] },
  { title: 'Repairs', noun: 'repair', verbs: ['Begin', 'Cancel', 'Bill'] },
];
const WORDS = {
  load: ['Load the list', 'Fetch the list', 'Show the list'],
  look: ['Look again', 'Is it there?', 'Check now'],
  again: ['Try again', 'Once more', 'Retry'],
  stop: ['Stop', 'Do not wait'],
  close: ['Close', 'Leave it'],
};

type Errand = { readonly verb: string; readonly name: string };

/** Wait for what takes its time, try again what failed, and do each thing once. */
export const slowLoading = defineTask({
  name: 'web/slow-loading',
  description: 'Load a list that takes its time and may fail at first, then do what is asked for.',
  environment: browser,
  maxSteps: 32,
  generate: ({ random, difficulty }) => {
    const { title, noun, verbs: all } = random.pick(KINDS);
    const people = drawPeople(random, 2 + difficulty);
    const numbers = random.sample(
      Array.from({ length: 60 }, (_, at) => 120 + at),
      people.length,
    );
    const rows = numbers.map((number, at) => ({ name: `No. ${number}`, detail: people[at] ?? '' }));
    const verbs = random.sample(all, difficulty === 1 ? 2 : 3);
    const errands = random
      .sample(rows, difficulty > 2 ? 2 : 1)
      .map(({ name }): Errand => ({ verb: random.pick(verbs), name }));
    const isSlow = difficulty > 1;
    return {
      instruction: say(random, errands, noun),
      params: {
        site: slowSite({
          look: drawLook(random, difficulty),
          title,
          rows,
          verbs,
          begins: random.pick(['at once', 'by a button']),
          tells: random.pick(['by itself', 'when asked']),
          works: [drawWork(random), ...(isSlow ? errands.map(() => drawWork(random)) : [])],
          stops: isSlow && random.chance(),
          labels: {
            load: random.pick(WORDS.load),
            look: random.pick(WORDS.look),
            again: random.pick(WORDS.again),
            stop: random.pick(WORDS.stop),
            close: random.pick(WORDS.close),
          },
        }),
        goal: { done: errands.toSorted((one, other) => (one.name < other.name ? -1 : 1)), besides: 0 },
      },
    };
  },
  verify: isGoalState,
  oracle: function* ({ observation, instruction }) {
    const errands = [...instruction.matchAll(/(\w+) (?:the \w+ )?"([^"]+)"/g)].map(
      ([, verb = '', name = '']) => ({ verb: `${verb.charAt(0).toUpperCase()}${verb.slice(1)}`, name }),
    );
    for (const { verb, name } of [...errands, { verb: '', name: '' }]) {
      for (let next = waitingFor(observation); next; next = waitingFor(observation)) observation = yield next;
      if (verb === '') continue;
      observation = yield {
        click: { ref: findAfter(observation, name, isButtonFor([verb], name)).ref },
      };
    }
    yield { done: {} };
  },
});

function drawWork(random: Random): Work {
  return { delay: 50 * random.int(5, 11), failures: random.pick([0, 1, 1]) };
}

function say(random: Random, errands: readonly Errand[], noun: string): string {
  const parts = errands.map(({ verb, name }) => `${verb.toLowerCase()} the ${noun} "${name}"`);
  const end = random.pick(['', ' as soon as it is there', ' when the list has come']);
  return sentence(`${listed(parts)}${end}`);
}

/** What there is to do until nothing is under way: begin, look again, try again. */
function waitingFor({ elements }: Page): { click: { ref: string } } | undefined {
  const names = [...WORDS.load, ...WORDS.look, ...WORDS.again];
  const found = elements.find(({ role, name }) => role === 'button' && names.includes(name));
  return found && { click: { ref: found.ref } };
}
