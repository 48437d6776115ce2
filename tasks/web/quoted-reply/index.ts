import { defineTask, type Random } from 'lamarck';
import { browser } from 'lamarck/environments';
import { chooseOption, find, type Page, type Seen } from '../find.ts';
import { isGoalState } from '../goal.ts';
import { drawLook } from '../look.ts';
import { drawPeople } from '../names.ts';
import { sentence } from '../wording.ts';
import { correspondenceSite, type Mail, type Way } from './page.ts';

const SUBJECTS = [
  'Key of the shed',
  'Saturday',
  'The old map',
  'Your question',
  'Bread',
  'Boat trip',
  'Chairs',
];
const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday'];
const TEXTS = [
  'Do you know more about this by now?',
  'Please tell me what you think.',
  'Could you let me know until tomorrow?',
  'There is no hurry, but I should like to know.',
  'What shall I tell the others?',
];
const OPENINGS = ['Yes, gladly', 'I am not sure', 'Thank you', 'That is fine', 'Sorry, no'];
const REST = [
  'I shall bring it along',
  'ask me again on Sunday',
  'the others know already',
  'it can wait',
  'see you soon',
];
const WORDS = {
  reply: ['Reply', 'Answer'],
  'reply to all': ['Reply to all', 'Answer all'],
  forward: ['Forward', 'Pass on'],
  to: ['To', 'Recipient'],
  text: ['Message', 'Text', 'Your words'],
  send: ['Send', 'Send it'],
  discard: ['Discard', 'Throw away'],
};

/** What is to be sent, about the mail from whom on what subject. */
type Letter = {
  readonly way: Way;
  readonly to: string;
  readonly from: string;
  readonly subject: string;
  readonly text: string;
};
type Goal = { sent: Letter[]; besides: number };

/** Answer the right mail with the words that the instruction quotes; pass another one on. */
export const quotedReply = defineTask({
  name: 'web/quoted-reply',
  description: 'Answer or forward the right mails with quoted words.',
  environment: browser,
  maxSteps: 18,
  generate: ({ random, difficulty }) => {
    const mails = drawMails(random, difficulty);
    const ways: Way[] =
      difficulty === 1
        ? ['reply']
        : difficulty === 2
          ? ['reply', 'reply to all']
          : ['reply', 'reply to all', 'forward'];
    const people = difficulty > 2 ? drawPeople(random.fork('friends'), 4) : [];
    const sent = drawLetters(random, { mails, ways, people, difficulty });
    return {
      instruction: say(random, mails, sent),
      params: {
        site: correspondenceSite({
          look: drawLook(random, difficulty),
          title: random.pick(['Letters', 'Correspondence', 'Mail of the week']),
          mails,
          people,
          ways: random.shuffle(ways),
          reads: random.pick(['alone', 'beside']),
          field: random.pick(['line', 'area']),
          labels: {
            reply: random.pick(WORDS.reply),
            'reply to all': random.pick(WORDS['reply to all']),
            forward: random.pick(WORDS.forward),
            to: random.pick(WORDS.to),
            text: random.pick(WORDS.text),
            send: random.pick(WORDS.send),
            discard: random.pick(WORDS.discard),
          },
        }),
        goal: { sent, besides: 0 } satisfies Goal,
      },
    };
  },
  verify: isGoalState,
  oracle: function* ({ observation, params }) {
    const { sent } = params.goal as Goal;
    for (const { way, to, from, subject, text } of sent) {
      const back = observation.elements.find(({ role, name }) => role === 'button' && name === 'Back');
      if (back) observation = yield { click: { ref: back.ref } };
      observation = yield { click: { ref: subjectOf(observation, from, subject).ref } };
      observation = yield { click: { ref: find(observation, ['button'], WORDS[way]).ref } };
      const choice = way === 'forward' ? chooseOption(observation, WORDS.to, to) : undefined;
      if (choice) observation = yield choice;
      observation = yield { fill: { ref: find(observation, ['textbox'], WORDS.text).ref, text } };
      observation = yield { click: { ref: find(observation, ['button'], WORDS.send).ref } };
    }
    yield { done: {} };
  },
});

/** Mails in random order; from difficulty 2 on, senders have two each, and subjects come twice. */
function drawMails(random: Random, difficulty: number): Mail[] {
  const count = difficulty === 1 ? 4 : difficulty;
  const people = drawPeople(random, count);
  const subjects = random.sample(SUBJECTS, count + 1);
  return random.shuffle(
    people.flatMap((from, at) =>
      (difficulty === 1 ? [subjects[at]] : [subjects[at], subjects[at + 1]]).map((subject = '') => ({
        from,
        subject,
        day: random.pick(DAYS),
        text: random.pick(TEXTS),
      })),
    ),
  );
}

function drawLetters(
  random: Random,
  task: { mails: readonly Mail[]; ways: readonly Way[]; people: readonly string[]; difficulty: number },
): Letter[] {
  const { mails, ways, people, difficulty } = task;
  const draw = (mail: Mail, way: Way, text: string): Letter => ({
    way,
    to: way === 'forward' ? random.pick(people) : mail.from,
    from: mail.from,
    subject: mail.subject,
    text,
  });
  const [first = '', second = ''] = random
    .sample(OPENINGS, 2)
    .map((opening) => `${opening}, ${random.pick(REST)}`);
  const [one, other] = random.shuffle(mails);
  if (!one || !other) return [];
  if (difficulty < 3) return [draw(one, random.pick(ways), first)];
  return random.shuffle([
    draw(one, random.pick(['reply', 'reply to all']), first),
    draw(other, 'forward', second),
  ]);
}

function say(random: Random, mails: readonly Mail[], letters: readonly Letter[]): string {
  const acts = letters.map(({ way, to, from, subject, text }) => {
    const isOnly = mails.filter((mail) => mail.from === from).length === 1;
    const mail = isOnly ? `the mail from "${from}"` : `the mail "${subject}" from "${from}"`;
    if (way === 'forward') return `forward ${mail} to ${to} with the words "${text}"`;
    const whom = way === 'reply' ? random.pick(['', ' (to nobody else)']) : ', to all';
    return random.pick([
      `reply to ${mail}${whom}, with "${text}"`,
      `answer ${mail}${whom}, writing "${text}"`,
    ]);
  });
  const [first = '', ...rest] = acts.map((act) => sentence(act));
  return [first, ...rest.map((act) => `Then ${act.charAt(0).toLowerCase()}${act.slice(1)}`)].join(' ');
}

/** The button that opens a mail: its subject, after its sender. @throws Error where the page does not show it. */
function subjectOf({ elements }: Page, from: string, subject: string): Seen {
  const found = elements.find(
    ({ role, name }, at) => role === 'button' && name === subject && (elements[at - 1]?.name ?? '') === from,
  );
  if (!found) throw new Error(`The page shows no mail "${subject}" from "${from}".`);
  return found;
}
